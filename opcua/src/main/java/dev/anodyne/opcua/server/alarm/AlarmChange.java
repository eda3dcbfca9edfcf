package dev.anodyne.opcua.server.alarm;

/**
 * Something that has happened to an alarm.
 *
 * @param alarm which one
 * @param before how it stood
 * @param now how it stands, with the event that tells of this
 * @param what happened
 */
public record AlarmChange(Alarm alarm, AlarmState before, AlarmState now, What what) {
  /** What can happen. */
  public enum What {
    /** Its causes have changed. */
    STATE,
    /** Its source is seen better or worse. */
    QUALITY,
    /** Somebody has acknowledged it. */
    ACKNOWLEDGED,
    /** Somebody has confirmed it. */
    CONFIRMED,
    /** Somebody has commented it. */
    COMMENTED,
    /** Somebody has enabled it. */
    ENABLED,
    /** Somebody has disabled it. */
    DISABLED
  }
}
