package dev.anodyne.controller.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A YAML file with the line of every key, so that an error can name it. */
public final class YamlFile {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private final Path path;
  private final String text;
  private final Map<String, Integer> lines;

  private YamlFile(Path path, String text, Map<String, Integer> lines) {
    this.path = path;
    this.text = text;
    this.lines = lines;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException when it cannot be read or is no YAML
   */
  public static YamlFile read(Path path) {
    try {
      String text = Files.readString(path);
      return new YamlFile(path, text, linesOf(text));
    } catch (NoSuchFileException e) {
      throw new ConfigException(path + ": there is no such file.", e);
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          path + ":" + line(e.getLocation()) + ": not readable as YAML: " + firstLine(e) + ".", e);
    } catch (IOException e) {
      throw new ConfigException(path + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** The file's folder, from which its relative paths count. */
  public Path resolve(String relative) {
    Path folder = path.toAbsolutePath().getParent();
    return (folder == null ? Path.of(relative) : folder.resolve(relative)).normalize();
  }

  /** The whole file as one record; unknown keys and wrong types are errors. */
  public <T> T as(Class<T> type) {
    if (lines.isEmpty()) {
      throw new ConfigException(path + ": the file is empty.", null);
    }
    try {
      return MAPPER.readValue(text, type);
    } catch (UnrecognizedPropertyException e) {
      throw unknownKey(e);
    } catch (InvalidFormatException e) {
      throw wrong(key(e), e.getValue(), typeName(e.getTargetType()), null, e);
    } catch (JsonMappingException e) {
      throw new ConfigException(
          path + ":" + line(e.getLocation()) + ": " + key(e) + ": " + firstLine(e) + ".", e);
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          path + ":" + line(e.getLocation()) + ": not readable as YAML: " + firstLine(e) + ".", e);
    }
  }

  /**
   * An error about a value.
   *
   * @param key where it stands, such as {@code connectors[0].targetSoc}
   * @param maybe what the person may have meant; null for nothing
   */
  public ConfigException wrong(
      String key,
      @Nullable Object value,
      String allowed,
      @Nullable String maybe,
      @Nullable Throwable cause) {
    String what = value == null ? " is missing" : " is '" + value + "'";
    return new ConfigException(
        at(key)
            + what
            + "; allowed: "
            + allowed
            + "."
            + (maybe == null ? "" : "\nMaybe " + maybe + "."),
        cause);
  }

  /** An error about a value, in the words of whoever refused it. */
  public ConfigException refused(String key, RuntimeException cause) {
    return new ConfigException(at(key) + ": " + cause.getMessage(), cause);
  }

  private String at(String key) {
    String known = key;
    // A missing key counts as where its parent stands, an element as where its list does.
    int cut = Math.max(known.lastIndexOf('.'), known.lastIndexOf('['));
    while (!lines.containsKey(known) && cut > 0) {
      known = known.substring(0, cut);
      cut = Math.max(known.lastIndexOf('.'), known.lastIndexOf('['));
    }
    Integer line = lines.get(known);
    return path + (line == null ? "" : ":" + line) + ": " + key;
  }

  private ConfigException unknownKey(UnrecognizedPropertyException e) {
    Collection<Object> allowed =
        Objects.requireNonNullElse(e.getKnownPropertyIds(), java.util.List.of());
    String name = e.getPropertyName();
    String near = null;
    int best = Math.max(2, name.length() / 3) + 1;
    for (Object candidate : allowed) {
      int distance = distance(name, String.valueOf(candidate));
      if (distance < best) {
        best = distance;
        near = String.valueOf(candidate);
      }
    }
    String list = String.join(", ", allowed.stream().map(String::valueOf).sorted().toList());
    return new ConfigException(
        at(key(e))
            + " is not a known key; allowed: "
            + list
            + "."
            + (near == null ? "" : "\nMaybe " + near + " is meant."),
        e);
  }

  /** Edits that turn one word into the other (Levenshtein). */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  private static String key(JsonMappingException e) {
    StringBuilder key = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() != null) {
        key.append(key.isEmpty() ? "" : ".").append(step.getFieldName());
      } else {
        key.append('[').append(step.getIndex()).append(']');
      }
    }
    return key.toString();
  }

  private static String typeName(Class<?> type) {
    if (type == Double.class) {
      return "a number";
    }
    return type == Integer.class ? "a whole number" : "a " + type.getSimpleName();
  }

  private static int line(@Nullable JsonLocation location) {
    return location == null ? 1 : location.getLineNr();
  }

  private static String firstLine(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    if (message == null) {
      return "unknown reason";
    }
    String first = message.lines().findFirst().orElse(message).strip();
    return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
  }

  /** Walks the file's tokens once and notes where every key stands. */
  private static Map<String, Integer> linesOf(String text) throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
          String pointer = parser.getParsingContext().pathAsPointer().toString();
          lines.putIfAbsent(dotted(pointer), parser.currentTokenLocation().getLineNr());
        }
      }
    }
    return lines;
  }

  /** {@code /connectors/0/id} as {@code connectors[0].id}. */
  private static String dotted(String pointer) {
    StringBuilder key = new StringBuilder();
    for (String step : pointer.split("/", -1)) {
      if (step.isEmpty()) {
        continue;
      }
      if (step.chars().allMatch(Character::isDigit)) {
        key.append('[').append(step).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(step);
      }
    }
    return key.toString();
  }
}
