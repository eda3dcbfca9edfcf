package dev.anodyne.controller.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Instants in requests and answers, ISO 8601 in UTC. */
final class Instants {
  private Instants() {}

  /**
   * Reads one.
   *
   * @param where it stands, for people
   */
  static Instant read(String where, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw RefusedException.invalid(
          where, "is '" + text + "'; allowed: an instant such as 2026-01-31T06:30:00Z.");
    }
  }

  /** As it is written; null for none. */
  static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
