package dev.anodyne.core.bpx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoublePredicate;

/** One JSON object of a file: typed access that remembers where it is and what was read. */
final class BpxSection {
  private final String source;
  private final String path;
  private final JsonNode node;
  private final Set<String> known = new HashSet<>();

  BpxSection(String source, String path, JsonNode node) {
    this.source = source;
    this.path = path;
    this.node = node;
  }

  BpxSection section(String key) {
    known.add(key);
    JsonNode child = node.get(key);
    if (child == null || !child.isObject()) {
      throw wrong(key, child == null ? "is missing" : "is not an object", "a JSON object");
    }
    return new BpxSection(source, path + "/" + key, child);
  }

  /** The section, or an empty one when it is absent. */
  BpxSection optionalSection(String key) {
    known.add(key);
    return node.has(key)
        ? section(key)
        : new BpxSection(
            source,
            path + "/" + key,
            com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode());
  }

  boolean has(String key) {
    return node.has(key);
  }

  Iterator<String> names() {
    return node.fieldNames();
  }

  JsonNode raw(String key) {
    known.add(key);
    return node.path(key);
  }

  String text(String key) {
    known.add(key);
    return node.path(key).asText("");
  }

  double positive(String key) {
    return number(key, v -> v > 0, "a number > 0");
  }

  double fraction(String key) {
    return number(key, v -> v > 0 && v <= 1, "a number in (0, 1]");
  }

  double stoichiometry(String key) {
    return number(key, v -> v >= 0 && v <= 1, "a number in [0, 1]");
  }

  double any(String key) {
    return number(key, v -> true, "a finite number");
  }

  double orElse(String key, double absent) {
    known.add(key);
    return node.has(key) ? any(key) : absent;
  }

  OptionalDouble optional(String key) {
    known.add(key);
    return node.has(key) ? OptionalDouble.of(any(key)) : OptionalDouble.empty();
  }

  private double number(String key, DoublePredicate allowed, String what) {
    known.add(key);
    JsonNode child = node.get(key);
    if (child == null) {
      throw wrong(key, "is missing", what);
    }
    double value = child.isNumber() ? child.asDouble() : Double.NaN;
    if (!Double.isFinite(value) || !allowed.test(value)) {
      throw wrong(key, "is " + shown(child), what);
    }
    return value;
  }

  BpxFunction function(String key) {
    known.add(key);
    JsonNode child = node.get(key);
    String what = "a number, an expression in x, or a table {\"x\": [...], \"y\": [...]}";
    if (child == null) {
      throw wrong(key, "is missing", what);
    }
    try {
      if (child.isNumber() && Double.isFinite(child.asDouble())) {
        return new Expression.Constant(child.asDouble());
      }
      if (child.isTextual()) {
        return Expression.parse(child.asText());
      }
      if (child.isObject() && child.path("x").isArray() && child.path("y").isArray()) {
        return table(child.get("x"), child.get("y"));
      }
    } catch (BpxException e) {
      throw wrong(key, "is " + shown(child) + ": " + e.getMessage(), what);
    }
    throw wrong(key, "is " + shown(child), what);
  }

  BpxFunction functionOrZero(String key) {
    known.add(key);
    return node.has(key) ? function(key) : new Expression.Constant(0);
  }

  private static BpxFunction table(JsonNode x, JsonNode y) {
    if (x.size() != y.size()) {
      throw new BpxException(x.size() + " x and " + y.size() + " y values");
    }
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      if (!x.get(i).isNumber() || !y.get(i).isNumber()) {
        throw new BpxException("entry " + (i + 1) + " is not a number");
      }
      points.add(new double[] {x.get(i).asDouble(), y.get(i).asDouble()});
    }
    points.sort(Comparator.comparingDouble(p -> p[0]));
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i)[0] <= points.get(i - 1)[0]) {
        throw new BpxException("x = " + points.get(i)[0] + " occurs twice");
      }
    }
    return TableFunction.through(
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  /** Tells that these keys are allowed though nothing reads them. */
  BpxSection allow(String... keys) {
    known.addAll(Arrays.asList(keys));
    return this;
  }

  /** Fails on a key that nothing has asked for: most likely a misspelling. */
  void rejectUnknown() {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new BpxException(
            source
                + ": "
                + path
                + "/"
                + name
                + " is not part of the schema; allowed: "
                + String.join(", ", known.stream().sorted().toList())
                + ".\nMaybe it belongs into Parameterisation/User-defined.");
      }
    }
  }

  BpxException wrong(String key, String what, String allowed) {
    return new BpxException(
        source + ": " + path + "/" + key + " " + what + "; allowed: " + allowed);
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }
}
