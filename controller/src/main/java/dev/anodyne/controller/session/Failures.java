package dev.anodyne.controller.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts of a loop that failed: each failure is logged once, however many cycles it lasts. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(ChargeLoop.class);

  private final String session;
  private String last = "";

  Failures(String session) {
    this.session = session;
  }

  /** Takes in a failure; returns the note for the record. */
  String note(String part, Throwable e) {
    String note = "The " + part + " failed: " + e;
    if (!note.equals(last)) {
      last = note;
      LOG.error("Session {}: the {} failed; no current.", session, part, e);
    }
    return note;
  }

  /** A decision has come about: the next failure is logged, even when it is the same one. */
  void over() {
    last = "";
  }
}
