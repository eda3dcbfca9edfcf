package dev.anodyne.controller.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

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
  private final Map<Object, Object> known = new HashMap<>();
  private final Map<Object, CompletableFuture<Void>> checks = new LinkedHashMap<>();

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
      return parse(path, Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new ConfigException(path + ": there is no such file.", e);
    } catch (CharacterCodingException e) {
      throw new ConfigException(path + ": is not text in UTF-8.", e);
    } catch (IOException e) {
      throw new ConfigException(path + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /**
   * Takes text that stands for a file.
   *
   * @param path what errors call it
   * @throws ConfigException when it is no YAML
   */
  static YamlFile parse(Path path, String text) {
    try {
      return new YamlFile(path, text, linesOf(path, text));
    } catch (JsonProcessingException e) {
      throw unreadable(path, e);
    } catch (IOException e) {
      throw new ConfigException(path + ": cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** The file's folder, from which its relative paths count. */
  public Path resolve(String relative) {
    Path folder = path.toAbsolutePath().getParent();
    return (folder == null ? Path.of(relative) : folder.resolve(relative)).normalize();
  }

  /**
   * Something that many places of the file refer to, such as a cell: loaded and checked at the
   * first, so that all others get the same object. What fails is tried anew at the next place.
   *
   * @param key what it is loaded from, with its type among it
   */
  <T> T once(Object key, Class<T> type, Supplier<T> load) {
    Object before = known.get(key);
    if (before != null) {
      return type.cast(before);
    }
    T loaded = load.get();
    known.put(key, loaded);
    return loaded;
  }

  /**
   * Something that takes long and only has to be right: looked at once a key, on another thread
   * while the rest of the file is read. What is wrong is thrown by {@link #awaitChecks}.
   *
   * @param key what is looked at
   * @param check throws what is wrong
   */
  void checkBeside(Object key, Runnable check) {
    checks.computeIfAbsent(key, unused -> CompletableFuture.runAsync(check));
  }

  /** Waits for what is looked at beside; throws the first that is wrong. */
  void awaitChecks() {
    for (CompletableFuture<Void> check : checks.values()) {
      try {
        check.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException wrong) {
          throw wrong;
        }
        throw e;
      }
    }
  }

  /** Beside the file and named like it, with another end instead of {@code .yaml}. */
  Path besides(String end) {
    Path name = path.getFileName();
    String own = name == null ? "station" : name.toString();
    int dot = own.lastIndexOf('.');
    return resolve((dot > 0 ? own.substring(0, dot) : own) + end);
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
      throw unreadable(path, e);
    }
  }

  /** The whole file as it is written; an empty object for a file that holds no mapping. */
  JsonNode tree() {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree.isObject() ? tree : MAPPER.createObjectNode();
    } catch (JsonProcessingException e) {
      throw unreadable(path, e);
    }
  }

  /** The whole file as a mapping whose values are asked for one by one. */
  YamlMap asMap() {
    if (lines.isEmpty()) {
      throw new ConfigException(path + ": the file is empty.", null);
    }
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (!tree.isObject()) {
        throw new ConfigException(path + ":1: the file is not a mapping of keys to values.", null);
      }
      return new YamlMap(this, "", tree);
    } catch (JsonProcessingException e) {
      throw unreadable(path, e);
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
    Collection<Object> known =
        Objects.requireNonNullElse(e.getKnownPropertyIds(), java.util.List.of());
    List<String> allowed = known.stream().map(String::valueOf).sorted().toList();
    return unknownKey(key(e), e.getPropertyName(), allowed, e);
  }

  /**
   * An error about a key that nobody knows.
   *
   * @param key where it stands
   * @param name its last part
   * @param allowed what may stand there
   */
  ConfigException unknownKey(
      String key, String name, Collection<String> allowed, @Nullable Throwable cause) {
    String near = nearest(name, allowed);
    return new ConfigException(
        at(key)
            + " is not a known key; allowed: "
            + String.join(", ", allowed)
            + "."
            + (near == null ? "" : "\nMaybe " + near + " is meant."),
        cause);
  }

  /** The word that was probably meant; null when none is near. */
  static @Nullable String nearest(String word, Collection<String> allowed) {
    String near = null;
    int best = Math.max(2, word.length() / 3) + 1;
    for (String candidate : allowed) {
      int distance = distance(word, candidate);
      if (distance < best) {
        best = distance;
        near = candidate;
      }
    }
    return near;
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

  private static ConfigException unreadable(Path path, JsonProcessingException e) {
    return new ConfigException(
        path + ":" + syntaxLine(e) + ": not readable as YAML: " + firstLine(e) + ".", e);
  }

  /**
   * The line of a syntax error. The parser's own location is that of the last token that was in
   * order; its marks say where it stumbled. What is not closed is noticed far behind the line that
   * opens it: there the begin counts.
   */
  private static int syntaxLine(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked) {
      Mark problem = marked.getProblemMark();
      Mark begin = marked.getContextMark();
      String context = marked.getContext() == null ? "" : marked.getContext();
      boolean open =
          context.contains("simple key") || context.contains("scalar") || context.contains("flow");
      Mark mark = begin != null && (open || problem == null) ? begin : problem;
      if (mark != null) {
        return mark.getLine() + 1;
      }
    }
    return line(e.getLocation());
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
  private static Map<String, Integer> linesOf(Path path, String text) throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    int depth = 0;
    try (JsonParser parser = MAPPER.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (depth == 0 && !lines.isEmpty()) {
          throw new ConfigException(
              path
                  + ":"
                  + parser.currentTokenLocation().getLineNr()
                  + ": a second document begins; allowed: one in a file.",
              null);
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
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
