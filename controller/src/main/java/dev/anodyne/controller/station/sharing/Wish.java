package dev.anodyne.controller.station.sharing;

/**
 * What stands at a connector, as its session tells.
 *
 * @param usableWatts most that vehicle, charger and operator allow now (AC), W; 0 when nothing is
 *     to be charged
 * @param measuredWatts what the charger draws (AC), W; NaN when nobody knows
 * @param neededWattHours from the grid until the charge is done, W·h; NaN when nobody knows
 * @param departsInSeconds until the vehicle is fetched, s; +∞ when nobody knows
 */
public record Wish(
    double usableWatts, double measuredWatts, double neededWattHours, double departsInSeconds) {
  /** Nothing is to be charged, and nobody knows what is drawn. */
  public static final Wish NONE = new Wish(0, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY);

  private static final double SECONDS_AN_HOUR = 3600;

  /** Towards its end a charge takes less and less: what it needs takes this much longer. */
  private static final double TAIL = 0.5;

  /**
   * By when its energy has to be given so that it is done in time, s from now: some time before its
   * departure, since the power falls towards the end of a charge; but never sooner than full power
   * could give it, unless it leaves sooner still.
   *
   * @param marginSeconds it is to be done this much before its departure, s
   */
  double deadlineSeconds(double marginSeconds) {
    double departs = Math.max(60, departsInSeconds - marginSeconds);
    double least = neededWattHours / usableWatts * SECONDS_AN_HOUR;
    return Double.isFinite(least)
        ? Math.min(departs, Math.max(least, departs - TAIL * least))
        : departs;
  }

  /** Whether it is to be done by a time that is known, with an energy that is known. */
  boolean hasDeparture() {
    return Double.isFinite(departsInSeconds) && neededWattHours > 0;
  }
}
