package dev.anodyne.hil.bench;

import java.util.Locale;

/**
 * How well the bench kept to its clock.
 *
 * @param steps plant steps made
 * @param overruns steps that were not done when the next one was due
 * @param skippedPeriods periods given up because the bench was hopelessly late
 * @param lateness from a step's own deadline to its start
 * @param execution how long a step took
 * @param schedulingPolicy of the plant's thread, in words
 * @param collector the garbage collector's name, and what it did meanwhile
 */
public record PacingStatistics(
    long steps,
    long overruns,
    long skippedPeriods,
    Times lateness,
    Times execution,
    String schedulingPolicy,
    String collector) {

  /**
   * Percentiles of a time over all steps, ms.
   *
   * @param p50Millis median
   * @param p99Millis 99th percentile
   * @param p999Millis 99.9th percentile
   * @param maxMillis worst
   */
  public record Times(double p50Millis, double p99Millis, double p999Millis, double maxMillis) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "p50 %.2f p99 %.2f p99.9 %.2f max %.2f ms",
          p50Millis,
          p99Millis,
          p999Millis,
          maxMillis);
    }
  }

  /**
   * Whether a run by the clock counts: one whose bench was late proves nothing about the
   * controller.
   *
   * @param maxOverrunShare share of the steps that may overrun, 0–1
   */
  public boolean isKept(double maxOverrunShare) {
    return skippedPeriods == 0 && overruns <= maxOverrunShare * steps;
  }

  /** Why a run does not count, in one line. */
  public String whyNot(double maxOverrunShare) {
    return String.format(
        Locale.ROOT,
        "INVALID: %d of %d steps overran and %d periods were skipped; allowed: %.3g %% and none.",
        overruns,
        steps,
        skippedPeriods,
        100 * maxOverrunShare);
  }

  /** One line for a log. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d steps, %d overruns, %d skipped; lateness %s; step %s; %s; %s",
        steps,
        overruns,
        skippedPeriods,
        lateness,
        execution,
        schedulingPolicy,
        collector);
  }
}
