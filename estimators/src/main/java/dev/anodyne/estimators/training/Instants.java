package dev.anodyne.estimators.training;

import java.util.List;

/** Quantiles over the time of many sessions. */
final class Instants {
  private Instants() {}

  /** A number of an instant; NaN when the instant does not count. */
  @FunctionalInterface
  interface Instant {
    double of(ScoredSession session, int row);
  }

  static double median(List<ScoredSession> sessions, Instant value) {
    return quantile(sessions, 0.5, value);
  }

  /**
   * The value that is not exceeded for this share of the time; NaN when no instant counts. Each
   * instant counts as long as it stands for.
   */
  static double quantile(List<ScoredSession> sessions, double share, Instant value) {
    int most = sessions.stream().mapToInt(ScoredSession::rows).sum();
    double[] values = new double[most];
    double[] seconds = new double[most];
    int n = 0;
    double total = 0.0;
    for (ScoredSession s : sessions) {
      for (int r = 0; r < s.rows(); r++) {
        double v = value.of(s, r);
        if (!Double.isNaN(v)) {
          values[n] = v;
          seconds[n++] = s.seconds(r);
          total += s.seconds(r);
        }
      }
    }
    return n == 0 ? Double.NaN : select(values, seconds, n, share * total);
  }

  /**
   * The smallest value with which more than {@code target} seconds are over; the largest when none
   * is. Hoare's selection, each value with its weight: sorting them all takes ten times as long.
   */
  private static double select(double[] values, double[] seconds, int n, double target) {
    int low = 0;
    int high = n - 1;
    double before = 0.0;
    while (low < high) {
      double pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          swap(values, i, j);
          swap(seconds, i++, j--);
        }
      }
      // Up to j nothing is above the pivot, from i on nothing below, between them all equal it.
      double left = before + sum(seconds, low, j);
      if (left > target) {
        high = j;
      } else {
        double middle = left + sum(seconds, j + 1, i - 1);
        if (middle > target || i > high) {
          return pivot;
        }
        before = middle;
        low = i;
      }
    }
    return values[low];
  }

  private static double sum(double[] values, int from, int to) {
    double sum = 0.0;
    for (int i = from; i <= to; i++) {
      sum += values[i];
    }
    return sum;
  }

  private static void swap(double[] values, int i, int j) {
    double kept = values[i];
    values[i] = values[j];
    values[j] = kept;
  }
}
