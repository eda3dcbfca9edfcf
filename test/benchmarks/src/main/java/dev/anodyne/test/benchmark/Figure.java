package dev.anodyne.test.benchmark;

import org.jspecify.annotations.Nullable;

/**
 * One figure of the table.
 *
 * @param name what {@code --only} takes
 * @param title what is measured
 * @param subject how
 * @param reading unit and what must be reached
 * @param over the figure it is compared with, by name; null when it stands alone
 * @param steps model steps in one invocation, to state the heap allocated by a step; 0 when
 *     allocation is not stated
 * @param allocates false when a step must leave the heap alone
 * @param effort how long it is measured
 */
record Figure(
    String name,
    String title,
    Subject subject,
    Reading reading,
    @Nullable String over,
    int steps,
    boolean allocates,
    Effort effort) {

  /**
   * A step that allocates less than this, bytes, allocates nothing: what is left are the harness's
   * own objects of an iteration (about 7 kB), shared out over its steps.
   */
  static final double NO_BYTES = 1;

  /** How long a figure is warmed up and measured, in iterations. */
  enum Effort {
    /** Kernels and the yardstick. */
    SHORT(2, 2, 1.0),
    /** Everything else. */
    USUAL(3, 3, 1.0),
    /** Runs of seconds, once an iteration. */
    SHOTS(1, 3, 0);

    final int warmUps;
    final int measurements;
    final double seconds;

    Effort(int warmUps, int measurements, double seconds) {
      this.warmUps = warmUps;
      this.measurements = measurements;
      this.seconds = seconds;
    }
  }

  /** Bytes of heap a step; NaN when not stated. */
  double bytesPerStep(Sample sample) {
    return steps == 0 ? Double.NaN : sample.bytes() / steps;
  }

  /** True when time and allocation are what is asked. */
  boolean isReached(double value, Sample sample) {
    return reading.isReached(value) && (allocates || bytesPerStep(sample) < NO_BYTES);
  }

  /** True when anything is asked. */
  boolean isAsked() {
    return !Double.isNaN(reading.limit()) || !allocates;
  }
}
