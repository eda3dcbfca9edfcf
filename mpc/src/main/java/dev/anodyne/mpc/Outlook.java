package dev.anodyne.mpc;

import dev.anodyne.core.charging.StepSeries;

/**
 * What is known about the time ahead when a charge begins. Times count from the policy's first
 * decision.
 *
 * @param departureSeconds when the battery is fetched, s; +∞ when nobody knows
 * @param pricePerKilowattHour price of energy from the grid, currency per kWh
 * @param maxPowerWatts announced cap of the power for one cell, W; +∞ where there is none. Caps
 *     that nobody announced come with the limits of the moment
 */
public record Outlook(
    double departureSeconds, StepSeries pricePerKilowattHour, StepSeries maxPowerWatts) {
  /** Nothing is known: no departure, free energy, no cap. */
  public static final Outlook NONE =
      new Outlook(
          Double.POSITIVE_INFINITY,
          StepSeries.constant(0.0),
          StepSeries.constant(Double.POSITIVE_INFINITY));

  public Outlook {
    if (!(departureSeconds > 0.0)) {
      throw new IllegalArgumentException(
          "The departure is " + departureSeconds + " s ahead; it must be a number above 0.");
    }
  }

  /** The same with a departure, s from the first decision. */
  public Outlook withDepartureSeconds(double seconds) {
    return new Outlook(seconds, pricePerKilowattHour, maxPowerWatts);
  }

  /** The same with a tariff, currency per kWh. */
  public Outlook withPrices(StepSeries prices) {
    return new Outlook(departureSeconds, prices, maxPowerWatts);
  }

  /** The same with announced caps of one cell's power, W. */
  public Outlook withMaxPowerWatts(StepSeries watts) {
    return new Outlook(departureSeconds, pricePerKilowattHour, watts);
  }
}
