package dev.anodyne.controller.lab;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The charge that a plant file is meant for: with it the file is a complete scenario. All keys are
 * optional; defaults are those of the command line.
 *
 * @param cell shipped set or BPX file
 * @param from state of charge at the start, 0–1
 * @param to state of charge to reach, 0–1
 * @param ambientC temperature the cells cool towards, °C
 * @param heatTransfer coefficient over the cell's cooling area, W/m²K
 * @param maxVoltage cell voltage limit, V
 * @param maxTemperatureC cell temperature limit, °C
 * @param maxCRate current limit, C
 * @param periodSeconds time between decisions, s
 */
record ScenarioCharge(
    @Nullable String cell,
    @Nullable Double from,
    @Nullable Double to,
    @Nullable Double ambientC,
    @Nullable Double heatTransfer,
    @Nullable Double maxVoltage,
    @Nullable Double maxTemperatureC,
    @Nullable Double maxCRate,
    @Nullable Double periodSeconds) {
  private static final double CELSIUS = 273.15;

  /** A file that says nothing about the charge. */
  static final ScenarioCharge DEFAULT =
      new ScenarioCharge(null, null, null, null, null, null, null, null, null);

  ScenarioCharge {
    double begin = Objects.requireNonNullElse(from, 0.1);
    double end = Objects.requireNonNullElse(to, 0.8);
    if (!(begin >= 0 && end <= 1 && begin < end)) {
      throw new IllegalArgumentException(
          "charge.from " + begin + " and charge.to " + end + " are not 0 ≤ from < to ≤ 1");
    }
    within("ambientC", ambientC, -40, 70);
    within("heatTransfer", heatTransfer, 0, 100_000);
    within("maxVoltage", maxVoltage, 0.5, 6);
    within("maxTemperatureC", maxTemperatureC, -20, 80);
    within("maxCRate", maxCRate, 0.01, 20);
    within("periodSeconds", periodSeconds, 0.05, 60);
  }

  private static void within(String key, @Nullable Double value, double low, double high) {
    if (value != null && !(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "charge." + key + " " + value + " is not allowed; allowed: " + low + " to " + high);
    }
  }

  /**
   * The charge as a setup.
   *
   * @param period time between decisions where the file says nothing, s
   * @throws InputException when there is no such cell
   */
  ChargeSetup setup(String policy, String estimator, double period, long seed) {
    double cooling = or(heatTransfer, 40.0);
    CellParameters parameters =
        InputException.checking(
            "charge.cell",
            () ->
                CellParameters.load(Objects.requireNonNullElse(cell, "lgm50"))
                    .withHeatTransfer(cooling));
    return new ChargeSetup(
        parameters,
        PackLayout.SINGLE_CELL,
        policy,
        estimator,
        or(from, 0.1),
        or(to, 0.8),
        or(ambientC, 25.0) + CELSIUS,
        cooling,
        or(maxVoltage, parameters.upperCutOffVolts()),
        or(maxTemperatureC, 45.0) + CELSIUS,
        or(maxCRate, 3.0),
        or(periodSeconds, period),
        seed);
  }

  private static double or(@Nullable Double given, double otherwise) {
    return Objects.requireNonNullElse(given, otherwise);
  }
}
