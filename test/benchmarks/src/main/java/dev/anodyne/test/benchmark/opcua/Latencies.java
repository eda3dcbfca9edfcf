package dev.anodyne.test.benchmark.opcua;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts latencies to the millisecond, up to a minute. Any thread may add. */
final class Latencies {
  private static final int MOST_MILLIS = 60_000;

  private final AtomicLongArray counts = new AtomicLongArray(MOST_MILLIS + 1);
  private final AtomicLong count = new AtomicLong();

  void add(long millis) {
    counts.incrementAndGet((int) Math.max(0, Math.min(MOST_MILLIS, millis)));
    count.incrementAndGet();
  }

  void clear() {
    for (int i = 0; i <= MOST_MILLIS; i++) {
      counts.set(i, 0);
    }
    count.set(0);
  }

  long count() {
    return count.get();
  }

  /** The latency that a share of all do not exceed, ms; 0 when there are none. */
  long quantile(double share) {
    long wanted = (long) Math.ceil(share * count.get());
    long seen = 0;
    for (int i = 0; i <= MOST_MILLIS; i++) {
      seen += counts.get(i);
      if (seen >= wanted) {
        return i;
      }
    }
    return MOST_MILLIS;
  }
}
