package dev.anodyne.controller.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened to an alarm.
 *
 * @param eventId unique
 * @param time UTC
 * @param alarmId such as {@code CH01.Alarms.LinkLost}
 * @param owner the charger or station that has it
 * @param what such as {@code STATE}, {@code ACKNOWLEDGED}
 * @param enabled whether it is looked after
 * @param active whether a cause is there
 * @param acknowledged whether somebody has seen it
 * @param confirmed whether somebody has dealt with it
 * @param severity 1 to 1000
 * @param level which limit is passed; null for none
 * @param message what is the matter, for people
 * @param user who acted last; empty when nobody has
 * @param comment what was said; may be empty
 */
public record AlarmRow(
    String eventId,
    Instant time,
    String alarmId,
    String owner,
    String what,
    boolean enabled,
    boolean active,
    boolean acknowledged,
    boolean confirmed,
    int severity,
    @Nullable String level,
    String message,
    String user,
    String comment) {}
