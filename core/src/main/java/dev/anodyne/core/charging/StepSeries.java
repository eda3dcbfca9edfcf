package dev.anodyne.core.charging;

import java.util.Arrays;

/**
 * A quantity that changes in steps: tariffs, announced power caps. Immutable.
 *
 * <p>Each value holds from its time until the next one; before the first time and in an empty
 * series the value is the one given as otherwise.
 */
public final class StepSeries {
  private final double[] fromSeconds;
  private final double[] values;
  private final double otherwise;

  private StepSeries(double[] fromSeconds, double[] values, double otherwise) {
    this.fromSeconds = fromSeconds;
    this.values = values;
    this.otherwise = otherwise;
  }

  /** The same value at all times. */
  public static StepSeries constant(double value) {
    return new StepSeries(new double[0], new double[0], value);
  }

  /**
   * A series of steps.
   *
   * @param fromSeconds where each value begins, s, strictly ascending, finite
   * @param values as many, not NaN
   * @param otherwise value before the first time, not NaN
   * @throws IllegalArgumentException naming the entry that does not fit
   */
  public static StepSeries of(double[] fromSeconds, double[] values, double otherwise) {
    if (fromSeconds.length != values.length) {
      throw new IllegalArgumentException(
          "A series of steps has "
              + fromSeconds.length
              + " times and "
              + values.length
              + " values; it needs as many of both.");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(fromSeconds[i]) || (i > 0 && fromSeconds[i] <= fromSeconds[i - 1])) {
        throw new IllegalArgumentException(
            "Time "
                + (i + 1)
                + " of a series of steps is "
                + fromSeconds[i]
                + " s; times must be finite and ascend.");
      }
      requireNumber(values[i], "Value " + (i + 1));
    }
    requireNumber(otherwise, "The value before the first time");
    return new StepSeries(fromSeconds.clone(), values.clone(), otherwise);
  }

  private static void requireNumber(double value, String name) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          name + " of a series of steps is not a number; a number is needed.");
    }
  }

  /** The value at a time. */
  public double at(double seconds) {
    int found = Arrays.binarySearch(fromSeconds, seconds);
    int index = found >= 0 ? found : -found - 2;
    return index < 0 ? otherwise : values[index];
  }

  /** The first time after this one at which the value changes, s; +∞ when it stays. */
  public double nextChangeAfter(double seconds) {
    int found = Arrays.binarySearch(fromSeconds, seconds);
    int index = found >= 0 ? found + 1 : -found - 1;
    return index < fromSeconds.length ? fromSeconds[index] : Double.POSITIVE_INFINITY;
  }

  /** Mean value over a time, weighted by duration. Takes the value at {@code from} if it is 0 s. */
  public double mean(double fromTime, double toTime) {
    if (!(toTime > fromTime)) {
      return at(fromTime);
    }
    double sum = 0.0;
    double time = fromTime;
    while (time < toTime) {
      double end = Math.min(toTime, nextChangeAfter(time));
      sum += (end - time) * at(time);
      time = end;
    }
    return sum / (toTime - fromTime);
  }

  /** Smallest value over a time, both ends included. */
  public double min(double fromTime, double toTime) {
    double least = at(fromTime);
    for (double t = nextChangeAfter(fromTime); t <= toTime; t = nextChangeAfter(t)) {
      if (Double.isInfinite(t)) {
        break;
      }
      least = Math.min(least, at(t));
    }
    return least;
  }

  /** Number of steps. */
  public int length() {
    return values.length;
  }

  /** Where the i-th value begins, s. */
  public double fromSeconds(int i) {
    return fromSeconds[i];
  }

  /** The i-th value. */
  public double value(int i) {
    return values[i];
  }

  /** Value before the first time. */
  public double otherwise() {
    return otherwise;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StepSeries s
        && Arrays.equals(fromSeconds, s.fromSeconds)
        && Arrays.equals(values, s.values)
        && Double.compare(otherwise, s.otherwise) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(fromSeconds) + Arrays.hashCode(values))
        + Double.hashCode(otherwise);
  }

  @Override
  public String toString() {
    return "StepSeries[from "
        + Arrays.toString(fromSeconds)
        + " s: "
        + Arrays.toString(values)
        + ", otherwise "
        + otherwise
        + "]";
  }
}
