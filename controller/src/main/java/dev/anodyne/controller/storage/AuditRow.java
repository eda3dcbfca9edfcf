package dev.anodyne.controller.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did or tried to do.
 *
 * @param id unique; rises with the time
 * @param time UTC
 * @param source over which way: {@code opcua}, {@code api}, {@code station}
 * @param kind such as {@code LOGIN}, {@code CALL}
 * @param done false when it was refused or failed
 * @param status how it ended
 * @param user who, as far as it is known
 * @param address from where
 * @param application with what
 * @param subject to what it was done, for people
 * @param message a sentence without secrets; may be empty
 */
public record AuditRow(
    String id,
    Instant time,
    String source,
    String kind,
    boolean done,
    String status,
    @Nullable String user,
    @Nullable String address,
    @Nullable String application,
    String subject,
    String message) {
  /** An entry with an id of its own. */
  public static AuditRow of(
      Instant time,
      String source,
      String kind,
      boolean done,
      String status,
      @Nullable String user,
      @Nullable String address,
      @Nullable String application,
      String subject,
      String message) {
    return new AuditRow(
        TimeIds.next(time),
        time,
        source,
        kind,
        done,
        status,
        user,
        address,
        application,
        subject,
        message);
  }
}
