package dev.anodyne.mpc.spec;

import dev.anodyne.core.charging.ChargeLimits;

/**
 * Limits that a policy brings along. They only tighten those of station, vehicle and charger: the
 * tightest counts.
 *
 * @param minAnodePotentialVolts margin that the anode potential's lower bound must keep, V; −∞ for
 *     none of its own
 * @param maxCRate current limit in C; +∞ for none
 * @param maxVoltageVolts cell voltage limit, V; +∞ for none
 * @param maxTemperatureKelvin cell temperature limit, K; +∞ for none
 * @param byTemperature limits of current and voltage by temperature
 */
public record PolicyLimits(
    double minAnodePotentialVolts,
    double maxCRate,
    double maxVoltageVolts,
    double maxTemperatureKelvin,
    TemperatureLimits byTemperature) {
  /** No limits of its own. */
  public static final PolicyLimits NONE =
      new PolicyLimits(
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          TemperatureLimits.NONE);

  /** Checks the values; only infinities mean "none". */
  public PolicyLimits {
    require(!(minAnodePotentialVolts > 0.2), "minAnodePotentialVolts", minAnodePotentialVolts);
    require(maxCRate > 0, "maxCRate", maxCRate);
    require(maxVoltageVolts > 0, "maxVoltageVolts", maxVoltageVolts);
    require(maxTemperatureKelvin > 0, "maxTemperatureKelvin", maxTemperatureKelvin);
    require(!Double.isNaN(minAnodePotentialVolts), "minAnodePotentialVolts", Double.NaN);
  }

  /**
   * The tightest of limits and these, at the cells' temperatures.
   *
   * @param limits in force without the policy
   * @param coldKelvin coldest cell, K
   * @param hotKelvin hottest cell, K
   * @param nominalAmpHours one C, A
   */
  public ChargeLimits tighten(
      ChargeLimits limits, double coldKelvin, double hotKelvin, double nominalAmpHours) {
    double rate = Math.min(maxCRate, byTemperature.maxCRate(coldKelvin, hotKelvin));
    double volts = Math.min(maxVoltageVolts, byTemperature.maxVoltageVolts(coldKelvin, hotKelvin));
    return new ChargeLimits(
        Math.min(limits.maxChargeCurrentAmps(), rate * nominalAmpHours),
        Math.min(limits.maxVoltageVolts(), volts),
        Math.min(limits.maxTemperatureKelvin(), maxTemperatureKelvin),
        Math.max(limits.minAnodePotentialVolts(), minAnodePotentialVolts),
        limits.targetSoc(),
        limits.maxPowerWatts(),
        limits.maxRampAmpsPerSecond(),
        limits.ambientTemperatureKelvin(),
        limits.thermal());
  }

  private static void require(boolean fits, String name, double value) {
    if (!fits) {
      throw new IllegalArgumentException(
          "limits." + name + " is " + value + "; it must be a sensible limit or infinite (none).");
    }
  }
}
