package dev.anodyne.controller.lab;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.CellMismatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which plant a charge meets: nominal, drawn around nominal, or described in a file. */
public final class PlantChoice {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private static final String MISMATCH = "mismatch:";

  private PlantChoice() {}

  /**
   * The plant of a setup.
   *
   * @param nameOrFile {@code nominal}, {@code mismatch}, {@code mismatch:FRACTION} or the path of a
   *     YAML file
   * @throws InputException when it is none of these or the file is not usable
   */
  public static PlantConfig of(String nameOrFile, ChargeSetup setup) {
    return of(keys(nameOrFile), nameOrFile, setup);
  }

  /**
   * The plant that the keys of a plant file describe.
   *
   * @param source names them in errors
   * @throws InputException when a key or a value is not allowed
   */
  public static PlantConfig of(
      Map<String, @Nullable Object> keys, String source, ChargeSetup setup) {
    return described(source, form(source, () -> YAML.convertValue(keys, PlantFile.class)), setup);
  }

  /**
   * What a plant file says, or would say about a plant with a name; empty for the nominal one.
   *
   * @throws InputException when it is neither a name nor a file that can be read
   */
  public static Map<String, @Nullable Object> keys(String nameOrFile) {
    if (nameOrFile.equals("nominal")) {
      return Map.of();
    }
    if (nameOrFile.equals("mismatch")) {
      return Map.of("mismatch", CellMismatch.DEFAULT_FRACTION);
    }
    if (nameOrFile.startsWith(MISMATCH)) {
      return Map.of("mismatch", fraction(nameOrFile.substring(MISMATCH.length())));
    }
    Path path = Path.of(nameOrFile);
    if (!Files.isRegularFile(path)) {
      throw new InputException(
          "--plant: '"
              + nameOrFile
              + "' is not a plant; allowed: nominal, mismatch, mismatch:FRACTION, or an existing"
              + " YAML file.");
    }
    // The form first: its errors tell lines.
    form(nameOrFile, () -> YAML.readValue(Files.readString(path), PlantFile.class));
    Map<String, @Nullable Object> keys =
        form(nameOrFile, () -> YAML.readValue(Files.readString(path), new TypeReference<>() {}));
    return keys == null ? Map.of() : keys;
  }

  private static double fraction(String text) {
    try {
      return InputException.checking(
          "--plant",
          () -> {
            double fraction = Double.parseDouble(text);
            CellMismatch.draw(fraction, 0);
            return fraction;
          });
    } catch (InputException e) {
      throw new InputException(
          "--plant: 'mismatch:" + text + "' is not allowed; allowed: mismatch:0 to mismatch:0.9.",
          e);
    }
  }

  /** Nominal parameters, ageing full, standard sensor noise from the seed, the setup's limits. */
  public static PlantConfig nominal(ChargeSetup setup) {
    var cell = setup.cell();
    var layout = setup.layout();
    double rate = setup.maxCRate();
    var limits = PlantConfig.limitsFor(cell, layout, rate);
    return PlantConfig.of(cell, layout)
        .withInitialSoc(setup.fromSoc())
        .withAmbientKelvin(setup.ambientKelvin())
        .withHeatTransfer(setup.heatTransferWattsPerM2Kelvin())
        .withCapabilities(PlantConfig.capabilitiesFor(cell, layout, rate))
        .withBatteryLimits(
            new BatteryLimits(
                limits.targetCurrentAmps(),
                layout.series() * setup.maxVoltageVolts(),
                setup.maxVoltageVolts(),
                setup.maxTemperatureKelvin(),
                layout.series() * setup.maxVoltageVolts() * limits.targetCurrentAmps()))
        .withSeed(setup.seed());
  }

  /** The same plant with sensors that are right: for baselines, which are judged without noise. */
  static PlantConfig withPerfectSensors(PlantConfig plant) {
    return plant.withSensors(SensorErrors.NONE);
  }

  /**
   * The file's form: all keys optional.
   *
   * @param variation factors and losses by the names of {@link CellVariation}'s components
   * @param ageing none, sei, plating or full
   * @param sensorNoise false for sensors that are right
   * @param mismatch every kinetic, transport and cooling parameter is drawn from 1 ± this share
   * @param aged what life has taken
   * @param sensors what is wrong with the sensors
   * @param charger what the charger is like, and what happens to it
   * @param limits the battery's own limits
   * @param charge the charge that the plant is meant for; counts only where a scenario is asked for
   * @param thermal heater and cooler
   * @param description a sentence for people
   */
  record PlantFile(
      @Nullable Map<String, Double> variation,
      @Nullable String ageing,
      @Nullable Boolean sensorNoise,
      @Nullable Double mismatch,
      @Nullable AgedCell aged,
      @Nullable SensorFaults sensors,
      @Nullable PlantCharger charger,
      @Nullable PlantLimits limits,
      @Nullable PlantThermal thermal,
      @Nullable ScenarioCharge charge,
      @Nullable String description) {}

  /**
   * The charge that a plant file is meant for; what it does not say is as on the command line.
   *
   * @param file with the key {@code charge}
   * @param period time between decisions where the file says nothing, s
   * @throws InputException when it is not usable
   */
  public static ChargeSetup scenario(
      Path file, String policy, String estimator, double period, long seed) {
    String source = file.toString();
    PlantFile read = form(source, () -> YAML.readValue(Files.readString(file), PlantFile.class));
    ScenarioCharge charge = read == null ? null : read.charge();
    return Objects.requireNonNullElse(charge, ScenarioCharge.DEFAULT)
        .setup(policy, estimator, period, seed);
  }

  private static PlantConfig described(String source, @Nullable PlantFile file, ChargeSetup setup) {
    PlantConfig plant = nominal(setup);
    if (file == null) {
      return plant;
    }
    if (file.ageing() != null) {
      plant = plant.withAgeing(ageing(source, file.ageing()));
    }
    if (file.variation() != null) {
      plant = plant.withCommon(variation(source, file.variation()));
    }
    Double mismatch = file.mismatch();
    if (mismatch != null) {
      CellVariation drawn =
          InputException.checking(
              source + ": mismatch", () -> CellMismatch.draw(mismatch, setup.seed()));
      plant = plant.withCommon(CellMismatch.combine(plant.common(), drawn));
    }
    if (Boolean.FALSE.equals(file.sensorNoise())) {
      plant = withPerfectSensors(plant);
    }
    if (file.sensors() != null) {
      plant = file.sensors().applyTo(plant);
    }
    if (file.limits() != null) {
      plant = file.limits().applyTo(plant);
    }
    PlantCharger charger = file.charger();
    if (charger != null) {
      PlantConfig before = plant;
      plant = InputException.checking(source, () -> charger.applyTo(before));
    }
    PlantThermal thermal = file.thermal();
    if (thermal != null) {
      PlantConfig before = plant;
      plant = InputException.checking(source + ": thermal", () -> thermal.applyTo(before));
    }
    return file.aged() == null ? plant : aged(source, plant, file.aged());
  }

  private static PlantConfig aged(String source, PlantConfig plant, AgedCell aged) {
    return InputException.checking(source + ": aged", () -> aged.applyTo(plant));
  }

  /** Reads keys or a file; every failure in one line. */
  private static <T> @Nullable T form(String source, Reading<T> reading) {
    try {
      return reading.read();
    } catch (UnrecognizedPropertyException e) {
      throw unknown(source, e);
    } catch (JacksonException e) {
      throw unreadable(source, e);
    } catch (IllegalArgumentException e) {
      if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
        throw unknown(source, unknown);
      }
      if (e.getCause() instanceof JacksonException cause) {
        throw unreadable(source, cause);
      }
      throw e;
    } catch (IOException e) {
      throw new InputException(source + ": cannot be read.", e);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    @Nullable T read() throws IOException;
  }

  private static InputException unknown(String source, UnrecognizedPropertyException e) {
    String allowed =
        e.getKnownPropertyIds() == null
            ? ""
            : String.join(", ", e.getKnownPropertyIds().stream().map(String::valueOf).toList());
    return new InputException(
        source + at(e) + ": unknown key '" + e.getPropertyName() + "'; allowed: " + allowed + ".",
        e);
  }

  private static InputException unreadable(String source, JacksonException e) {
    Throwable refused = e.getCause();
    String why =
        refused instanceof IllegalArgumentException ? refused.getMessage() : e.getOriginalMessage();
    String line = String.valueOf(why).lines().findFirst().orElse("not YAML");
    return new InputException(source + at(e) + ": " + line + (line.endsWith(".") ? "" : "."), e);
  }

  private static String at(JacksonException e) {
    JsonLocation at = e.getLocation();
    return at == null || at.getLineNr() < 1 ? "" : ", line " + at.getLineNr();
  }

  private static Ageing ageing(String path, String name) {
    for (Ageing ageing : Ageing.values()) {
      if (ageing.name().toLowerCase(Locale.ROOT).equals(name)) {
        return ageing;
      }
    }
    throw new InputException(
        path + ": ageing: '" + name + "' is unknown; allowed: none, sei, plating, full.");
  }

  private static CellVariation variation(String path, Map<String, Double> given) {
    Map<String, Double> all = YAML.convertValue(CellVariation.NONE, new TypeReference<>() {});
    for (String key : given.keySet()) {
      if (!all.containsKey(key)) {
        throw new InputException(
            path
                + ": variation: unknown key '"
                + key
                + "'; allowed: "
                + String.join(", ", all.keySet())
                + ".");
      }
    }
    all.putAll(given);
    return InputException.checking(
        path + ": variation", () -> YAML.convertValue(all, CellVariation.class));
  }
}
