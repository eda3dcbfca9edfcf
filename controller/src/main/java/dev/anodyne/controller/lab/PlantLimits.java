package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.plantsim.PlantConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plant file says about the battery's own limits, which its management system sends and
 * which can only tighten those of the charge. All keys are optional.
 *
 * @param maxTemperatureC of the hottest cell, °C
 * @param maxVoltage of the highest cell, V
 * @param maxCRate of the current, C
 * @param maxPowerWatts of the whole battery, W
 */
record PlantLimits(
    @Nullable Double maxTemperatureC,
    @Nullable Double maxVoltage,
    @Nullable Double maxCRate,
    @Nullable Double maxPowerWatts) {
  private static final double CELSIUS = 273.15;

  PlantLimits {
    within("maxTemperatureC", maxTemperatureC, -20, 80);
    within("maxVoltage", maxVoltage, 0.5, 6);
    within("maxCRate", maxCRate, 0.01, 20);
    within("maxPowerWatts", maxPowerWatts, 1e-3, 1e9);
  }

  private static void within(String key, @Nullable Double value, double low, double high) {
    if (value != null && !(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "limits." + key + " " + value + " is not allowed; allowed: " + low + " to " + high);
    }
  }

  PlantConfig applyTo(PlantConfig plant) {
    BatteryLimits usual = plant.batteryLimits();
    PackLayout layout = plant.layout();
    double cellVolts = least(usual.maxCellVoltageVolts(), maxVoltage);
    double kelvin =
        Math.min(
            usual.maxTemperatureKelvin(),
            maxTemperatureC == null ? Double.POSITIVE_INFINITY : maxTemperatureC + CELSIUS);
    double amps =
        maxCRate == null
            ? usual.targetCurrentAmps()
            : Math.min(
                usual.targetCurrentAmps(),
                layout.packAmps(maxCRate * plant.cell().nominalCapacityAmpHours()));
    return plant.withBatteryLimits(
        new BatteryLimits(
            amps,
            Math.min(usual.maxVoltageVolts(), layout.series() * cellVolts),
            cellVolts,
            kelvin,
            least(usual.maxPowerWatts(), maxPowerWatts)));
  }

  private static double least(double usual, @Nullable Double given) {
    return Math.min(usual, Objects.requireNonNullElse(given, Double.POSITIVE_INFINITY));
  }

  /** What a run on a plant is judged by: the charge's limits and the battery's own. */
  static RunLimits judged(RunLimits charge, PlantConfig plant) {
    BatteryLimits battery = plant.batteryLimits();
    return new RunLimits(
        Math.min(charge.maxCurrentAmps(), plant.layout().cellAmps(battery.targetCurrentAmps())),
        Math.min(charge.maxVoltageVolts(), battery.maxCellVoltageVolts()),
        Math.min(charge.maxTemperatureKelvin(), battery.maxTemperatureKelvin()),
        charge.minAnodePotentialVolts());
  }
}
