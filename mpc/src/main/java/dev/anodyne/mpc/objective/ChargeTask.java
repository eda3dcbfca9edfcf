package dev.anodyne.mpc.objective;

import dev.anodyne.core.charging.StepSeries;
import dev.anodyne.core.charging.ThermalCapabilities;

/**
 * What a long-term plan is for. Everything belongs to one cell; times count from the policy's first
 * decision.
 *
 * @param targetSoc where the charge ends, 0–1
 * @param maxAmps current limit, A
 * @param maxVolts voltage limit, V
 * @param maxKelvin temperature limit, K
 * @param marginVolts anode potential to keep, V
 * @param ambientKelvin temperature that the cell cools towards, K
 * @param maxPowerWatts power that the charger may give, over time, W
 * @param pricePerKilowattHour tariff, over time
 * @param thermal what heats or cools the cell
 */
record ChargeTask(
    double targetSoc,
    double maxAmps,
    double maxVolts,
    double maxKelvin,
    double marginVolts,
    double ambientKelvin,
    StepSeries maxPowerWatts,
    StepSeries pricePerKilowattHour,
    ThermalCapabilities thermal) {

  /** True when a plan for the other task holds for this one, small differences aside. */
  boolean isLike(ChargeTask other) {
    return Math.abs(targetSoc - other.targetSoc) < 1e-6
        && Math.abs(maxAmps - other.maxAmps) <= 0.02 * other.maxAmps
        && Math.abs(maxVolts - other.maxVolts) < 0.005
        && Math.abs(maxKelvin - other.maxKelvin) < 0.5
        && Math.abs(marginVolts - other.marginVolts) < 1e-4
        && Math.abs(ambientKelvin - other.ambientKelvin) < 2.0
        && thermal.equals(other.thermal)
        && maxPowerWatts.equals(other.maxPowerWatts)
        && pricePerKilowattHour.equals(other.pricePerKilowattHour);
  }
}
