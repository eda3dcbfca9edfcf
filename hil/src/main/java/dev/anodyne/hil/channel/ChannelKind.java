package dev.anodyne.hil.channel;

import java.util.Locale;

/** What a channel's value is. */
public enum ChannelKind {
  /** What a sensor says: errors, noise and faults included. A controller may see this. */
  MEASURED,
  /** What is: the plant's true state. For judging only. */
  TRUE,
  /** What the charger was told. */
  COMMAND,
  /** What the plant is built like or set to. */
  SETTING;

  /** How the kind is called in lists and files. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
