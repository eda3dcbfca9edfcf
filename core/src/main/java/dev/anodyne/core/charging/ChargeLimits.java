package dev.anodyne.core.charging;

/**
 * What a charge must respect, for one cell of the battery: the tightest of policy, vehicle, charger
 * and station.
 *
 * @param maxChargeCurrentAmps cell current limit, A, ≥ 0
 * @param maxVoltageVolts cell voltage limit, V
 * @param maxTemperatureKelvin cell temperature limit, K
 * @param minAnodePotentialVolts margin that the anode potential's lower bound must keep, V
 * @param targetSoc the charge ends here, 0–1
 * @param maxPowerWatts cell power limit, W; +∞ when there is none
 * @param maxRampAmpsPerSecond largest rate of change of the cell current, A/s; +∞ when there is
 *     none
 * @param ambientTemperatureKelvin temperature the cell cools towards, K
 * @param thermal what heats or cools the cell
 */
public record ChargeLimits(
    double maxChargeCurrentAmps,
    double maxVoltageVolts,
    double maxTemperatureKelvin,
    double minAnodePotentialVolts,
    double targetSoc,
    double maxPowerWatts,
    double maxRampAmpsPerSecond,
    double ambientTemperatureKelvin,
    ThermalCapabilities thermal) {

  /** Without heater and cooler. */
  public ChargeLimits(
      double maxChargeCurrentAmps,
      double maxVoltageVolts,
      double maxTemperatureKelvin,
      double minAnodePotentialVolts,
      double targetSoc,
      double maxPowerWatts,
      double maxRampAmpsPerSecond,
      double ambientTemperatureKelvin) {
    this(
        maxChargeCurrentAmps,
        maxVoltageVolts,
        maxTemperatureKelvin,
        minAnodePotentialVolts,
        targetSoc,
        maxPowerWatts,
        maxRampAmpsPerSecond,
        ambientTemperatureKelvin,
        ThermalCapabilities.NONE);
  }

  /**
   * The same with a warmer ambient: for a cell with one temperature a heat of P is an ambient that
   * is higher by P/(hA).
   */
  public ChargeLimits withAmbientRaised(double kelvin) {
    return new ChargeLimits(
        maxChargeCurrentAmps,
        maxVoltageVolts,
        maxTemperatureKelvin,
        minAnodePotentialVolts,
        targetSoc,
        maxPowerWatts,
        maxRampAmpsPerSecond,
        ambientTemperatureKelvin + kelvin,
        thermal);
  }

  /** The same with a heater or cooler. */
  public ChargeLimits withThermal(ThermalCapabilities offered) {
    return new ChargeLimits(
        maxChargeCurrentAmps,
        maxVoltageVolts,
        maxTemperatureKelvin,
        minAnodePotentialVolts,
        targetSoc,
        maxPowerWatts,
        maxRampAmpsPerSecond,
        ambientTemperatureKelvin,
        offered);
  }
}
