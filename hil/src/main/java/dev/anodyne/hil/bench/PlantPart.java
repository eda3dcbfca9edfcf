package dev.anodyne.hil.bench;

import static dev.anodyne.hil.bench.BenchConfig.checked;
import static dev.anodyne.hil.bench.BenchConfig.or;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.ThermalCapabilities;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.core.signal.SensorModel;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.charger.ChargerSettings;
import dev.anodyne.plantsim.charger.ContactorSettings;
import dev.anodyne.plantsim.environment.AmbientTemperature;
import dev.anodyne.plantsim.environment.ThermalSettings;
import dev.anodyne.plantsim.pack.CellSpread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code bench.yaml} says about battery and charger, over the reference charge's plant. */
final class PlantPart {
  private static final Pattern LAYOUT = Pattern.compile("(\\d{1,4})s(\\d{1,4})p");
  private static final double KELVIN_AT_0_C = 273.15;

  private PlantPart() {}

  static PlantConfig of(Path path, BenchFile file) {
    CellParameters cell = checked(path, "cell", () -> cell(path, or(file.cell(), "lgm50")));
    PackLayout layout = checked(path, "layout", () -> layout(or(file.layout(), "4s1p")));
    double cRate = or(file.maxCRate(), PlantConfig.DEFAULT_C_RATE);
    if (!(cRate > 0)) {
      throw new BenchConfigException(path + ": maxCRate: " + cRate + " must be above 0.");
    }
    PlantConfig base = PlantConfig.of(cell, layout).withSeed(or(file.seed(), 1L));
    PlantConfig charged =
        checked(
            path,
            "initialSoc",
            () -> base.withInitialSoc(or(file.initialSoc(), base.initialSoc())));
    PlantConfig spread = checked(path, "spread", () -> charged.withSpread(spread(file.spread())));
    PlantConfig sensed =
        checked(path, "sensors", () -> spread.withSensors(sensors(file.sensors())));
    PlantConfig placed =
        checked(
            path,
            file.ambientSeriesC() == null ? "ambientC" : "ambientSeriesC",
            () -> ambient(sensed, file.ambientC(), file.ambientSeriesC()));
    PlantConfig cooled = checked(path, "heatTransfer", () -> cooling(placed, file.heatTransfer()));
    PlantConfig built =
        cooled.withBuild(BuildPart.of(path, cell, layout, file.ageing(), file.pack()));
    PlantConfig heated = checked(path, "thermal", () -> thermal(built, file.thermal()));
    PlantConfig driven = checked(path, "charger", () -> electronics(heated, file.charger()));
    PlantConfig wired = checked(path, "contactors", () -> contactors(driven, file.contactors()));
    return wired
        .withCapabilities(
            capabilities(file.charger(), PlantConfig.capabilitiesFor(cell, layout, cRate)))
        .withBatteryLimits(limits(file.battery(), PlantConfig.limitsFor(cell, layout, cRate)));
  }

  /** A file that is named relative to the configuration is looked for there first. */
  private static CellParameters cell(Path path, String nameOrPath) {
    Path beside = path.toAbsolutePath().resolveSibling(nameOrPath);
    return CellParameters.load(Files.isRegularFile(beside) ? beside.toString() : nameOrPath);
  }

  private static PackLayout layout(String text) {
    Matcher matcher = LAYOUT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a layout; it must look like 4s1p.");
    }
    return new PackLayout(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static PlantConfig ambient(
      PlantConfig plant, @Nullable Double celsius, @Nullable List<List<Double>> series) {
    if (series != null) {
      if (celsius != null) {
        throw new IllegalArgumentException("ambientC and ambientSeriesC exclude each other.");
      }
      return plant.withEnvironment(plant.environment().withAmbient(series(series)));
    }
    return celsius == null ? plant : plant.withAmbientKelvin(celsius + KELVIN_AT_0_C);
  }

  private static AmbientTemperature series(List<List<Double>> pairs) {
    double[] seconds = new double[pairs.size()];
    double[] kelvin = new double[pairs.size()];
    for (int i = 0; i < seconds.length; i++) {
      if (pairs.get(i).size() != 2) {
        throw new IllegalArgumentException(
            pairs.get(i) + " is not a pair; it must look like [600, 35]: s and °C.");
      }
      seconds[i] = pairs.get(i).get(0);
      kelvin[i] = pairs.get(i).get(1) + KELVIN_AT_0_C;
    }
    return AmbientTemperature.series(seconds, kelvin);
  }

  /** The usual heater gives 90 % of its power, the usual cooler moves twice its power. */
  private static PlantConfig thermal(PlantConfig plant, BenchFile.@Nullable ThermalPart part) {
    if (part == null) {
      return plant;
    }
    ThermalCapabilities can =
        new ThermalCapabilities(
            or(part.heatingWatts(), 0.0),
            or(part.coolingWatts(), 0.0),
            or(part.heatingEfficiency(), 0.9),
            or(part.coolingCoefficient(), 2.0));
    ThermalSettings settings =
        new ThermalSettings(
            can, or(part.lagSeconds(), ThermalSettings.DEFAULT_TIME_CONSTANT_SECONDS));
    return plant.withEnvironment(plant.environment().withThermal(settings));
  }

  private static PlantConfig cooling(PlantConfig plant, @Nullable Double wattsPerM2Kelvin) {
    return wattsPerM2Kelvin == null ? plant : plant.withHeatTransfer(wattsPerM2Kelvin);
  }

  private static CellSpread spread(BenchFile.@Nullable Spread part) {
    return part == null
        ? CellSpread.PRODUCTION
        : new CellSpread(
            or(part.capacitySigma(), 0.0),
            or(part.seriesResistanceSigmaOhm(), 0.0),
            or(part.exchangeCurrentSigma(), 0.0),
            or(part.diffusivitySigma(), 0.0),
            or(part.heatTransferSigma(), 0.0),
            or(part.initialSocSigma(), 0.0),
            or(part.initialTemperatureSigmaKelvin(), 0.0));
  }

  private static SensorErrors sensors(BenchFile.@Nullable Sensors part) {
    if (part == null) {
      return SensorErrors.STANDARD;
    }
    SensorErrors standard = SensorErrors.STANDARD;
    return new SensorErrors(
        SensorModel.PERFECT.withNoise(or(part.voltageNoiseVolts(), standard.voltage().noise())),
        SensorModel.PERFECT.withRelativeNoise(
            or(part.currentRelativeNoise(), standard.current().relativeNoise())),
        SensorModel.PERFECT.withNoise(
            or(part.temperatureNoiseKelvin(), standard.temperature().noise())));
  }

  private static PlantConfig electronics(PlantConfig plant, BenchFile.@Nullable ChargerPart part) {
    if (part == null) {
      return plant;
    }
    ChargerSettings usual = plant.charger();
    return plant.withCharger(
        usual
            .withTimeConstantSeconds(or(part.timeConstantSeconds(), usual.timeConstantSeconds()))
            .withResolutionAmps(or(part.resolutionAmps(), usual.resolutionAmps()))
            .withExpiryRampSeconds(or(part.expiryRampSeconds(), usual.expiryRampSeconds()))
            .withActuation(
                or(part.delaySeconds(), usual.delaySeconds()),
                or(part.rampDownFactor(), usual.rampDownFactor()))
            .withLosses(
                or(part.efficiency(), usual.efficiency()),
                or(part.standbyWatts(), usual.standbyWatts())));
  }

  private static PlantConfig contactors(PlantConfig plant, BenchFile.@Nullable ContactorPart part) {
    ContactorSettings usual = ContactorSettings.USUAL;
    return part == null
        ? plant
        : plant.withContactors(
            new ContactorSettings(
                or(part.closeSeconds(), usual.closeSeconds()),
                or(part.prechargeOhms(), usual.prechargeOhms()),
                or(part.outputFarads(), usual.outputFarads()),
                or(part.prechargeTimeoutSeconds(), usual.prechargeTimeoutSeconds()),
                or(part.diagnosisSeconds(), usual.diagnosisSeconds())));
  }

  private static ChargerCapabilities capabilities(
      BenchFile.@Nullable ChargerPart part, ChargerCapabilities usual) {
    return part == null
        ? usual
        : new ChargerCapabilities(
            or(part.minVoltageVolts(), usual.minVoltageVolts()),
            or(part.maxVoltageVolts(), usual.maxVoltageVolts()),
            or(part.maxCurrentAmps(), usual.maxCurrentAmps()),
            or(part.maxPowerWatts(), usual.maxPowerWatts()),
            or(part.maxRampAmpsPerSecond(), usual.maxRampAmpsPerSecond()));
  }

  private static BatteryLimits limits(BenchFile.@Nullable BatteryPart part, BatteryLimits usual) {
    return part == null
        ? usual
        : new BatteryLimits(
            or(part.targetCurrentAmps(), usual.targetCurrentAmps()),
            or(part.maxVoltageVolts(), usual.maxVoltageVolts()),
            or(part.maxCellVoltageVolts(), usual.maxCellVoltageVolts()),
            part.maxTemperatureC() == null
                ? usual.maxTemperatureKelvin()
                : part.maxTemperatureC() + KELVIN_AT_0_C,
            or(part.maxPowerWatts(), usual.maxPowerWatts()));
  }
}
