package dev.anodyne.controller.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** The signal that asks a server to read its configuration again ({@code kill -HUP}). */
final class Hangup {
  private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

  private Hangup() {}

  /** From now on; where the system knows no such signal, nothing happens. */
  static void calls(Runnable action) {
    try {
      Signal.handle(new Signal("HUP"), signal -> action.run());
    } catch (IllegalArgumentException e) {
      LOG.info("The configuration cannot be read again by a signal here: {}", e.getMessage());
    }
  }
}
