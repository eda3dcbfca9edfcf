package dev.anodyne.mpc.objective;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.ThermalCapabilities;

/**
 * The rule that planned heating is compared with: full heat until the cell is warm enough, full
 * cold near the temperature limit, with a hysteresis; the current as another policy likes. Not
 * thread-safe.
 */
public final class ThermostatPolicy implements ChargingPolicy {
  private static final double HYSTERESIS_KELVIN = 1.0;

  /** The cooler starts this much below the temperature limit and stops at twice that, K. */
  private static final double NEAR_LIMIT_KELVIN = 3.0;

  private static final double COLDEST_KELVIN = 253.15;
  private static final double WARMEST_KELVIN = 333.15;

  private final ChargingPolicy inner;
  private final double setKelvin;
  private final double coolingWattsPerKelvin;
  private boolean heats;
  private boolean cools;

  /**
   * Adds a thermostat to a policy.
   *
   * @param inner chooses the current; closed with this policy
   * @param setKelvin heat is on below this, K
   * @param coolingWattsPerKelvin heat that a cell loses for each kelvin above the ambient, W/K
   * @throws IllegalArgumentException when the temperature is out of range
   */
  public ThermostatPolicy(ChargingPolicy inner, double setKelvin, double coolingWattsPerKelvin) {
    if (!(setKelvin >= COLDEST_KELVIN && setKelvin <= WARMEST_KELVIN)) {
      throw new IllegalArgumentException(
          "The thermostat is set to "
              + (setKelvin - 273.15)
              + " °C; it must lie between -20 and 60 °C.");
    }
    this.inner = inner;
    this.setKelvin = setKelvin;
    this.coolingWattsPerKelvin = coolingWattsPerKelvin;
  }

  @Override
  public PolicyDecision next(CellEstimate estimate, ChargeLimits limits) {
    double kelvin = estimate.coreTemperatureKelvin();
    ThermalCapabilities offered = limits.thermal();
    if (!estimate.valid()
        || !Double.isFinite(kelvin)
        || !offered.isOffered()
        || estimate.soc() >= limits.targetSoc()) {
      return inner.next(estimate, limits);
    }
    heats = kelvin < setKelvin + (heats ? HYSTERESIS_KELVIN : -HYSTERESIS_KELVIN);
    double room = limits.maxTemperatureKelvin() - kelvin;
    cools = room < (cools ? 2.0 : 1.0) * NEAR_LIMIT_KELVIN;
    double watts = cools ? -offered.maxCoolingWatts() : heats ? offered.maxHeatingWatts() : 0.0;
    // A heater that will be off at its set temperature cannot take the cell further than that.
    double raised =
        Math.min(
            watts / coolingWattsPerKelvin,
            Math.max(0.0, setKelvin - limits.ambientTemperatureKelvin()));
    ChargeLimits warmed = limits.withAmbientRaised(raised);
    return inner.next(estimate, warmed).withHeatWatts(watts);
  }

  @Override
  public void takeOver(ChargingPolicy predecessor) {
    inner.takeOver(predecessor instanceof ThermostatPolicy other ? other.inner : predecessor);
  }

  @Override
  public void close() {
    inner.close();
  }
}
