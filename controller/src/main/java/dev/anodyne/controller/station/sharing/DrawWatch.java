package dev.anodyne.controller.station.sharing;

/**
 * What a charge could make use of: what is allowed to it, or, when it has drawn clearly less than
 * its budget for a while, a quarter more than it draws. As soon as it comes near its budget all
 * that is allowed counts again.
 */
final class DrawWatch {
  /** A draw below this share of the budget does not need it. */
  private static final double LITTLE = 0.8;

  /** A draw above this share of the budget is held by it. */
  private static final double NEAR = 0.9;

  /** Little has to be drawn for this long before others have the rest, s. */
  private static final double PATIENCE_SECONDS = 30;

  private static final double ROOM = 1.25;

  /** Even a charge that draws nothing keeps this share of what is allowed, to begin again. */
  private static final double LEAST_SHARE = 0.05;

  private static final double NANOS = 1e9;

  private long littleSince;
  private boolean little;
  private double highestWatts;

  /**
   * What it could make use of now, W.
   *
   * @param usableWatts what is allowed
   * @param measuredWatts what it draws; NaN when nobody knows
   * @param budgetWatts what it may draw
   */
  double wants(double usableWatts, double measuredWatts, double budgetWatts, long nowNanos) {
    double held = Math.min(usableWatts, budgetWatts);
    if (!(measuredWatts < NEAR * held)) {
      little = false;
      return usableWatts;
    }
    boolean isLittle = measuredWatts < LITTLE * held;
    if (isLittle && !little) {
      little = true;
      littleSince = nowNanos;
      highestWatts = 0;
    }
    highestWatts = Math.max(highestWatts, measuredWatts);
    if (!little || (nowNanos - littleSince) / NANOS < PATIENCE_SECONDS) {
      return usableWatts;
    }
    // Falls with the draw, by a tenth a second at most.
    highestWatts = Math.max(measuredWatts, 0.9 * highestWatts);
    return Math.min(usableWatts, ROOM * highestWatts + LEAST_SHARE * usableWatts);
  }
}
