package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.compare.ScenarioLimits;
import dev.anodyne.core.cell.CellParameters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Limits that replace the defaults: the set's upper cut-off, 45 °C, 3C. */
final class LimitOptions {
  private static final double KELVIN = 273.15;

  @Option(
      names = "--max-voltage",
      paramLabel = "V",
      description = "Cell voltage limit, V. Default: the set's upper cut-off.")
  @Nullable Double maxVoltage;

  @Option(
      names = "--max-temperature-c",
      paramLabel = "T",
      defaultValue = "45",
      description = "Cell temperature limit, °C. Default: ${DEFAULT-VALUE}.")
  double maxTemperatureC = 45;

  @Option(
      names = "--max-c-rate",
      paramLabel = "X",
      defaultValue = "3",
      description = "Current limit in C (nominal capacity). Default: ${DEFAULT-VALUE}.")
  double maxCRate = 3;

  double volts(CellParameters cell) {
    Double given = maxVoltage;
    return given == null
        ? cell.upperCutOffVolts()
        : Checks.within(
            "--max-voltage", given, cell.lowerCutOffVolts(), cell.upperCutOffVolts() + 0.3, "V");
  }

  /** The same for a grid, which may have several cells: the voltage is checked against each. */
  ScenarioLimits ofScenario() {
    Double given = maxVoltage;
    if (given != null) {
      Checks.within("--max-voltage", given, 1, 10, "V");
    }
    return new ScenarioLimits(given, celsius(), cRate());
  }

  double kelvin() {
    return celsius() + KELVIN;
  }

  private double celsius() {
    return Checks.within("--max-temperature-c", maxTemperatureC, -20, 80, "°C");
  }

  double cRate() {
    return Checks.within("--max-c-rate", maxCRate, 0.01, 20, "C");
  }
}
