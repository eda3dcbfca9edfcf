package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.PlantChoice;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One choice on an axis of the grid: a name for tables, and what it adds to the plant's file.
 *
 * @param name short
 * @param keys as in a plant file; empty for nothing
 */
public record PlantKeys(String name, Map<String, @Nullable Object> keys) {
  /** The plant that the controller believes in. */
  public static final PlantKeys NOMINAL = new PlantKeys("nominal", Map.of());

  /** A battery without age. */
  public static final PlantKeys FRESH = new PlantKeys("fresh", Map.of());

  /** The usual noise. */
  public static final PlantKeys STANDARD_SENSORS = new PlantKeys("standard", Map.of());

  public PlantKeys {
    keys = new LinkedHashMap<>(keys);
    // What a plant file says about itself and about a charge does not change the plant.
    keys.remove("description");
    keys.remove("charge");
  }

  /**
   * A plant by its name, or from a file, which gives it its name.
   *
   * @throws dev.anodyne.controller.lab.InputException when it is neither
   */
  public static PlantKeys of(String nameOrFile) {
    Map<String, @Nullable Object> keys = PlantChoice.keys(nameOrFile);
    return new PlantKeys(nameOf(nameOrFile), keys);
  }

  /** A file's name without folder and ending. */
  static String nameOf(String nameOrFile) {
    Path file = Path.of(nameOrFile).getFileName();
    String name = file == null ? nameOrFile : file.toString();
    return name.replaceFirst("\\.ya?ml$", "");
  }

  /** A plant of this kind with an age and sensors. */
  Map<String, @Nullable Object> with(PlantKeys aged, PlantKeys sensors) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(keys);
    if (!aged.keys().isEmpty()) {
      all.put("aged", aged.keys());
    }
    if (!sensors.keys().isEmpty()) {
      all.put("sensors", sensors.keys());
    }
    return all;
  }
}
