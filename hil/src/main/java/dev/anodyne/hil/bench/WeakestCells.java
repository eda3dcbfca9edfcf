package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantExtremes;
import java.util.List;
import java.util.Locale;

/** The cells that set a run's extremes, in sentences. */
final class WeakestCells {
  private static final double KELVIN_AT_0_C = 273.15;
  private static final double MILLIVOLTS = 1e3;

  private WeakestCells() {}

  static List<String> describe(ChargingPlant plant) {
    PlantExtremes e = plant.extremes();
    return List.of(
        sentence(
            plant,
            e.minAnodePotentialCell(),
            "Lowest anode potential %+.1f mV",
            MILLIVOLTS * e.minAnodePotentialVolts()),
        sentence(plant, e.maxVoltageCell(), "Highest cell voltage %.4f V", e.maxCellVoltageVolts()),
        sentence(
            plant,
            e.maxTemperatureCell(),
            "Highest temperature %.1f °C",
            e.maxTemperatureKelvin() - KELVIN_AT_0_C));
  }

  private static String sentence(ChargingPlant plant, int cell, String format, double value) {
    PackLayout layout = plant.config().layout();
    return String.format(
        Locale.ROOT,
        format + ": cell %d (group %d, position %d), %s.",
        value,
        cell,
        cell / layout.parallel(),
        cell % layout.parallel(),
        plant.pack().peculiarity(cell));
  }
}
