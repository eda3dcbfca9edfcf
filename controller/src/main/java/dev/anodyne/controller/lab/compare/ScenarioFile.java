package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.YamlFile;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.PlantChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the grid of {@code --scenarios} from YAML. Every complaint names file, line, key, value and
 * what is allowed. Files of plants and cells are searched from the file's folder.
 */
public final class ScenarioFile {
  private static final int MOST_SEEDS = 1_000_000;

  private final YamlFile file;

  private ScenarioFile(YamlFile file) {
    this.file = file;
  }

  /**
   * Reads the grid's parts.
   *
   * @param defaults what the file does not say
   * @throws InputException with one line for a person
   */
  public static List<ScenarioAxes> read(Path path, ScenarioAxes defaults) {
    try {
      YamlFile file = YamlFile.read(path);
      return new ScenarioFile(file).parts(file.as(ScenarioYaml.class), defaults);
    } catch (ConfigException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<ScenarioAxes> parts(ScenarioYaml yaml, ScenarioAxes defaults) {
    if (yaml.name() != null || yaml.file() != null) {
      String key = yaml.name() == null ? "file" : "name";
      throw file.wrong(key, "given", "only in each of the scenarios", null, null);
    }
    ScenarioAxes shared = axes("", yaml, defaults);
    List<@Nullable ScenarioYaml> written = yaml.scenarios();
    if (written == null) {
      return List.of(shared);
    }
    List<ScenarioAxes> parts = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      String at = "scenarios[" + i + "]";
      ScenarioYaml one = written.get(i);
      if (one == null || (one.name() == null && one.file() == null)) {
        throw file.wrong(at + ".name", null, "a name that no other part has", null, null);
      }
      if (one.scenarios() != null) {
        throw file.wrong(at + ".scenarios", "a list", "no parts within parts", null, null);
      }
      ScenarioAxes part = axes(at + ".", one, complete(at, one.file(), shared));
      if (part.block().isBlank() || parts.stream().anyMatch(p -> p.block().equals(part.block()))) {
        throw file.wrong(at + ".name", part.block(), "a name that no other part has", null, null);
      }
      parts.add(part);
    }
    if (parts.isEmpty()) {
      throw file.wrong("scenarios", "empty", "at least one part", null, null);
    }
    return parts;
  }

  /** What a complete scenario's file says; the rest stays. */
  private ScenarioAxes complete(String at, @Nullable String scenario, ScenarioAxes d) {
    if (scenario == null) {
      return d;
    }
    Map<String, @Nullable Object> keys;
    try {
      keys = PlantChoice.keys(file.resolve(scenario).toString());
    } catch (InputException e) {
      throw file.refused(at + ".file", e);
    }
    Map<?, ?> charge = keys.get("charge") instanceof Map<?, ?> map ? map : Map.of();
    ScenarioLimits l = d.limits();
    return new ScenarioAxes(
        PlantKeys.nameOf(scenario),
        d.weight(),
        charge.get("cell") instanceof String cell ? List.of(cell) : d.cells(),
        List.of(new PlantKeys(PlantKeys.nameOf(scenario), keys)),
        d.aged(),
        d.sensors(),
        charge.get("from") instanceof Number n ? List.of(n.doubleValue()) : d.fromSocs(),
        number(charge, "to", d.toSoc()),
        charge.get("ambientC") instanceof Number n ? List.of(n.doubleValue()) : d.ambientCelsius(),
        d.known(),
        d.aims(),
        number(charge, "heatTransfer", d.heatTransferWattsPerM2Kelvin()),
        new ScenarioLimits(
            charge.get("maxVoltage") instanceof Number n
                ? Double.valueOf(n.doubleValue())
                : l.maxVoltageVolts(),
            number(charge, "maxTemperatureC", l.maxTemperatureCelsius()),
            number(charge, "maxCRate", l.maxCRate())),
        charge.get("periodSeconds") instanceof Number n
            ? List.of(n.doubleValue())
            : d.periodsSeconds(),
        d.firstSeed(),
        d.seeds());
  }

  private static double number(Map<?, ?> keys, String key, double otherwise) {
    return keys.get(key) instanceof Number n ? n.doubleValue() : otherwise;
  }

  private ScenarioAxes axes(String at, ScenarioYaml y, ScenarioAxes d) {
    double to = within(at + "to", y.to(), 0, 1, d.toSoc());
    List<Double> from = numbers(at + "from", y.from(), 0, 1, d.fromSocs());
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i) >= to) {
        throw y.from() == null
            ? file.wrong(at + "to", to, "above 'from', which is " + from.get(i), null, null)
            : file.wrong(
                at + "from[" + i + "]", from.get(i), "below 'to', which is " + to, null, null);
      }
    }
    return new ScenarioAxes(
        y.name() == null ? d.block() : y.name(),
        within(at + "weight", y.weight(), 1e-9, 1e9, d.weight()),
        y.cells() == null ? d.cells() : cells(at + "cells", y.cells()),
        y.plants() == null ? d.plants() : plants(at + "plants", y.plants()),
        named(at + "aged", y.aged(), d.aged()),
        named(at + "sensors", y.sensors(), d.sensors()),
        from,
        to,
        numbers(at + "ambientC", y.ambientC(), -40, 80, d.ambientCelsius()),
        y.battery() == null ? d.known() : known(at + "battery", y.battery()),
        y.goals() == null ? d.aims() : ScenarioAims.read(file, at + "goals", y.goals()),
        within(at + "heatTransfer", y.heatTransfer(), 0, 1e5, d.heatTransferWattsPerM2Kelvin()),
        limits(at, y, d.limits()),
        numbers(at + "period", y.period(), 0.05, 60, d.periodsSeconds()),
        y.firstSeed() == null ? d.firstSeed() : y.firstSeed(),
        seeds(at + "seeds", y.seeds(), d.seeds()));
  }

  private ScenarioLimits limits(String at, ScenarioYaml y, ScenarioLimits d) {
    Double volts = y.maxVoltage();
    return new ScenarioLimits(
        volts == null
            ? d.maxVoltageVolts()
            : Double.valueOf(within(at + "maxVoltage", volts, 1, 10, volts)),
        within(at + "maxTemperatureC", y.maxTemperatureC(), -20, 80, d.maxTemperatureCelsius()),
        within(at + "maxCRate", y.maxCRate(), 0.01, 20, d.maxCRate()));
  }

  private int seeds(String key, @Nullable Integer given, int otherwise) {
    if (given == null) {
      return otherwise;
    }
    if (given < 1 || given > MOST_SEEDS) {
      throw file.wrong(key, given, "how many, 1 to " + MOST_SEEDS, "firstSeed is meant", null);
    }
    return given;
  }

  private List<String> cells(String key, List<@Nullable String> given) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String cell = given.get(i);
      if (cell == null || cell.isBlank()) {
        throw file.wrong(key + "[" + i + "]", null, "a shipped set or a BPX file", null, null);
      }
      Path path = file.resolve(cell);
      cells.add(Files.isRegularFile(path) ? path.toString() : cell);
    }
    return notEmpty(key, cells);
  }

  private List<PlantKeys> plants(String key, Object given) {
    if (given instanceof Map<?, ?> named) {
      List<PlantKeys> plants = new ArrayList<>();
      named.forEach((name, keys) -> plants.add(plant(key + "." + name, "" + name, keys)));
      return notEmpty(key, plants);
    }
    List<?> list = given instanceof List<?> many ? many : List.of(given);
    List<PlantKeys> plants = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object one = list.get(i);
      String at = given instanceof List<?> ? key + "[" + i + "]" : key;
      if (!(one instanceof String name)) {
        throw file.wrong(at, one, "a name or file, or a mapping of names to keys", null, null);
      }
      plants.add(plant(at, name));
    }
    return notEmpty(key, plants);
  }

  /** A plant by its name, or from a file beside this one. */
  private PlantKeys plant(String key, String nameOrFile) {
    Path path = file.resolve(nameOrFile);
    try {
      return PlantKeys.of(Files.isRegularFile(path) ? path.toString() : nameOrFile);
    } catch (InputException e) {
      throw file.refused(key, e);
    }
  }

  private PlantKeys plant(String key, String name, @Nullable Object keys) {
    if (keys instanceof String nameOrFile) {
      return new PlantKeys(name, plant(key, nameOrFile).keys());
    }
    return new PlantKeys(name, mapping(key, keys));
  }

  private Map<String, @Nullable Object> mapping(String key, @Nullable Object keys) {
    if (keys == null) {
      return Map.of();
    }
    if (!(keys instanceof Map<?, ?> map)) {
      throw file.wrong(key, keys, "the keys of a plant file", null, null);
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((k, v) -> copy.put(String.valueOf(k), v));
    return copy;
  }

  private List<PlantKeys> named(
      String key,
      @Nullable Map<String, @Nullable Map<String, @Nullable Object>> given,
      List<PlantKeys> otherwise) {
    if (given == null) {
      return otherwise;
    }
    List<PlantKeys> all = new ArrayList<>();
    given.forEach((name, keys) -> all.add(new PlantKeys(name, keys == null ? Map.of() : keys)));
    return notEmpty(key, all);
  }

  private List<Boolean> known(String key, List<@Nullable String> given) {
    List<Boolean> all = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      if (!"new".equals(word) && !"known".equals(word)) {
        throw file.wrong(key + "[" + i + "]", word, "new, known", null, null);
      }
      all.add("known".equals(word));
    }
    return notEmpty(key, all);
  }

  private List<Double> numbers(
      String key,
      @Nullable List<@Nullable Double> given,
      double low,
      double high,
      List<Double> otherwise) {
    if (given == null) {
      return otherwise;
    }
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      all.add(within(key + "[" + i + "]", given.get(i), low, high, Double.NaN));
    }
    return notEmpty(key, all);
  }

  private double within(
      String key, @Nullable Double given, double low, double high, double otherwise) {
    double value = given == null ? otherwise : given;
    if (!(value >= low && value <= high)) {
      throw file.wrong(
          key, value, Numbers.shortest(low) + " to " + Numbers.shortest(high), null, null);
    }
    return value;
  }

  private <T> List<T> notEmpty(String key, List<T> list) {
    if (list.isEmpty()) {
      throw file.wrong(key, "empty", "at least one value", null, null);
    }
    return list;
  }
}
