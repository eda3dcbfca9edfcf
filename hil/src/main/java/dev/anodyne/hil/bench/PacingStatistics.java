package dev.anodyne.hil.bench;

import java.util.Locale;

/**
 * How well the bench kept to its clock.
 *
 * @param steps plant steps made
 * @param overruns steps that began more than one wall-clock period after their deadline
 * @param skippedPeriods periods given up because the bench was hopelessly late
 * @param latenessP50Millis median time from a step's deadline to its start, ms
 * @param latenessP99Millis 99th percentile of it, ms
 * @param latenessMaxMillis worst of it, ms
 * @param executionP50Millis median time a step took, ms
 * @param executionP99Millis 99th percentile of it, ms
 * @param executionMaxMillis worst of it, ms
 */
public record PacingStatistics(
    long steps,
    long overruns,
    long skippedPeriods,
    double latenessP50Millis,
    double latenessP99Millis,
    double latenessMaxMillis,
    double executionP50Millis,
    double executionP99Millis,
    double executionMaxMillis) {

  /** One line for a log. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d steps, %d overruns, %d skipped; lateness p50 %.2f p99 %.2f max %.2f ms; step p50 %.2f"
            + " p99 %.2f max %.2f ms",
        steps,
        overruns,
        skippedPeriods,
        latenessP50Millis,
        latenessP99Millis,
        latenessMaxMillis,
        executionP50Millis,
        executionP99Millis,
        executionMaxMillis);
  }
}
