package dev.anodyne.plantsim;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.plantsim.charger.ChargerSettings;
import dev.anodyne.plantsim.charger.ContactorSettings;
import dev.anodyne.plantsim.environment.Environment;
import dev.anodyne.plantsim.pack.CellSpread;
import dev.anodyne.plantsim.pack.PackBuild;

/**
 * Everything that makes a plant. {@link #of} gives a sensible one; the {@code with} methods change
 * it. Equal configurations give plants that behave the same, bit for bit.
 *
 * @param cell parameters that all cells have in common
 * @param layout wiring of the battery
 * @param options physics (ageing, heat) and resolution of the cells
 * @param common how all cells differ from the parameters (mismatch, ageing)
 * @param spread how the cells differ from each other
 * @param initialSoc state of charge at the start, 0–1
 * @param environment surroundings
 * @param sensors what is wrong with the sensors
 * @param charger the charger
 * @param batteryLimits what the battery's management asks for at the start
 * @param innerStepSeconds longest step of the physics, s
 * @param seed fixes spread and sensor noise
 * @param build conductors, heat between the cells, and how aged each is at the start
 * @param contactors between charger and battery
 */
public record PlantConfig(
    CellParameters cell,
    PackLayout layout,
    P2dOptions options,
    CellVariation common,
    CellSpread spread,
    double initialSoc,
    Environment environment,
    SensorErrors sensors,
    ChargerSettings charger,
    BatteryLimits batteryLimits,
    double innerStepSeconds,
    long seed,
    PackBuild build,
    ContactorSettings contactors) {
  /** Largest C-rate of the default charger and battery. */
  public static final double DEFAULT_C_RATE = 3.0;

  /** Temperature limit of the default battery, K (45 °C). */
  public static final double DEFAULT_MAX_TEMPERATURE_KELVIN = 318.15;

  /** Longest step of the physics by default, s. */
  public static final double DEFAULT_INNER_STEP_SECONDS = 0.5;

  public PlantConfig {
    if (!(initialSoc >= 0 && initialSoc <= 1)) {
      throw new IllegalArgumentException(
          "Plant initialSoc " + initialSoc + " is not between 0 and 1.");
    }
    if (!(innerStepSeconds > 0 && innerStepSeconds <= 10)) {
      throw new IllegalArgumentException(
          "Plant innerStepSeconds " + innerStepSeconds + " is not above 0 and at most 10 s.");
    }
  }

  /** One cell on a 3C charger: see {@link #of(CellParameters, PackLayout)}. */
  public static PlantConfig of(CellParameters cell) {
    return of(cell, PackLayout.SINGLE_CELL);
  }

  /**
   * The reference charge's plant: equal nominal cells at 10 %, full ageing, 25 °C, 40 W/m²K,
   * standard sensor noise, and a charger and a battery that allow 3C, the set's upper cut-off and
   * 45 °C.
   */
  public static PlantConfig of(CellParameters cell, PackLayout layout) {
    return new PlantConfig(
        cell,
        layout,
        fullestPhysics(cell),
        CellVariation.NONE,
        CellSpread.NONE,
        0.1,
        cell.thermal().isPresent()
            ? Environment.REFERENCE
            : Environment.REFERENCE.withHeatTransfer(Double.NaN),
        SensorErrors.STANDARD,
        ChargerSettings.of(capabilitiesFor(cell, layout, DEFAULT_C_RATE)),
        limitsFor(cell, layout, DEFAULT_C_RATE),
        DEFAULT_INNER_STEP_SECONDS,
        1L,
        PackBuild.IDEAL,
        ContactorSettings.IMMEDIATE);
  }

  /**
   * The plant's physics for a parameter set: both side reactions where it has data for both, one or
   * none otherwise; isothermal without thermal data.
   */
  public static P2dOptions fullestPhysics(CellParameters cell) {
    boolean sei = cell.sei().isPresent();
    boolean plating = cell.plating().isPresent();
    P2dOptions.Ageing one = sei ? P2dOptions.Ageing.SEI : P2dOptions.Ageing.NONE;
    P2dOptions.Ageing withPlating = sei ? P2dOptions.Ageing.FULL : P2dOptions.Ageing.PLATING;
    return P2dOptions.PLANT
        .withAgeing(plating ? withPlating : one)
        .withThermal(
            cell.thermal().isPresent() ? P2dOptions.Thermal.LUMPED : P2dOptions.Thermal.ISOTHERMAL);
  }

  /**
   * A charger that fits a battery: C-rate as given, voltage from half the lower to 1.1 times the
   * upper cut-off, power for both, full current within 1 s.
   */
  public static ChargerCapabilities capabilitiesFor(
      CellParameters cell, PackLayout layout, double cRate) {
    double amps = layout.packAmps(cRate * cell.nominalCapacityAmpHours());
    double volts = layout.series() * cell.upperCutOffVolts();
    return new ChargerCapabilities(
        0.5 * layout.series() * cell.lowerCutOffVolts(),
        1.1 * volts,
        amps,
        1.1 * volts * amps,
        amps);
  }

  /** Limits of a battery: C-rate as given, the set's upper cut-off, 45 °C, power for both. */
  public static BatteryLimits limitsFor(CellParameters cell, PackLayout layout, double cRate) {
    double amps = layout.packAmps(cRate * cell.nominalCapacityAmpHours());
    double volts = layout.series() * cell.upperCutOffVolts();
    return new BatteryLimits(
        amps, volts, cell.upperCutOffVolts(), DEFAULT_MAX_TEMPERATURE_KELVIN, volts * amps);
  }

  /** Heat transfer at the start, the parameter set's own included, W/m²K; NaN without data. */
  public double heatTransferWattsPerM2Kelvin() {
    return environment.replacesHeatTransfer()
        ? environment.heatTransferWattsPerM2Kelvin()
        : cell.thermal().map(ThermalData::heatTransferWPerM2Kelvin).orElse(Double.NaN);
  }

  public PlantConfig withOptions(P2dOptions newOptions) {
    return copy(newOptions, common, spread, initialSoc, environment, sensors, charger, seed);
  }

  public PlantConfig withAgeing(P2dOptions.Ageing ageing) {
    return withOptions(options.withAgeing(ageing));
  }

  /** Makes all cells differ from the parameter set: mismatch or ageing. */
  public PlantConfig withCommon(CellVariation variation) {
    return copy(options, variation, spread, initialSoc, environment, sensors, charger, seed);
  }

  public PlantConfig withSpread(CellSpread newSpread) {
    return copy(options, common, newSpread, initialSoc, environment, sensors, charger, seed);
  }

  public PlantConfig withInitialSoc(double soc) {
    return copy(options, common, spread, soc, environment, sensors, charger, seed);
  }

  public PlantConfig withEnvironment(Environment newEnvironment) {
    return copy(options, common, spread, initialSoc, newEnvironment, sensors, charger, seed);
  }

  public PlantConfig withAmbientKelvin(double kelvin) {
    return withEnvironment(environment.withAmbientKelvin(kelvin));
  }

  public PlantConfig withHeatTransfer(double wattsPerM2Kelvin) {
    return withEnvironment(environment.withHeatTransfer(wattsPerM2Kelvin));
  }

  public PlantConfig withSensors(SensorErrors errors) {
    return copy(options, common, spread, initialSoc, environment, errors, charger, seed);
  }

  public PlantConfig withCharger(ChargerSettings settings) {
    return copy(options, common, spread, initialSoc, environment, sensors, settings, seed);
  }

  public PlantConfig withCapabilities(ChargerCapabilities capabilities) {
    return withCharger(charger.withCapabilities(capabilities));
  }

  public PlantConfig withSeed(long newSeed) {
    return copy(options, common, spread, initialSoc, environment, sensors, charger, newSeed);
  }

  public PlantConfig withBatteryLimits(BatteryLimits limits) {
    return new PlantConfig(
        cell,
        layout,
        options,
        common,
        spread,
        initialSoc,
        environment,
        sensors,
        charger,
        limits,
        innerStepSeconds,
        seed,
        build,
        contactors);
  }

  /** Gives the battery conductors, heat paths and aged cells. */
  public PlantConfig withBuild(PackBuild newBuild) {
    return new PlantConfig(
        cell,
        layout,
        options,
        common,
        spread,
        initialSoc,
        environment,
        sensors,
        charger,
        batteryLimits,
        innerStepSeconds,
        seed,
        newBuild,
        contactors);
  }

  /** Gives the charger contactors that take their time. */
  public PlantConfig withContactors(ContactorSettings settings) {
    return new PlantConfig(
        cell,
        layout,
        options,
        common,
        spread,
        initialSoc,
        environment,
        sensors,
        charger,
        batteryLimits,
        innerStepSeconds,
        seed,
        build,
        settings);
  }

  public PlantConfig withInnerStepSeconds(double seconds) {
    return new PlantConfig(
        cell,
        layout,
        options,
        common,
        spread,
        initialSoc,
        environment,
        sensors,
        charger,
        batteryLimits,
        seconds,
        seed,
        build,
        contactors);
  }

  private PlantConfig copy(
      P2dOptions newOptions,
      CellVariation newCommon,
      CellSpread newSpread,
      double newInitialSoc,
      Environment newEnvironment,
      SensorErrors newSensors,
      ChargerSettings newCharger,
      long newSeed) {
    return new PlantConfig(
        cell,
        layout,
        newOptions,
        newCommon,
        newSpread,
        newInitialSoc,
        newEnvironment,
        newSensors,
        newCharger,
        batteryLimits,
        innerStepSeconds,
        newSeed,
        build,
        contactors);
  }
}
