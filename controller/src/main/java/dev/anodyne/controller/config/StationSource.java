package dev.anodyne.controller.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A station's file as it was read: what it means, and what it says key by key, so that two of them
 * can be told apart. Order, comments and form do not count; the content of the files that a
 * connector names does, but for its policy, which is watched by itself.
 *
 * @param config what it means
 * @param sections by name, all but the connectors: each key's value as text
 * @param connectors by id: each key's value as text
 */
public record StationSource(
    StationConfig config,
    Map<String, Map<String, String>> sections,
    Map<String, Map<String, String>> connectors) {
  private static final String CONNECTORS = "connectors";

  /** A file that is named by another key counts with its content up to this size. */
  private static final long MOST_BYTES = 64L << 20;

  public StationSource {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    connectors = Collections.unmodifiableMap(new LinkedHashMap<>(connectors));
  }

  /**
   * Reads and checks a station's file as {@link StationConfigReader#read(Path)}.
   *
   * @throws ConfigException naming file, line, key, value and what is allowed
   */
  public static StationSource read(Path path) {
    YamlFile file = YamlFile.read(path);
    StationConfig config = StationConfigReader.read(file);
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    Map<String, Map<String, String>> connectors = new LinkedHashMap<>();
    file.tree()
        .fields()
        .forEachRemaining(
            entry -> {
              if (!entry.getKey().equals(CONNECTORS)) {
                boolean single = entry.getValue().isValueNode();
                Map<String, String> keys = new TreeMap<>();
                flatten(single ? entry.getKey() : "", entry.getValue(), keys);
                sections.put(entry.getKey(), keys);
              }
            });
    for (JsonNode connector : file.tree().path(CONNECTORS)) {
      Map<String, String> keys = flat(connector);
      keys.putAll(contents(file, keys));
      connectors.put(connector.path("id").asText(), keys);
    }
    return new StationSource(config, sections, connectors);
  }

  /** The connector of an id. */
  public ConnectorConfig connector(String id) {
    return config.connectors().stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no connector " + id + "."));
  }

  /** The keys whose values differ, or that only one side has. */
  public static SortedSet<String> differing(Map<String, String> a, Map<String, String> b) {
    SortedSet<String> keys = new TreeSet<>();
    a.forEach(
        (key, value) -> {
          if (!value.equals(b.get(key))) {
            keys.add(key);
          }
        });
    b.keySet().stream().filter(key -> !a.containsKey(key)).forEach(keys::add);
    return keys;
  }

  private static Map<String, String> flat(JsonNode node) {
    Map<String, String> keys = new TreeMap<>();
    flatten("", node, keys);
    return keys;
  }

  private static void flatten(String key, JsonNode node, Map<String, String> keys) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              e ->
                  flatten(key.isEmpty() ? e.getKey() : key + "." + e.getKey(), e.getValue(), keys));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(key + "[" + i + "]", node.get(i), keys);
      }
    } else if (node.isNumber()) {
      // 1 and 1.0 mean the same.
      keys.put(key, String.valueOf(node.doubleValue()));
    } else if (!node.isNull()) {
      keys.put(key, node.asText());
    }
  }

  private static Map<String, String> contents(YamlFile file, Map<String, String> keys) {
    Map<String, String> contents = new TreeMap<>();
    keys.forEach(
        (key, value) -> {
          if (!key.equals("policy") && !key.equals("id") && !key.equals("title")) {
            String digest = digest(file, value);
            if (!digest.isEmpty()) {
              contents.put(key + " (the file's content)", digest);
            }
          }
        });
    return contents;
  }

  private static String digest(YamlFile file, String value) {
    try {
      Path named = file.resolve(value);
      if (value.isBlank() || !Files.isRegularFile(named) || Files.size(named) > MOST_BYTES) {
        return "";
      }
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(named)));
    } catch (InvalidPathException e) {
      return ""; // a text that cannot be a path names no file
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
