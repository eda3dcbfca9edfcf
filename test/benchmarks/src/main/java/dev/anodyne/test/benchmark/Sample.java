package dev.anodyne.test.benchmark;

/**
 * What JMH measured of one benchmark method, over all invocations of all measured iterations.
 *
 * @param medianNanos median time of one invocation, ns
 * @param lowNanos 10th percentile, ns
 * @param highNanos 90th percentile, ns
 * @param slowNanos 99th percentile, ns
 * @param bytes heap allocated by one invocation, bytes; NaN when it was not counted
 */
record Sample(
    double medianNanos, double lowNanos, double highNanos, double slowNanos, double bytes) {
  /** The mean of two samples of the same method. */
  Sample mean(Sample other) {
    return new Sample(
        0.5 * (medianNanos + other.medianNanos),
        0.5 * (lowNanos + other.lowNanos),
        0.5 * (highNanos + other.highNanos),
        0.5 * (slowNanos + other.slowNanos),
        Math.max(bytes, other.bytes));
  }
}
