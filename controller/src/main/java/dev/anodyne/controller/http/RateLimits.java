package dev.anodyne.controller.http;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.server.shield.TokenBucket;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets each address and each token make so many requests. Lives on one event loop. */
final class RateLimits {
  /** Of more callers the one that was heard longest ago is forgotten. */
  private static final int MOST_CALLERS = 10_000;

  private final double perSecond;
  private final int burst;
  private final NanoClock clock;
  private long refused;
  private final Map<String, TokenBucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > MOST_CALLERS;
        }
      };

  RateLimits(double perSecond, int burst, NanoClock clock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
  }

  /**
   * Counts a request.
   *
   * @param caller such as {@code address 10.0.0.7}
   * @throws RefusedException 429 when there were too many
   */
  void take(String caller) {
    long now = clock.nanoTime();
    long wait =
        buckets
            .computeIfAbsent(caller, unused -> new TokenBucket(perSecond, burst, now))
            .take(1, now);
    if (wait > 0) {
      refused++;
      throw RefusedException.later(
          "More than "
              + burst
              + " requests at once, or more than "
              + perSecond
              + " a second, from "
              + caller
              + ".",
          (wait + 999_999_999L) / 1_000_000_000L);
    }
  }

  /** How many requests have been refused. */
  long refused() {
    return refused;
  }
}
