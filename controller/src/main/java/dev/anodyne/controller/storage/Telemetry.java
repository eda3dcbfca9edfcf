package dev.anodyne.controller.storage;

import java.util.List;

/**
 * A charge's telemetry, a row for each time.
 *
 * @param chargeId the charge's
 * @param resolutionSeconds how close rows are; 0: as they were told
 * @param rows the oldest first
 */
public record Telemetry(String chargeId, double resolutionSeconds, List<Row> rows) {
  public Telemetry {
    rows = List.copyOf(rows);
  }

  /**
   * A sample, or what samples of a span of time come to. The arrays are not copied: do not change
   * them.
   *
   * @param timeMicros of the sample, or the begin of the span; µs since 1970 UTC
   * @param mean by {@link TelemetryColumn}; NaN for what is not known
   * @param lowest the same of the lowest; {@code mean} itself for a single sample
   * @param highest the same of the highest
   * @param words by {@link TelemetryWord}, of the last sample; empty for what is not known, or kept
   *     by the minute
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Row(
      long timeMicros, double[] mean, double[] lowest, double[] highest, String[] words) {
    /** A mean; NaN when it is not known. */
    public double mean(TelemetryColumn column) {
      return mean[column.ordinal()];
    }

    /** A lowest value; NaN when it is not known. */
    public double lowest(TelemetryColumn column) {
      return lowest[column.ordinal()];
    }

    /** A highest value; NaN when it is not known. */
    public double highest(TelemetryColumn column) {
      return highest[column.ordinal()];
    }

    /** A word; empty when it is not known. */
    public String word(TelemetryWord word) {
      return words[word.ordinal()];
    }
  }
}
