package dev.anodyne.controller.lab.compare;

import dev.anodyne.core.cell.CellParameters;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a charge.
 *
 * @param maxVoltageVolts cell voltage, V; null for the set's upper cut-off
 * @param maxTemperatureCelsius cell temperature, °C
 * @param maxCRate current in C (nominal capacity)
 */
public record ScenarioLimits(
    @Nullable Double maxVoltageVolts, double maxTemperatureCelsius, double maxCRate) {
  /** The set's upper cut-off, 45 °C, 3C. */
  public static final ScenarioLimits DEFAULT = new ScenarioLimits(null, 45, 3);

  double volts(CellParameters cell) {
    Double given = maxVoltageVolts;
    return given == null ? cell.upperCutOffVolts() : given;
  }
}
