package dev.anodyne.controller.lab.compare;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.YamlFile;
import dev.anodyne.controller.lab.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code --aged}'s file: names, each with the keys of {@code aged} in a plant file. */
public final class AgedFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AgedFile() {}

  /**
   * Reads the ages in their order.
   *
   * @throws InputException with one line for a person
   */
  public static List<PlantKeys> read(Path path) {
    try {
      YamlFile file = YamlFile.read(path);
      List<PlantKeys> ages = new ArrayList<>();
      JsonNode root = file.as(JsonNode.class);
      if (!root.isObject()) {
        throw file.wrong(
            "aged", root, "names with keys, such as 'old: {capacity: 0.8}'", null, null);
      }
      for (Map.Entry<String, JsonNode> entry : root.properties()) {
        JsonNode keys = entry.getValue();
        if (!keys.isObject() && !keys.isNull()) {
          throw file.wrong(entry.getKey(), keys, "keys such as 'capacity: 0.8'", null, null);
        }
        Map<String, Object> aged =
            keys.isNull() ? Map.of() : JSON.convertValue(keys, new TypeReference<>() {});
        ages.add(new PlantKeys(entry.getKey(), Map.copyOf(aged)));
      }
      return ages;
    } catch (ConfigException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }
}
