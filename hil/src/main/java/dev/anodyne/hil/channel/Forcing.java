package dev.anodyne.hil.channel;

import java.util.Locale;

/** What happens when a channel is forced. */
public enum Forcing {
  /** The component takes the value, and everything behind it follows: sensors, physics, network. */
  PLANT,
  /**
   * The value is a result of the physics, which go on: only what is read here, and so what is
   * recorded and judged, is replaced. To change the cause, force what it follows from or start a
   * fault.
   */
  READING,
  /** Not possible. */
  NONE;

  /** How it is called in lists. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
