package dev.anodyne.opcua.server.alarm;

/** What became of something that an operator did to an alarm. */
public enum AlarmAnswer {
  /** It is done. */
  DONE,
  /**
   * The event is not one that this alarm has told of lately, or belongs to an earlier occurrence.
   */
  EVENT_UNKNOWN,
  /** Somebody has acknowledged it already. */
  ALREADY_ACKNOWLEDGED,
  /** Somebody has confirmed it already, or there is nothing to confirm yet. */
  ALREADY_CONFIRMED,
  /** It is disabled. */
  DISABLED,
  /** It is enabled already. */
  ALREADY_ENABLED
}
