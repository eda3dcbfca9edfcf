package dev.anodyne.test.benchmark;

/** How a figure is read from the time of an invocation, and which side of its limit is good. */
sealed interface Reading {
  /** Unit of the value, for tables. */
  String unit();

  /** What must be reached, in the unit; NaN when nothing is asked. */
  double limit();

  /**
   * The value.
   *
   * @param nanos time of an invocation, ns
   * @param otherNanos time of the invocation that it is compared with, ns; NaN when there is none
   */
  double value(double nanos, double otherNanos);

  /** The time of an invocation that counts, ns. */
  default double nanos(Sample sample) {
    return sample.medianNanos();
  }

  /** True when less is better. */
  boolean lessIsBetter();

  /** True when a value reaches the limit, or when there is none. */
  default boolean isReached(double value) {
    return Double.isNaN(limit()) || (lessIsBetter() ? value <= limit() : value >= limit());
  }

  /** A duration. */
  record Time(String unit, double nanosPerUnit, double limit) implements Reading {
    static Time microseconds(double limit) {
      return new Time("µs", 1e3, limit);
    }

    static Time milliseconds(double limit) {
      return new Time("ms", 1e6, limit);
    }

    static Time seconds(double limit) {
      return new Time("s", 1e9, limit);
    }

    @Override
    public double value(double nanos, double otherNanos) {
      return nanos / nanosPerUnit;
    }

    @Override
    public boolean lessIsBetter() {
      return true;
    }
  }

  /**
   * The duration that one invocation in a hundred exceeds: what a period must leave room for.
   *
   * @param limit µs
   */
  record Slowest(double limit) implements Reading {
    @Override
    public String unit() {
      return "µs";
    }

    @Override
    public double value(double nanos, double otherNanos) {
      return nanos / 1e3;
    }

    @Override
    public double nanos(Sample sample) {
      return sample.slowNanos();
    }

    @Override
    public boolean lessIsBetter() {
      return true;
    }
  }

  /**
   * Simulated seconds a second.
   *
   * @param perInvocation simulated seconds (of a cell, of a battery) in one invocation
   */
  record Rate(String unit, double perInvocation, double limit) implements Reading {
    @Override
    public double value(double nanos, double otherNanos) {
      return perInvocation / (nanos * 1e-9);
    }

    @Override
    public boolean lessIsBetter() {
      return false;
    }
  }

  /** What comes on top of another benchmark's time, as a multiple of that time. */
  record Extra(String unit, double limit) implements Reading {
    @Override
    public double value(double nanos, double otherNanos) {
      return nanos / otherNanos - 1;
    }

    @Override
    public boolean lessIsBetter() {
      return true;
    }
  }
}
