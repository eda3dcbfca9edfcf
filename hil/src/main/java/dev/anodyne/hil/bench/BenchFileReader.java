package dev.anodyne.hil.bench;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code bench.yaml} and says where it is wrong. */
final class BenchFileReader {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Keys that differ in more letters than this are not alike. */
  private static final int ALIKE = 3;

  private BenchFileReader() {}

  static BenchFile read(Path path) {
    String text;
    try {
      text = Files.readString(path);
    } catch (IOException e) {
      throw new BenchConfigException(
          path + ": cannot be read; it must be an existing YAML file.", e);
    }
    try {
      BenchFile file = YAML.readValue(text, BenchFile.class);
      if (file == null) {
        throw new BenchConfigException(
            path + ": is empty; at least server.user and server.password are needed.");
      }
      return file;
    } catch (UnrecognizedPropertyException e) {
      throw unknownKey(path, text, e);
    } catch (InvalidFormatException e) {
      String problem = " '" + e.getValue() + "' is not possible; it must be ";
      throw wrong(path, text, e, keyPath(e) + problem + kindOf(e.getTargetType()));
    } catch (MismatchedInputException e) {
      throw wrong(
          path,
          text,
          e,
          keyPath(e) + " has the wrong form; it must be " + kindOf(e.getTargetType()));
    } catch (JsonProcessingException e) {
      String problem = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
      throw wrong(path, text, e, "not usable as YAML: " + problem);
    }
  }

  private static BenchConfigException wrong(
      Path path, String text, JsonProcessingException e, String problem) {
    return new BenchConfigException(place(path, text, e) + ": " + problem + ".", e);
  }

  private static BenchConfigException unknownKey(
      Path path, String text, UnrecognizedPropertyException e) {
    Collection<String> allowed =
        e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
    String unknown = e.getPropertyName();
    Optional<String> alike =
        allowed.stream()
            .min(Comparator.comparingInt(key -> distance(key, unknown)))
            .filter(key -> distance(key, unknown) <= ALIKE);
    return new BenchConfigException(
        place(path, text, e)
            + ": unknown key '"
            + keyPath(e)
            + "'; allowed: "
            + String.join(", ", allowed)
            + "."
            + alike.map(key -> "\nMaybe '" + key + "' is meant.").orElse(""),
        e);
  }

  /** The parser has often read on when it complains: the line is the last one with the key. */
  private static String place(Path path, String text, JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    if (at == null) {
      return path.toString();
    }
    int line = at.getLineNr();
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String key = mapping.getPath().get(mapping.getPath().size() - 1).getFieldName() + ":";
      List<String> lines = text.lines().toList();
      for (int i = Math.min(line, lines.size()); i > 0; i--) {
        if (lines.get(i - 1).contains(key)) {
          return path + ", line " + i;
        }
      }
    }
    return path + ", line " + line;
  }

  private static String keyPath(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .collect(Collectors.joining("."));
  }

  private static String kindOf(@Nullable Class<?> type) {
    if (type == Double.class) {
      return "a number";
    }
    if (type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == List.class) {
      return "a list";
    }
    return type == String.class ? "a text" : "a block of keys";
  }

  /** Levenshtein's distance, ignoring case. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
