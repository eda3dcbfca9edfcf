package dev.anodyne.plantsim.environment;

/**
 * What surrounds the battery.
 *
 * @param ambient temperature that the cells cool towards
 * @param heatTransferWattsPerM2Kelvin heat transfer coefficient over each cell's cooling area,
 *     W/m²K; NaN keeps the parameter set's own
 * @param thermal what heats or cools the battery
 */
public record Environment(
    AmbientTemperature ambient, double heatTransferWattsPerM2Kelvin, ThermalSettings thermal) {
  /** Heat transfer of a liquid-cooled pack, W/m²K. */
  public static final double LIQUID_COOLED_W_PER_M2K = 40.0;

  /** 25 °C, liquid cooled: the surroundings of the reference charge. */
  public static final Environment REFERENCE =
      new Environment(AmbientTemperature.constant(298.15), LIQUID_COOLED_W_PER_M2K);

  /** Without heater and cooler. */
  public Environment(AmbientTemperature ambient, double heatTransferWattsPerM2Kelvin) {
    this(ambient, heatTransferWattsPerM2Kelvin, ThermalSettings.NONE);
  }

  public Environment {
    if (heatTransferWattsPerM2Kelvin < 0
        || heatTransferWattsPerM2Kelvin == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "Heat transfer "
              + heatTransferWattsPerM2Kelvin
              + " W/m²K is not a finite number of at least 0.");
    }
  }

  public Environment withAmbientKelvin(double kelvin) {
    return withAmbient(AmbientTemperature.constant(kelvin));
  }

  public Environment withAmbient(AmbientTemperature temperature) {
    return new Environment(temperature, heatTransferWattsPerM2Kelvin, thermal);
  }

  public Environment withHeatTransfer(double wattsPerM2Kelvin) {
    return new Environment(ambient, wattsPerM2Kelvin, thermal);
  }

  /** The same surroundings with a heater or cooler. */
  public Environment withThermal(ThermalSettings settings) {
    return new Environment(ambient, heatTransferWattsPerM2Kelvin, settings);
  }

  /** True when the parameter set's own heat transfer is replaced. */
  public boolean replacesHeatTransfer() {
    return !Double.isNaN(heatTransferWattsPerM2Kelvin);
  }
}
