package dev.anodyne.estimators.training;

import java.util.Arrays;
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
    Weighted[] all = new Weighted[most];
    int n = 0;
    double total = 0.0;
    for (ScoredSession s : sessions) {
      for (int r = 0; r < s.rows(); r++) {
        double v = value.of(s, r);
        if (!Double.isNaN(v)) {
          all[n++] = new Weighted(v, s.seconds(r));
          total += s.seconds(r);
        }
      }
    }
    if (n == 0) {
      return Double.NaN;
    }
    Arrays.sort(all, 0, n, (a, b) -> Double.compare(a.value, b.value));
    double below = 0.0;
    for (int i = 0; i < n; i++) {
      below += all[i].seconds;
      if (below > share * total) {
        return all[i].value;
      }
    }
    return all[n - 1].value;
  }

  private record Weighted(double value, double seconds) {}
}
