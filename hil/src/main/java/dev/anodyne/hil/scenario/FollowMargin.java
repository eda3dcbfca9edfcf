package dev.anodyne.hil.scenario;

/** How far a value stays from leaving the band around a reference that may be early or late. */
final class FollowMargin {
  private FollowMargin() {}

  /**
   * The distance to the band's edge at each sample, below 0 outside. The band reaches from the
   * reference's least value within the time tolerance, minus the tolerance, to its greatest plus
   * the tolerance. Two pointers and plain search: reference windows are short.
   */
  static double[] of(
      double[] times,
      double[] actual,
      double[] reference,
      double tolerance,
      double timeToleranceSeconds) {
    int n = times.length;
    double[] margins = new double[n];
    int from = 0;
    int to = 0;
    for (int i = 0; i < n; i++) {
      while (from < i && times[from] < times[i] - timeToleranceSeconds - 1e-9) {
        from++;
      }
      to = Math.max(to, i);
      while (to + 1 < n && times[to + 1] <= times[i] + timeToleranceSeconds + 1e-9) {
        to++;
      }
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int j = from; j <= to; j++) {
        low = Math.min(low, reference[j]);
        high = Math.max(high, reference[j]);
      }
      double margin = Math.min(actual[i] - (low - tolerance), high + tolerance - actual[i]);
      margins[i] = Double.isNaN(margin) ? Double.NEGATIVE_INFINITY : margin;
    }
    return margins;
  }
}
