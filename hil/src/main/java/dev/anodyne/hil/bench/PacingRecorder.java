package dev.anodyne.hil.bench;

import org.HdrHistogram.Histogram;

/** Counts steps and keeps histograms of lateness and execution time. */
final class PacingRecorder {
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 3;
  private static final double MILLIS_PER_NANO = 1e-6;

  private final Histogram lateness = new Histogram(LONGEST_NANOS, DIGITS);
  private final Histogram execution = new Histogram(LONGEST_NANOS, DIGITS);
  private long overruns;
  private long skipped;

  synchronized void step(long latenessNanos, long executionNanos, long periodNanos) {
    lateness.recordValue(bounded(latenessNanos));
    execution.recordValue(bounded(executionNanos));
    if (latenessNanos > periodNanos) {
      overruns++;
    }
  }

  synchronized void skip(long periods) {
    skipped += periods;
  }

  synchronized PacingStatistics statistics() {
    return new PacingStatistics(
        execution.getTotalCount(),
        overruns,
        skipped,
        lateness.getValueAtPercentile(50) * MILLIS_PER_NANO,
        lateness.getValueAtPercentile(99) * MILLIS_PER_NANO,
        lateness.getMaxValue() * MILLIS_PER_NANO,
        execution.getValueAtPercentile(50) * MILLIS_PER_NANO,
        execution.getValueAtPercentile(99) * MILLIS_PER_NANO,
        execution.getMaxValue() * MILLIS_PER_NANO);
  }

  private static long bounded(long nanos) {
    return Math.max(0, Math.min(LONGEST_NANOS, nanos));
  }
}
