package dev.anodyne.controller.storage;

import org.jspecify.annotations.Nullable;

/**
 * What was measured, believed and commanded at one instant of a charge. The arrays are not copied:
 * do not change them.
 *
 * @param charge the charge's id
 * @param connector where it runs
 * @param timeMicros µs since 1970 UTC; each of a charge's samples has a time of its own
 * @param values by {@link TelemetryColumn}; NaN for what is not known
 * @param words by {@link TelemetryWord}; null for what is not known
 */
@SuppressWarnings("ArrayRecordComponent")
public record Sample(
    String charge, String connector, long timeMicros, double[] values, @Nullable String[] words)
    implements Entry {
  /** How many numbers a sample has. */
  public static final int VALUES = TelemetryColumn.values().length;

  /** How many words a sample has. */
  public static final int WORDS = TelemetryWord.values().length;

  /** One of its numbers; NaN when it is not known. */
  public double value(TelemetryColumn column) {
    return values[column.ordinal()];
  }

  /** One of its words; null when it is not known. */
  public @Nullable String word(TelemetryWord word) {
    return words[word.ordinal()];
  }
}
