package dev.anodyne.core.bpx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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

  List<String> nameList() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  Iterator<String> names() {
    return node.fieldNames();
  }

  JsonNode raw(String key) {
    known.add(key);
    return node.path(key);
  }

  /** A text, empty when absent. */
  String text(String key) {
    known.add(key);
    JsonNode child = node.path(key);
    if (!child.isMissingNode() && !child.isTextual()) {
      throw wrong(key, "is " + shown(child), "a text");
    }
    return child.asText("");
  }

  /** Any value as it stands in the file, on one line; a text without its quotes. */
  String written(String key) {
    known.add(key);
    JsonNode child = node.path(key);
    return child.isTextual() ? clean(child.asText()) : shown(child);
  }

  double positive(String key) {
    return number(key, v -> v > 0, "a number > 0");
  }

  /** A number above 0; more than {@code most} is most likely in another unit. */
  double positive(String key, double most) {
    double value = positive(key);
    if (value > most) {
      throw wrong(
          key,
          "is " + shown(node.get(key)),
          "a number in (0, " + most + "]",
          "it is not in the unit of its name");
    }
    return value;
  }

  int whole(String key) {
    return (int)
        number(key, v -> v >= 1 && v <= 1e6 && v == Math.rint(v), "a whole number in [1, 1000000]");
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

  double positiveOrElse(String key, double most, double absent) {
    known.add(key);
    return node.has(key) ? positive(key, most) : absent;
  }

  OptionalDouble optionalPositive(String key) {
    known.add(key);
    return node.has(key) ? OptionalDouble.of(positive(key)) : OptionalDouble.empty();
  }

  OptionalDouble optionalNotNegative(String key) {
    known.add(key);
    return node.has(key)
        ? OptionalDouble.of(number(key, v -> v >= 0, "a number ≥ 0"))
        : OptionalDouble.empty();
  }

  /** A share that is lost; 0 when absent. */
  double lossOrZero(String key) {
    known.add(key);
    return node.has(key) ? number(key, v -> v >= 0 && v < 1, "a number in [0, 1)") : 0;
  }

  private double number(String key, DoublePredicate allowed, String what) {
    known.add(key);
    JsonNode child = node.get(key);
    if (child == null) {
      throw missing(key, what);
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
      throw missing(key, what);
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
      if (!finite(x.get(i)) || !finite(y.get(i))) {
        throw new BpxException("entry " + (i + 1) + " is not a finite number");
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

  private static boolean finite(JsonNode value) {
    return value.isNumber() && Double.isFinite(value.asDouble());
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
        String near = nearest(name);
        throw wrong(
            name,
            "is not part of the schema",
            String.join(", ", known.stream().sorted().toList()),
            near.isEmpty() ? "it belongs into Parameterisation/User-defined" : near + " is meant");
      }
    }
  }

  private BpxException missing(String key, String what) {
    return nameList().stream()
        .filter(k -> !known.contains(k) && similar(plain(k), plain(key)))
        .findFirst()
        .map(k -> wrong(key, "is missing", what, "\"" + k + "\" is meant for it"))
        .orElseGet(() -> wrong(key, "is missing", what));
  }

  /** The key that a misspelt one most likely stands for; empty when none is near. */
  private String nearest(String name) {
    String plain = plain(name);
    return known.stream()
        .filter(k -> !node.has(k) && similar(plain(k), plain))
        .sorted()
        .findFirst()
        .orElse("");
  }

  private static String plain(String key) {
    return key.replaceAll("\\[.*", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }

  /** Same beginning and end but for at most two letters in between. */
  private static boolean similar(String a, String b) {
    int head = 0;
    int shorter = Math.min(a.length(), b.length());
    while (head < shorter && a.charAt(head) == b.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && a.charAt(a.length() - 1 - tail) == b.charAt(b.length() - 1 - tail)) {
      tail++;
    }
    return shorter > 3 && Math.max(a.length(), b.length()) - head - tail <= 2;
  }

  BpxException wrong(String key, String what, String allowed) {
    return new BpxException(
        source + ": " + path + "/" + clean(key) + " " + clean(what, 500) + "; allowed: " + allowed);
  }

  BpxException wrong(String key, String what, String allowed, String maybe) {
    return new BpxException(
        wrong(key, what, allowed).getMessage() + ".\nMaybe " + clean(maybe, 200) + ".");
  }

  /** Keys are any text: one line of at most 80 characters. */
  private static String clean(String text) {
    return clean(text, 80);
  }

  private static String clean(String text, int most) {
    String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", "?");
    return line.length() > most ? line.substring(0, most - 3) + "..." : line;
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return clean(text.length() > 60 ? text.substring(0, 57) + "..." : text);
  }
}
