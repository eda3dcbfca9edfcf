package dev.anodyne.controller.lab.compare;

import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.anodyne.controller.lab.OutputFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plants of a comparison as {@code charge --plant} takes them: by name where they have one,
 * else as files in the report's folder.
 */
final class PlantFiles {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();
  private static final int DIGEST_LENGTH = 6;

  private final Path folder;
  private final Map<Map<String, @Nullable Object>, String> names = new LinkedHashMap<>();

  /**
   * @param report the report's folder
   */
  PlantFiles(Path report) {
    folder = report.resolve("plants");
  }

  /** Writes the files that the scenarios need. */
  void write(List<Scenario> scenarios) throws IOException {
    for (Scenario scenario : scenarios) {
      Map<String, @Nullable Object> keys = scenario.plantKeys();
      if (names.containsKey(keys)) {
        continue;
      }
      String name = named(keys);
      if (name == null) {
        String text = YAML.writeValueAsString(keys);
        String digest = TaskDigest.hex(text.getBytes(StandardCharsets.UTF_8));
        Path file =
            folder.resolve(plain(scenario) + "-" + digest.substring(0, DIGEST_LENGTH) + ".yaml");
        OutputFiles.write(file, writer -> writer.append(text));
        name = file.toString();
      }
      names.put(keys, name);
    }
  }

  /** What {@code --plant} takes for a scenario. */
  String of(Scenario scenario) {
    String name = names.get(scenario.plantKeys());
    if (name == null) {
      throw new IllegalStateException("The plant of '" + scenario.name() + "' was not written.");
    }
    return name;
  }

  private static @Nullable String named(Map<String, @Nullable Object> keys) {
    if (keys.isEmpty()) {
      return "nominal";
    }
    return keys.size() == 1 && keys.get("mismatch") instanceof Number share
        ? "mismatch:" + share
        : null;
  }

  /** Letters that need no quotes in any shell. */
  private static String plain(Scenario s) {
    String name = s.plant() + "-" + s.aged() + "-" + s.sensors();
    return name.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
