package dev.anodyne.hil.fmi;

import java.util.Map;

/**
 * Which variables of a unit are a battery's.
 *
 * @param currentInput current into the battery, A; times {@code currentSign}
 * @param currentSign 1 when charging is positive, −1 when discharging is
 * @param voltage output, V
 * @param minCellVoltage output, V; empty: voltage over cells in series
 * @param maxCellVoltage output, V; empty as above
 * @param temperature output; empty: the ambient one, which never changes
 * @param temperatureOffset what makes it kelvin: 0, or 273.15 for °C
 * @param parameters values by name, set before the start
 */
public record FmuMapping(
    String currentInput,
    double currentSign,
    String voltage,
    String minCellVoltage,
    String maxCellVoltage,
    String temperature,
    double temperatureOffset,
    Map<String, Double> parameters) {
  public FmuMapping {
    parameters = Map.copyOf(parameters);
  }
}
