package dev.anodyne.hil.fmi;

import dev.anodyne.hil.yaml.ScenarioException;
import dev.anodyne.hil.yaml.YamlNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file that says which unit is the battery, and which of its variables are what.
 *
 * @param unit path of the unit
 * @param mapping its variables
 */
public record FmuFile(Path unit, FmuMapping mapping) {
  private static final List<String> KEYS =
      List.of(
          "file",
          "current",
          "currentSign",
          "voltage",
          "minCellVoltage",
          "maxCellVoltage",
          "temperature",
          "temperatureUnit",
          "parameters");

  /**
   * Reads one.
   *
   * @throws ScenarioException that names file, line, key and what is allowed
   */
  public static FmuFile read(Path file) {
    YamlNode root = YamlNode.read(file).only(KEYS);
    Map<String, Double> parameters = new LinkedHashMap<>();
    YamlNode given = root.get("parameters");
    if (given != null) {
      given.entries().forEach((name, value) -> parameters.put(name, value.number(-1e300, 1e300)));
    }
    String sign = root.or("currentSign", n -> n.word(List.of("charge", "discharge")), "charge");
    String unit = root.or("temperatureUnit", n -> n.word(List.of("K", "degC")), "K");
    return new FmuFile(
        root.need("file", "the path of a unit (*.fmu)").path(),
        new FmuMapping(
            root.need("current", "an input of the unit").text(),
            sign.equals("charge") ? 1 : -1,
            root.need("voltage", "an output of the unit").text(),
            root.or("minCellVoltage", YamlNode::text, ""),
            root.or("maxCellVoltage", YamlNode::text, ""),
            root.or("temperature", YamlNode::text, ""),
            unit.equals("K") ? 0 : 273.15,
            parameters));
  }
}
