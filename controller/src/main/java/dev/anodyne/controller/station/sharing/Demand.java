package dev.anodyne.controller.station.sharing;

/**
 * What a connector wants and what is seen of it, now.
 *
 * @param wantsWatts most that vehicle, policy and charger could use now (AC), W; 0 when nothing is
 *     to be charged
 * @param dueWatts least that it needs now so that its departure can still be met (AC), W; 0 without
 *     one
 * @param plannedWatts most that the plan gives it now, since energy is cheaper later (AC), W; +∞
 *     when nothing is planned
 * @param measuredWatts what it draws (AC), W; NaN when nobody knows
 */
public record Demand(
    double wantsWatts, double dueWatts, double plannedWatts, double measuredWatts) {
  /** Nothing is charged, nothing is drawn as far as is known. */
  public static final Demand NONE = new Demand(0, 0, Double.POSITIVE_INFINITY, Double.NaN);

  /** Takes what it can get. */
  public static Demand of(double wantsWatts) {
    return new Demand(wantsWatts, 0, Double.POSITIVE_INFINITY, Double.NaN);
  }

  public Demand {
    if (!(wantsWatts >= 0) || !(dueWatts >= 0) || !(plannedWatts >= 0)) {
      throw new IllegalArgumentException(
          "A demand of "
              + wantsWatts
              + " W, "
              + dueWatts
              + " W due, "
              + plannedWatts
              + " W planned: all must be at least 0.");
    }
  }

  /** Most that it is to have now, W. */
  double usefulWatts() {
    return Math.min(wantsWatts, Math.max(plannedWatts, dueWatts));
  }

  /** The same with a measurement, W. */
  public Demand withMeasured(double watts) {
    return new Demand(wantsWatts, dueWatts, plannedWatts, watts);
  }
}
