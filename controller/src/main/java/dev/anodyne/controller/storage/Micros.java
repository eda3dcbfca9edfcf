package dev.anodyne.controller.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times as the database has them: µs since 1970 UTC. */
final class Micros {
  static final long SECOND = 1_000_000L;
  static final long MINUTE = 60 * SECOND;
  static final long DAY = 86_400 * SECOND;

  private Micros() {}

  static long of(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The first or last instant when there is none. */
  static long of(@Nullable Instant time, long otherwise) {
    return time == null ? otherwise : of(time);
  }
}
