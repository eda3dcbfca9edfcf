package dev.anodyne.hil.stl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Channels recorded at common instants. Between two samples a channel holds its value. A value that
 * is not a number is unknown.
 */
public final class Trace {
  private final double[] timeSeconds;
  private final Map<String, Series> series = new LinkedHashMap<>();
  private boolean isCut;

  /** One channel's samples, in its unit. */
  private record Series(Unit unit, double[] values) {}

  /**
   * @param timeSeconds instants, s, ascending, at least one; not copied
   */
  public Trace(double[] timeSeconds) {
    if (timeSeconds.length == 0) {
      throw new IllegalArgumentException("A trace needs at least one sample.");
    }
    this.timeSeconds = timeSeconds;
  }

  /** Adds or replaces a channel; one value for each instant, not copied. */
  public Trace with(String name, String unit, double[] values) {
    if (values.length != timeSeconds.length) {
      throw new IllegalArgumentException(
          "Channel "
              + name
              + " has "
              + values.length
              + " samples; the trace has "
              + timeSeconds.length
              + ".");
    }
    series.put(name, new Series(Unit.ofChannel(unit), values));
    return this;
  }

  /**
   * Says that more would have come, had the run not been broken off: what is past the last sample
   * is then unknown to operators without a window, too.
   */
  public Trace cut() {
    isCut = true;
    return this;
  }

  /** Whether the run was broken off. */
  public boolean isCut() {
    return isCut;
  }

  /** Number of instants. */
  public int length() {
    return timeSeconds.length;
  }

  /** An instant, s. */
  public double time(int index) {
    return timeSeconds[index];
  }

  /** All instants, s; not a copy. */
  public double[] times() {
    return timeSeconds;
  }

  /** All channels. */
  public Set<String> names() {
    return series.keySet();
  }

  /** Whether there is such a channel. */
  public boolean has(String name) {
    return series.containsKey(name);
  }

  /**
   * A channel's unit.
   *
   * @throws StlException when there is no such channel
   */
  public Unit unit(String name) {
    return of(name).unit();
  }

  /**
   * A channel's samples in its unit; not a copy.
   *
   * @throws StlException when there is no such channel
   */
  public double[] values(String name) {
    return of(name).values();
  }

  private Series of(String name) {
    Series found = series.get(name);
    if (found == null) {
      throw FormulaCheck.unknownChannel(name, series.keySet());
    }
    return found;
  }

  /** Index of the newest sample at this time; −1 before the first. */
  int indexAt(double seconds) {
    double tolerated = seconds + 1e-9 * Math.max(1, Math.abs(seconds));
    int low = 0;
    int high = timeSeconds.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (timeSeconds[middle] <= tolerated) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }
}
