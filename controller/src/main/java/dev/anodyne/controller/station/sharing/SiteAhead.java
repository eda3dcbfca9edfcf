package dev.anodyne.controller.station.sharing;

import dev.anodyne.core.charging.StepSeries;

/**
 * What is known about the time ahead of a site. Seconds count from the origin.
 *
 * @param originNanos where they begin, on the machine's monotonic clock, ns
 * @param gridLimitWatts what is configured, W
 * @param pricePerKilowattHour of energy from the grid, in the tariff's currency
 * @param generationWatts what the site generates by itself, forecast, W
 */
public record SiteAhead(
    long originNanos,
    StepSeries gridLimitWatts,
    StepSeries pricePerKilowattHour,
    StepSeries generationWatts) {
  private static final double NANOS = 1e9;

  /** A limit that stays; energy is free, nothing is generated. */
  public static SiteAhead of(long originNanos, double gridLimitWatts) {
    return new SiteAhead(
        originNanos,
        StepSeries.constant(gridLimitWatts),
        StepSeries.constant(0),
        StepSeries.constant(0));
  }

  /** Seconds since the origin. */
  public double seconds(long nanos) {
    return (nanos - originNanos) / NANOS;
  }
}
