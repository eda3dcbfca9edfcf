package dev.anodyne.controller.station.sharing;

/**
 * What a connector may put into its battery, until it runs out. Budgets of one connector are
 * numbered: one with a lower number than the newest is to be ignored, however late it comes.
 *
 * @param maxWatts power into the battery (DC) that is not to be passed, W
 * @param fallbackWatts the same once this budget has run out without another, W
 * @param gridWatts the same at the grid connection (AC), losses of the charger included, W
 * @param sequence higher than that of every earlier budget of the connector
 * @param validUntilNanos when it runs out, on the machine's monotonic clock, ns
 * @param why a sentence for a person
 */
public record PowerBudget(
    double maxWatts,
    double fallbackWatts,
    double gridWatts,
    long sequence,
    long validUntilNanos,
    String why) {

  /** A budget of a connector that shares nothing: it never binds and is never counted. */
  public PowerBudget {
    if (!(maxWatts >= 0) || !(fallbackWatts >= 0)) {
      throw new IllegalArgumentException(
          "A budget of " + maxWatts + " W, then " + fallbackWatts + " W: both must be at least 0.");
    }
  }

  /** True when it has run out. */
  public boolean isExpiredAt(long nowNanos) {
    return nowNanos - validUntilNanos >= 0;
  }

  /** What may go into the battery at a time, W. */
  public double wattsAt(long nowNanos) {
    return isExpiredAt(nowNanos) ? fallbackWatts : maxWatts;
  }
}
