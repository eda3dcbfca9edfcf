package dev.anodyne.controller.station.sharing;

/**
 * What the sharing knows of a connector, whatever stands at it.
 *
 * @param id the connector's
 * @param ratingWatts most that charger and cable can draw from the grid (AC), W; +∞ when unknown
 * @param fallbackWatts what the charger may go on drawing when nobody commands it (AC), W. Always
 *     counted, since a charger can be lost at any moment
 * @param minWatts a charge that cannot have this much (AC) is paused and waits for its turn, W
 * @param weight its share beside others, above 0: twice the weight, twice the power
 * @param priority whose departure counts first: higher before lower
 * @param efficiency power into the battery divided by power from the grid, above 0, at most 1
 * @param settleNanos how long after the end of a budget the charger may still draw by it, ns:
 *     validity of commands, dead time, ramp
 */
public record Bay(
    String id,
    double ratingWatts,
    double fallbackWatts,
    double minWatts,
    double weight,
    int priority,
    double efficiency,
    long settleNanos) {
  public Bay {
    require(ratingWatts > 0, id, "ratingWatts", ratingWatts, "above 0 W");
    require(
        fallbackWatts >= 0 && fallbackWatts <= ratingWatts,
        id,
        "fallbackWatts",
        fallbackWatts,
        "0 to the rating, " + ratingWatts + " W");
    require(
        minWatts >= 0 && minWatts <= ratingWatts,
        id,
        "minWatts",
        minWatts,
        "0 to the rating, " + ratingWatts + " W");
    require(weight > 0 && Double.isFinite(weight), id, "weight", weight, "above 0");
    require(efficiency > 0 && efficiency <= 1, id, "efficiency", efficiency, "above 0, at most 1");
    require(settleNanos >= 0, id, "settleNanos", settleNanos, "at least 0");
  }

  /** Power at the grid connection for a power into the battery, W. */
  public double gridWatts(double batteryWatts) {
    return batteryWatts / efficiency;
  }

  /** Power into the battery for a power at the grid connection, W. */
  public double batteryWatts(double gridWatts) {
    return gridWatts * efficiency;
  }

  private static void require(boolean holds, String id, String what, double value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Connector " + id + ": " + what + " is " + value + "; allowed: " + allowed + ".");
    }
  }
}
