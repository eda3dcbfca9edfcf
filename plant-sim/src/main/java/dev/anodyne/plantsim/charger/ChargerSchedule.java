package dev.anodyne.plantsim.charger;

import dev.anodyne.core.charging.StepSeries;

/**
 * What happens to a charger in mid-session, by the plant's time: its power is capped (a site's load
 * management, a hot cabinet), or its power stage trips and comes back.
 *
 * @param maxPowerWatts cap of the output power over time, W; +∞ where there is none. The charger
 *     tells the cap in its capabilities while it lasts
 * @param tripped over time: above 0 while the power stage delivers nothing
 * @param announced whether whoever plugs in is told the caps beforehand, as a charging profile is
 */
public record ChargerSchedule(StepSeries maxPowerWatts, StepSeries tripped, boolean announced) {
  /** Nothing ever happens. */
  public static final ChargerSchedule NONE =
      new ChargerSchedule(
          StepSeries.constant(Double.POSITIVE_INFINITY), StepSeries.constant(0.0), false);

  public ChargerSchedule {
    requireAbove0(maxPowerWatts.otherwise());
    for (int i = 0; i < maxPowerWatts.length(); i++) {
      requireAbove0(maxPowerWatts.value(i));
    }
  }

  private static void requireAbove0(double watts) {
    if (!(watts > 0)) {
      throw new IllegalArgumentException(
          "Charger power cap " + watts + " W is not allowed; it must be above 0.");
    }
  }
}
