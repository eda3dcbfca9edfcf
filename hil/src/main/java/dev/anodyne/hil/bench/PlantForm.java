package dev.anodyne.hil.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.anodyne.plantsim.PlantConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The plant's part of a bench's file on its own: the same keys as in {@code bench.yaml} but for
 * server and pacing.
 */
public final class PlantForm {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private PlantForm() {}

  /** The keys that are allowed. */
  public static List<String> keys() {
    return Arrays.stream(BenchFile.class.getRecordComponents())
        .map(RecordComponent::getName)
        .filter(name -> !name.equals("server") && !name.equals("pacing"))
        .toList();
  }

  /**
   * Makes a plant.
   *
   * @param source file that the keys are from; relative paths count from its folder, and errors
   *     name it
   * @param keys as in {@code bench.yaml}
   * @throws BenchConfigException with one line that names the key, its value and what is allowed
   */
  public static PlantConfig of(Path source, Map<String, Object> keys) {
    try {
      BenchFile file = MAPPER.readValue(MAPPER.writeValueAsString(keys), BenchFile.class);
      return PlantPart.of(source, file);
    } catch (UnrecognizedPropertyException e) {
      String allowed =
          e.getKnownPropertyIds().stream()
              .map(String::valueOf)
              .sorted()
              .collect(Collectors.joining(", "));
      throw new BenchConfigException(
          source + ": unknown key '" + path(e) + "'; allowed: " + allowed + ".", e);
    } catch (InvalidFormatException e) {
      throw new BenchConfigException(
          source
              + ": "
              + path(e)
              + " '"
              + e.getValue()
              + "' is not possible; it must be a "
              + (e.getTargetType() == String.class ? "text" : "number")
              + ".",
          e);
    } catch (JsonMappingException e) {
      throw new BenchConfigException(source + ": " + path(e) + " has the wrong form.", e);
    } catch (JsonProcessingException e) {
      throw new BenchConfigException(source + ": the plant has the wrong form.", e);
    }
  }

  /** The plant of a bench's whole file. */
  public static PlantConfig load(Path file) {
    return PlantPart.of(file, BenchFileReader.read(file));
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .collect(Collectors.joining("."));
  }
}
