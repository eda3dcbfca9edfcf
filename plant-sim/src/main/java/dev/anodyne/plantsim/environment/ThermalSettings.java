package dev.anodyne.plantsim.environment;

import dev.anodyne.core.charging.ThermalCapabilities;

/**
 * What heats or cools the battery: a plate or a coolant circuit that reaches all cells alike.
 *
 * @param capabilities what it can do for the whole battery, and what it tells about itself
 * @param timeConstantSeconds first-order lag from a command to the heat in the cells, s, ≥ 0
 */
public record ThermalSettings(ThermalCapabilities capabilities, double timeConstantSeconds) {
  /** Lag of a film heater and its plate, s. */
  public static final double DEFAULT_TIME_CONSTANT_SECONDS = 20.0;

  /** Neither heater nor cooler. */
  public static final ThermalSettings NONE = new ThermalSettings(ThermalCapabilities.NONE, 0.0);

  public ThermalSettings {
    if (!(timeConstantSeconds >= 0 && timeConstantSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Thermal timeConstantSeconds "
              + timeConstantSeconds
              + " is not allowed; it must be a finite number of at least 0.");
    }
  }
}
