package dev.anodyne.opcua.client;

/**
 * How old a value was when it arrived, by its source's time stamp, without trusting that the
 * source's clock is right. Only differences count: the value that came fastest within the last
 * minutes is taken as fresh, and any other is as much older as its stamp lags behind that one's. A
 * constant delay is therefore not seen, and neither is a clock that is hours off.
 *
 * <p>A clock that is set back would make everything look old: {@link #restart} after a stamp that
 * runs backwards. One that is set forward only moves what counts as fresh.
 */
final class SourceClock {
  /** Two such windows: clocks drift apart by some ms in this time. */
  private static final long WINDOW_NANOS = 60_000_000_000L;

  private static final long NONE = Long.MAX_VALUE;

  private long windowBeginNanos;
  private long leastBefore = NONE;
  private long leastNow = NONE;

  /**
   * Takes note of a stamp.
   *
   * @param sourceNanos the source's time, ns from any origin
   * @param arrivalNanos the machine's time, ns from any origin
   */
  void heard(long sourceNanos, long arrivalNanos) {
    if (leastNow == NONE || arrivalNanos - windowBeginNanos > WINDOW_NANOS) {
      leastBefore = leastNow;
      leastNow = NONE;
      windowBeginNanos = arrivalNanos;
    }
    leastNow = Math.min(leastNow, arrivalNanos - sourceNanos);
  }

  /** How much older than the freshest a value was when it arrived, ns, at least 0. */
  long ageNanos(long sourceNanos, long arrivalNanos) {
    long least = Math.min(leastBefore, leastNow);
    return least == NONE ? 0 : Math.max(0, arrivalNanos - sourceNanos - least);
  }

  /** Forgets everything: the source's clock was set. */
  void restart() {
    leastBefore = NONE;
    leastNow = NONE;
  }
}
