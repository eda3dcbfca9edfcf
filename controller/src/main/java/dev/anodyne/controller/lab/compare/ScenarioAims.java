package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.config.YamlFile;
import dev.anodyne.controller.lab.ChargeAim;
import dev.anodyne.controller.lab.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the axis {@code goals} of a scenario file. */
final class ScenarioAims {
  /**
   * The form of one goal; names as the options of {@code charge}.
   *
   * @param departure min
   * @param prices a tariff's file, from the scenario file's folder
   * @param goal what the charge is to be good at
   * @param thermostat °C
   */
  record Yaml(
      @Nullable Double departure,
      @Nullable String prices,
      @Nullable String goal,
      @Nullable Double thermostat) {}

  private ScenarioAims() {}

  /**
   * The goals by their names; a name without keys is a charge without a departure.
   *
   * @throws dev.anodyne.controller.config.ConfigException with file, line and key
   */
  static List<ScenarioAim> read(YamlFile file, String key, Map<String, @Nullable Yaml> given) {
    List<ScenarioAim> all = new ArrayList<>();
    given.forEach((name, yaml) -> all.add(new ScenarioAim(name, aim(file, key, name, yaml))));
    if (all.isEmpty()) {
      throw file.wrong(key, "empty", "at least one value", null, null);
    }
    return all;
  }

  private static ChargeAim aim(YamlFile file, String key, String name, @Nullable Yaml yaml) {
    if (yaml == null) {
      return ChargeAim.NONE;
    }
    String prices = yaml.prices();
    Path tariff = prices == null ? null : file.resolve(prices);
    try {
      return new ChargeAim(yaml.departure(), tariff, yaml.goal(), yaml.thermostat());
    } catch (InputException e) {
      throw file.refused(key + "." + name, e);
    }
  }
}
