package dev.anodyne.controller.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of a YAML file whose values are asked for one by one; every complaint names file, line,
 * key, value and what is allowed.
 */
final class YamlMap {
  private final YamlFile file;
  private final String path;
  private final JsonNode node;

  /**
   * @param path where it stands in the file; empty for the whole file
   * @param node an object
   */
  YamlMap(YamlFile file, String path, JsonNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
  }

  /** Refuses keys that are not in the list. */
  void only(Collection<String> allowed) {
    for (String name : names()) {
      if (!allowed.contains(name)) {
        throw file.unknownKey(key(name), name, allowed, null);
      }
    }
  }

  /** The keys in the order of the file. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Iterator<String> all = node.fieldNames(); all.hasNext(); ) {
      names.add(all.next());
    }
    return names;
  }

  /** Whether a key is there, whatever its value. */
  boolean has(String name) {
    return node.has(name);
  }

  /** Whether something is switched off: {@code off}, {@code false} or {@code no}. */
  boolean isOff(String name) {
    JsonNode value = node.get(name);
    return value != null
        && (value.isBoolean() && !value.asBoolean() || "off".equals(value.asText()));
  }

  /** A number within limits, both included; empty when the key is not there. */
  OptionalDouble number(String name, double low, double high) {
    JsonNode value = node.get(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    String allowed = "a number, " + range(low, high);
    if (!value.isNumber()) {
      throw wrong(name, value, allowed, null);
    }
    return OptionalDouble.of(within(name, value, low, high, allowed));
  }

  /** A whole number within limits; empty when the key is not there. */
  OptionalDouble whole(String name, double low, double high) {
    JsonNode value = node.get(name);
    if (value == null) {
      return OptionalDouble.empty();
    }
    String allowed = "a whole number, " + range(low, high);
    boolean isWhole = value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
    if (!isWhole) {
      throw wrong(name, value, allowed, null);
    }
    return OptionalDouble.of(within(name, value, low, high, allowed));
  }

  private double within(String name, JsonNode value, double low, double high, String allowed) {
    double number = value.asDouble();
    if (!(number >= low && number <= high)) {
      throw wrong(name, value, allowed, null);
    }
    return number;
  }

  /** Text that is not blank; empty when the key is not there. */
  Optional<String> text(String name, String allowed) {
    JsonNode value = node.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.asText().isBlank()) {
      throw wrong(name, value, allowed, null);
    }
    return Optional.of(value.asText());
  }

  /** Text, or a whole number that stands for text; empty when the key is not there. */
  Optional<String> textOrWhole(String name, String allowed) {
    JsonNode value = node.get(name);
    if (value != null && value.isIntegralNumber()) {
      return Optional.of(value.asText());
    }
    return text(name, allowed);
  }

  /** One of some words; empty when the key is not there. */
  Optional<String> word(String name, List<String> allowed) {
    Optional<String> found = text(name, String.join(", ", allowed));
    if (found.isPresent() && !allowed.contains(found.get())) {
      throw refuse(
          name, found.get(), String.join(", ", allowed), YamlFile.nearest(found.get(), allowed));
    }
    return found;
  }

  /** Yes or no; empty when the key is not there. */
  Optional<Boolean> flag(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw wrong(name, value, "true or false", null);
    }
    return Optional.of(value.asBoolean());
  }

  /** Text that is not blank, or a whole number as it is; empty when the key is not there. */
  Optional<Object> textOrNumber(String name, String allowed) {
    JsonNode value = node.get(name);
    return value != null && value.isIntegralNumber()
        ? Optional.of(value.asLong())
        : text(name, allowed).map(text -> text);
  }

  /** A whole number, decimal or like 0x1F; empty when the key is not there. */
  Optional<Long> bits(String name) {
    JsonNode value = node.get(name);
    return value == null ? Optional.empty() : Optional.of(bits(name, value));
  }

  /** A list of whole numbers, decimal or like 0x1F; empty when the key is not there. */
  List<Long> bitsList(String name, int most) {
    JsonNode value = node.get(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray() || value.isEmpty() || value.size() > most) {
      throw wrong(name, value, "a list of 1 to " + most + " whole numbers", null);
    }
    List<Long> found = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      found.add(bits(name + "[" + i + "]", value.get(i)));
    }
    return found;
  }

  private long bits(String name, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.asLong();
    }
    try {
      return Long.decode(value.isTextual() ? value.asText() : "none");
    } catch (NumberFormatException e) {
      throw wrong(name, value, "a whole number such as 4 or 0x0004", null);
    }
  }

  /** A list of texts that are not blank, or one text; empty when the key is not there. */
  List<String> texts(String name, int most, String allowed) {
    JsonNode value = node.get(name);
    if (value == null || !value.isArray()) {
      return text(name, allowed).map(List::of).orElse(List.of());
    }
    List<String> found = new ArrayList<>();
    for (JsonNode one : value) {
      found.add(one.isTextual() ? one.asText() : "");
    }
    if (found.isEmpty() || found.size() > most || found.stream().anyMatch(String::isBlank)) {
      throw wrong(name, value, allowed, null);
    }
    return found;
  }

  /** A mapping below this one; empty when the key is not there. */
  Optional<YamlMap> map(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      throw wrong(name, value, "a mapping of keys to values", null);
    }
    return Optional.of(new YamlMap(file, key(name), value));
  }

  /** A list of mappings, at least one; empty when the key is not there. */
  List<YamlMap> maps(String name, int most) {
    JsonNode value = node.get(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray() || value.isEmpty() || value.size() > most) {
      throw wrong(name, value, "a list of 1 to " + most + " mappings", null);
    }
    List<YamlMap> found = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      String at = name + "[" + i + "]";
      if (!value.get(i).isObject()) {
        throw wrong(at, value.get(i), "a mapping of keys to values", null);
      }
      found.add(new YamlMap(file, key(at), value.get(i)));
    }
    return found;
  }

  /** A list of two rising numbers within limits; empty when the key is not there. */
  Optional<double[]> range(String name, double low, double high) {
    JsonNode value = node.get(name);
    if (value == null) {
      return Optional.empty();
    }
    String allowed = "[lowest, highest], two rising numbers, " + range(low, high);
    boolean fits =
        value.isArray() && value.size() == 2 && value.get(0).isNumber() && value.get(1).isNumber();
    if (!fits
        || !(value.get(0).asDouble() >= low)
        || !(value.get(1).asDouble() <= high)
        || !(value.get(0).asDouble() < value.get(1).asDouble())) {
      throw wrong(name, value, allowed, null);
    }
    return Optional.of(new double[] {value.get(0).asDouble(), value.get(1).asDouble()});
  }

  /** An error about a value that was asked for. */
  ConfigException refuse(String name, Object value, String allowed, @Nullable String near) {
    return file.wrong(key(name), value, allowed, near == null ? null : near + " is meant", null);
  }

  /** An error about a key that is not there. */
  ConfigException missing(String name, String allowed) {
    return file.wrong(key(name), null, allowed, null, null);
  }

  /** An error about a value, in the words of whoever refused it. */
  ConfigException refused(String name, RuntimeException cause) {
    return file.refused(key(name), cause);
  }

  /** An error about a value, in words. */
  ConfigException refused(String name, String why) {
    return file.refused(key(name), new IllegalArgumentException(why));
  }

  /** An error about this mapping as a whole, in words. */
  ConfigException refused(String why) {
    return file.refused(path, new IllegalArgumentException(why));
  }

  private ConfigException wrong(
      String name, JsonNode value, String allowed, @Nullable String maybe) {
    return file.wrong(key(name), value.isNull() ? "" : text(value), allowed, maybe, null);
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** A key that is a number is written, and found in the file, like a place in a list. */
  private String key(String name) {
    if (!name.isEmpty() && name.chars().allMatch(Character::isDigit)) {
      return path + "[" + name + "]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String range(double low, double high) {
    return number(low) + " to " + number(high);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
