package dev.anodyne.opcua.server.alarm;

/** How much what an alarm says can be trusted: whether its source can be seen. */
public enum AlarmQuality {
  /** Its source is seen. */
  GOOD,
  /** Its source has been quiet for a while: the alarm stands as it was last seen. */
  UNCERTAIN,
  /** Its source cannot be seen at all: the alarm stands as it was last seen. */
  BAD
}
