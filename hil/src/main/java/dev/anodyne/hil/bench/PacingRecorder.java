package dev.anodyne.hil.bench;

import org.HdrHistogram.Histogram;

/** Counts steps and keeps histograms of lateness and execution time. */
final class PacingRecorder {
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 3;
  private static final double MILLIS_PER_NANO = 1e-6;

  private final Histogram lateness = new Histogram(LONGEST_NANOS, DIGITS);
  private final Histogram execution = new Histogram(LONGEST_NANOS, DIGITS);
  private final CollectorPauses collector = new CollectorPauses();
  private String policy = "SCHED_OTHER";
  private long overruns;
  private long skipped;

  synchronized void setPolicy(String newPolicy) {
    policy = newPolicy;
  }

  synchronized void step(long latenessNanos, long executionNanos, long periodNanos) {
    lateness.recordValue(bounded(latenessNanos));
    execution.recordValue(bounded(executionNanos));
    if (latenessNanos + executionNanos > periodNanos) {
      overruns++;
    }
  }

  synchronized void skip(long periods) {
    skipped += periods;
  }

  /** Begins anew: the machine has warmed up. */
  synchronized void reset() {
    lateness.reset();
    execution.reset();
    overruns = 0;
    skipped = 0;
  }

  synchronized PacingStatistics statistics() {
    return new PacingStatistics(
        execution.getTotalCount(),
        overruns,
        skipped,
        times(lateness),
        times(execution),
        policy,
        collector.describe());
  }

  private static PacingStatistics.Times times(Histogram nanos) {
    return new PacingStatistics.Times(
        nanos.getValueAtPercentile(50) * MILLIS_PER_NANO,
        nanos.getValueAtPercentile(99) * MILLIS_PER_NANO,
        nanos.getValueAtPercentile(99.9) * MILLIS_PER_NANO,
        nanos.getMaxValue() * MILLIS_PER_NANO);
  }

  private static long bounded(long nanos) {
    return Math.max(0, Math.min(LONGEST_NANOS, nanos));
  }
}
