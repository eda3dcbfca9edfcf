package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.ThermalCapabilities;
import dev.anodyne.mpc.objective.ChargeGoal;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.environment.ThermalSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plant file says about heater and cooler, for the whole battery. All keys are optional.
 *
 * @param heatingWatts largest heat into the battery, W
 * @param coolingWatts largest heat out of the battery, W
 * @param lagSeconds first-order lag from a command to the heat, s
 * @param heatingEfficiency heat over power from the grid
 * @param coolingCoefficient heat moved over power from the grid
 */
record PlantThermal(
    @Nullable Double heatingWatts,
    @Nullable Double coolingWatts,
    @Nullable Double lagSeconds,
    @Nullable Double heatingEfficiency,
    @Nullable Double coolingCoefficient) {
  private static final double EFFICIENCY = 0.9;
  private static final double COEFFICIENT = 2.0;

  /**
   * The plant with heater and cooler.
   *
   * @throws IllegalArgumentException when a value is not possible
   */
  PlantConfig applyTo(PlantConfig plant) {
    ThermalSettings settings =
        new ThermalSettings(
            new ThermalCapabilities(
                or(heatingWatts, 0.0),
                or(coolingWatts, 0.0),
                or(heatingEfficiency, EFFICIENCY),
                or(coolingCoefficient, COEFFICIENT)),
            or(lagSeconds, ThermalSettings.DEFAULT_TIME_CONSTANT_SECONDS));
    return plant.withEnvironment(plant.environment().withThermal(settings));
  }

  /** The setup of a charge: the model-predictive controller plans heat where there is a heater. */
  static ChargeSetup told(ChargeSetup setup, PlantConfig plant) {
    boolean plans =
        plant.environment().thermal().capabilities().isOffered()
            && setup.goal() == null
            && setup.thermostatCelsius() == null
            && setup.policy().equals("mpc");
    return plans ? setup.withGoal(ChargeGoal.fastest()) : setup;
  }

  private static double or(@Nullable Double given, double otherwise) {
    return Objects.requireNonNullElse(given, otherwise);
  }
}
