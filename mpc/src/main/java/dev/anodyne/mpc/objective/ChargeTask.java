package dev.anodyne.mpc.objective;

import dev.anodyne.core.charging.StepSeries;

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
    CellThermal thermal) {

  /**
   * Heater and cooler, for one cell.
   *
   * @param heatingWatts largest heat into the cell, W, ≥ 0
   * @param coolingWatts largest heat out of the cell, W, ≥ 0
   * @param heatingEfficiency heat over power from the grid
   * @param coolingCoefficient heat moved over power from the grid
   */
  record CellThermal(
      double heatingWatts,
      double coolingWatts,
      double heatingEfficiency,
      double coolingCoefficient) {
    static final CellThermal NONE = new CellThermal(0.0, 0.0, 1.0, 1.0);

    boolean isOffered() {
      return heatingWatts > 0.0 || coolingWatts > 0.0;
    }

    /** Power from the grid for a heat into (above 0) or out of the cell, W. */
    double gridWatts(double heatWatts) {
      return heatWatts >= 0.0 ? heatWatts / heatingEfficiency : -heatWatts / coolingCoefficient;
    }
  }

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
