package dev.anodyne.opcua.server.alarm;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an alarm stands at one instant. Immutable. Before it has told anything it is enabled, not
 * active, acknowledged and confirmed, and has no event.
 *
 * @param eventId the newest event; null before the first
 * @param time when that was, UTC
 * @param enabled whether it is looked after
 * @param active whether a cause is there
 * @param acknowledged whether somebody has seen it
 * @param confirmed whether somebody has dealt with it; true for those that need none
 * @param severity 1 to 1000
 * @param lastSeverity the severity before
 * @param lastSeverityTime when it was last told, UTC
 * @param level which limit is passed; null for none
 * @param message what is the matter, for people
 * @param note the newest comment, and by whom
 * @param quality whether its source is seen
 * @param qualityTime since when that is so, UTC
 */
public record AlarmState(
    @Nullable UUID eventId,
    Instant time,
    boolean enabled,
    boolean active,
    boolean acknowledged,
    boolean confirmed,
    int severity,
    int lastSeverity,
    Instant lastSeverityTime,
    @Nullable LimitLevel level,
    String message,
    Note note,
    AlarmQuality quality,
    Instant qualityTime) {
  /**
   * A comment.
   *
   * @param text may be empty
   * @param user who acted last; empty when nobody has
   * @param time when, UTC
   */
  public record Note(String text, String user, Instant time) {
    static final Note NONE = new Note("", "", Instant.EPOCH);
  }

  /** How an alarm stands before it has been looked at. */
  static AlarmState initial(int severity) {
    return new AlarmState(
        null,
        Instant.EPOCH,
        true,
        false,
        true,
        true,
        severity,
        severity,
        Instant.EPOCH,
        null,
        "",
        Note.NONE,
        AlarmQuality.GOOD,
        Instant.EPOCH);
  }

  /**
   * Whether it is of interest to a client that wants to know how things stand (OPC 10000-9 §5.5.2).
   */
  public boolean retain() {
    return enabled && (active || !acknowledged || !confirmed);
  }

  AlarmState told(UUID event, Instant now) {
    return new AlarmState(
        event,
        now,
        enabled,
        active,
        acknowledged,
        confirmed,
        severity,
        lastSeverity,
        lastSeverityTime,
        level,
        message,
        note,
        quality,
        qualityTime);
  }

  AlarmState withActive(boolean isActive, @Nullable LimitLevel newLevel, String newMessage) {
    return new AlarmState(
        eventId,
        time,
        enabled,
        isActive,
        acknowledged,
        confirmed,
        severity,
        lastSeverity,
        lastSeverityTime,
        newLevel,
        newMessage,
        note,
        quality,
        qualityTime);
  }

  AlarmState withAcknowledged(boolean isAcknowledged, boolean isConfirmed) {
    return new AlarmState(
        eventId,
        time,
        enabled,
        active,
        isAcknowledged,
        isConfirmed,
        severity,
        lastSeverity,
        lastSeverityTime,
        level,
        message,
        note,
        quality,
        qualityTime);
  }

  AlarmState withSeverity(int newSeverity, Instant now) {
    return newSeverity == severity
        ? this
        : new AlarmState(
            eventId,
            time,
            enabled,
            active,
            acknowledged,
            confirmed,
            newSeverity,
            severity,
            now,
            level,
            message,
            note,
            quality,
            qualityTime);
  }

  AlarmState withNote(Note newNote) {
    return new AlarmState(
        eventId,
        time,
        enabled,
        active,
        acknowledged,
        confirmed,
        severity,
        lastSeverity,
        lastSeverityTime,
        level,
        message,
        newNote,
        quality,
        qualityTime);
  }

  AlarmState withQuality(AlarmQuality newQuality, Instant now) {
    return new AlarmState(
        eventId,
        time,
        enabled,
        active,
        acknowledged,
        confirmed,
        severity,
        lastSeverity,
        lastSeverityTime,
        level,
        message,
        note,
        newQuality,
        now);
  }

  AlarmState withEnabled(boolean isEnabled) {
    return new AlarmState(
        eventId,
        time,
        isEnabled,
        active,
        acknowledged,
        confirmed,
        severity,
        lastSeverity,
        lastSeverityTime,
        level,
        message,
        note,
        quality,
        qualityTime);
  }
}
