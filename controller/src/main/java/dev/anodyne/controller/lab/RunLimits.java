package dev.anodyne.controller.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run is judged by.
 *
 * @param maxCurrentAmps cell current, A
 * @param maxVoltageVolts cell voltage, V
 * @param maxTemperatureKelvin cell temperature, K
 * @param minAnodePotentialVolts anode potential, V
 */
public record RunLimits(
    double maxCurrentAmps,
    double maxVoltageVolts,
    double maxTemperatureKelvin,
    double minAnodePotentialVolts) {
  /** A current limit may be passed by this share: sensors and set-points are no better. */
  static final double CURRENT_TOLERANCE_SHARE = 1e-3;

  /** A voltage limit may be passed by this: two standard deviations of a cell voltage sensor. */
  static final double VOLTAGE_TOLERANCE_VOLTS = 2e-3;

  /** A temperature limit may be passed by this: half a standard deviation of its sensor. */
  static final double TEMPERATURE_TOLERANCE_KELVIN = 0.1;

  /** The limits that these true extremes pass, one sentence each. */
  List<String> violations(Extremes extremes) {
    List<String> found = new ArrayList<>();
    if (extremes.maxCurrentAmps() > maxCurrentAmps * (1 + CURRENT_TOLERANCE_SHARE)) {
      found.add(
          text("Cell current %.3f A, limit %.3f A.", extremes.maxCurrentAmps(), maxCurrentAmps));
    }
    if (extremes.maxVoltageVolts() > maxVoltageVolts + VOLTAGE_TOLERANCE_VOLTS) {
      found.add(
          text("Cell voltage %.4f V, limit %.4f V.", extremes.maxVoltageVolts(), maxVoltageVolts));
    }
    if (extremes.maxTemperatureKelvin() > maxTemperatureKelvin + TEMPERATURE_TOLERANCE_KELVIN) {
      found.add(
          text(
              "Cell temperature %.2f °C, limit %.2f °C.",
              extremes.maxTemperatureKelvin() - 273.15, maxTemperatureKelvin - 273.15));
    }
    if (extremes.minAnodePotentialVolts() < minAnodePotentialVolts) {
      found.add(
          text(
              "Anode potential %.2f mV, at least %.2f mV is wanted.",
              extremes.minAnodePotentialVolts() * 1e3, minAnodePotentialVolts * 1e3));
    }
    return found;
  }

  /**
   * True extremes over every plant step of a run.
   *
   * @param maxCurrentAmps largest cell current that the charger drove, A
   * @param maxVoltageVolts of the highest cell, V
   * @param maxTemperatureKelvin of the hottest cell, K
   * @param minAnodePotentialVolts of the lowest cell, V
   */
  record Extremes(
      double maxCurrentAmps,
      double maxVoltageVolts,
      double maxTemperatureKelvin,
      double minAnodePotentialVolts) {}

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
