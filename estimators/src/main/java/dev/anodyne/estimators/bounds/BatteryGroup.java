package dev.anodyne.estimators.bounds;

/**
 * What an estimator itself knows about a battery: the groups that bounds are calibrated for apart.
 * Nothing that only a simulation knows (true age, true bias) may tell groups apart, since a bound
 * could not follow it.
 */
public enum BatteryGroup {
  /** One cell that was never charged before. */
  NEW_SINGLE(false, false),
  /** Cells in series that were never charged before. */
  NEW_SERIES(false, true),
  /** One cell that an earlier session was identified from. */
  IDENTIFIED_SINGLE(true, false),
  /** Cells in series that an earlier session was identified from. */
  IDENTIFIED_SERIES(true, true),
  /** One cell that the estimator joined while current flowed: profiles are a guess at first. */
  JOINED_SINGLE(false, false),
  /** Cells in series that the estimator joined while current flowed. */
  JOINED_SERIES(false, true);

  private final boolean identified;
  private final boolean series;

  BatteryGroup(boolean identified, boolean series) {
    this.identified = identified;
    this.series = series;
  }

  /** The group of a battery that is seen from its rest on. */
  public static BatteryGroup of(boolean identified, int cellsInSeries) {
    return identified
        ? cellsInSeries > 1 ? IDENTIFIED_SERIES : IDENTIFIED_SINGLE
        : cellsInSeries > 1 ? NEW_SERIES : NEW_SINGLE;
  }

  /** The group of a battery, whatever is known of it, that is joined while current flows. */
  public static BatteryGroup ofJoined(int cellsInSeries) {
    return cellsInSeries > 1 ? JOINED_SERIES : JOINED_SINGLE;
  }

  /** True when an earlier session was identified from and counts. */
  public boolean identified() {
    return identified;
  }

  /** True when one model stands for several cells. */
  public boolean series() {
    return series;
  }
}
