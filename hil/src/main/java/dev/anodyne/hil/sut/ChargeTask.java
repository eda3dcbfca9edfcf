package dev.anodyne.hil.sut;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;

/**
 * What a controller is told about the charge that a scenario wants: what stands on a data sheet and
 * in an order, never how the plant really is.
 *
 * @param cell parameters of the cell's type as published
 * @param layout wiring of the battery
 * @param fromSoc state of charge at the start as the vehicle tells it, 0–1
 * @param targetSoc where to charge to, 0–1
 * @param maxVoltageVolts cell voltage limit, V
 * @param maxTemperatureKelvin cell temperature limit, K
 * @param maxCRate current limit in C
 * @param ambientKelvin temperature of the surroundings, K
 * @param heatTransferWattsPerM2Kelvin over the cell's cooling area, W/m²K
 * @param periodSeconds control period, s
 * @param seed of the run
 */
public record ChargeTask(
    CellParameters cell,
    PackLayout layout,
    double fromSoc,
    double targetSoc,
    double maxVoltageVolts,
    double maxTemperatureKelvin,
    double maxCRate,
    double ambientKelvin,
    double heatTransferWattsPerM2Kelvin,
    double periodSeconds,
    long seed) {
  /** Highest current for the whole battery, A. */
  public double maxBatteryAmps() {
    return layout.packAmps(maxCRate * cell.nominalCapacityAmpHours());
  }

  /** The same task with another seed. */
  public ChargeTask withSeed(long newSeed) {
    return new ChargeTask(
        cell,
        layout,
        fromSoc,
        targetSoc,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCRate,
        ambientKelvin,
        heatTransferWattsPerM2Kelvin,
        periodSeconds,
        newSeed);
  }
}
