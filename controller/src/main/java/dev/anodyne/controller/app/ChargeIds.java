package dev.anodyne.controller.app;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Ids of charges: UUIDs of version 7 (RFC 9562, 5.7) as text. They are unique without asking
 * anybody, and sort by the time at which their charge began, on one machine strictly: of two made
 * in one millisecond the later one is the larger. Thread-safe.
 */
public final class ChargeIds {
  /** Those of this process. */
  public static final ChargeIds HERE = new ChargeIds(Clock.systemUTC());

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int COUNTER_BITS = 12;
  private final Clock clock;
  private long lastTick;

  ChargeIds(Clock clock) {
    this.clock = clock;
  }

  /** An id for a charge that begins now. */
  public String next() {
    long tick = tick(clock.millis());
    long millis = tick >>> COUNTER_BITS;
    long counter = tick & ((1L << COUNTER_BITS) - 1);
    long most = millis << 16 | 0x7000L | counter;
    long least = RANDOM.nextLong() >>> 2 | Long.MIN_VALUE;
    return new UUID(most, least).toString();
  }

  /**
   * Milliseconds and a counter in one number that only grows: a clock that is set back, or more
   * than 4,096 ids in a millisecond, borrow from the time to come.
   */
  private synchronized long tick(long millis) {
    lastTick = Math.max(lastTick + 1, millis << COUNTER_BITS);
    return lastTick;
  }
}
