package dev.anodyne.controller.storage;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Ids that are sorted by time, and differ also between the nodes of a station. */
final class TimeIds {
  private static final long NODE = ThreadLocalRandom.current().nextLong(1L << 40);
  private static final AtomicLong COUNT = new AtomicLong();

  private TimeIds() {}

  /** A new id: µs since 1970 UTC, a count and a number of this process, in hexadecimal digits. */
  static String next(Instant time) {
    return String.format(
        Locale.ROOT, "%014x-%06x-%010x", Micros.of(time), COUNT.getAndIncrement() & 0xffffff, NODE);
  }
}
