package dev.anodyne.controller.lab.evaluation;

import java.util.Locale;

/** What the estimator knows about the battery when the session begins. */
enum Phase {
  /** Nothing but the kind of cell. */
  FIRST,
  /** What one earlier session told, identified from its measurements. */
  IDENTIFIED;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
