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
import org.jspecify.annotations.Nullable;

/** Which plant a charge meets: nominal, drawn around nominal, or described in a file. */
public final class PlantChoice {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private PlantChoice() {}

  /**
   * The plant of a setup.
   *
   * @param nameOrFile {@code nominal}, {@code mismatch} or the path of a YAML file
   * @throws InputException when it is none of these or the file is not usable
   */
  public static PlantConfig of(String nameOrFile, ChargeSetup setup) {
    PlantConfig nominal = nominal(setup);
    return switch (nameOrFile) {
      case "nominal" -> nominal;
      case "mismatch" ->
          nominal.withCommon(CellMismatch.draw(CellMismatch.DEFAULT_FRACTION, setup.seed()));
      default -> fromFile(nameOrFile, nominal);
    };
  }

  /** Nominal parameters, ageing full, standard sensor noise from the seed, the setup's limits. */
  static PlantConfig nominal(ChargeSetup setup) {
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
   */
  record PlantFile(
      @Nullable Map<String, Double> variation,
      @Nullable String ageing,
      @Nullable Boolean sensorNoise) {}

  private static PlantConfig fromFile(String name, PlantConfig nominal) {
    Path path = Path.of(name);
    if (!Files.isRegularFile(path)) {
      throw new InputException(
          "--plant: '"
              + name
              + "' is not a plant; allowed: nominal, mismatch, or an existing YAML file.");
    }
    PlantFile file = read(path);
    PlantConfig plant = nominal;
    if (file.ageing() != null) {
      plant = plant.withAgeing(ageing(path, file.ageing()));
    }
    if (file.variation() != null) {
      plant = plant.withCommon(variation(path, file.variation()));
    }
    return Boolean.FALSE.equals(file.sensorNoise()) ? withPerfectSensors(plant) : plant;
  }

  private static PlantFile read(Path path) {
    try {
      PlantFile file = YAML.readValue(Files.readString(path), PlantFile.class);
      return file == null ? new PlantFile(null, null, null) : file;
    } catch (UnrecognizedPropertyException e) {
      throw new InputException(
          path
              + ": unknown key '"
              + e.getPropertyName()
              + "'; allowed: variation, ageing, sensorNoise.",
          e);
    } catch (JacksonException e) {
      JsonLocation at = e.getLocation();
      throw new InputException(
          path
              + (at == null ? "" : ", line " + at.getLineNr())
              + ": "
              + e.getOriginalMessage().lines().findFirst().orElse("not YAML")
              + ".",
          e);
    } catch (IOException e) {
      throw new InputException(path + ": cannot be read.", e);
    }
  }

  private static Ageing ageing(Path path, String name) {
    for (Ageing ageing : Ageing.values()) {
      if (ageing.name().toLowerCase(Locale.ROOT).equals(name)) {
        return ageing;
      }
    }
    throw new InputException(
        path + ": ageing: '" + name + "' is unknown; allowed: none, sei, plating, full.");
  }

  private static CellVariation variation(Path path, Map<String, Double> given) {
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
