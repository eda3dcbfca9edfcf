package dev.anodyne.controller.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.mpc.Policies;
import dev.anodyne.mpc.spec.Setting;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The schema of policy files, made from what the reader knows. */
final class PolicySchema {
  static final Path DOCS = Path.of("../docs/policies.md");
  private static final String BEGIN = "<!-- settings -->";
  private static final String END = "<!-- end of settings -->";
  static final Path PUBLISHED = Path.of("../docs/schema/policy.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private PolicySchema() {}

  /**
   * Writes the published file anew; run it after a change of the keys, from this module's folder.
   */
  public static void main(String[] args) throws IOException {
    Files.writeString(PUBLISHED, text());
    String docs = Files.readString(DOCS);
    String begin = docs.substring(0, docs.indexOf(BEGIN) + BEGIN.length());
    Files.writeString(DOCS, begin + "\n" + table() + docs.substring(docs.indexOf(END)));
  }

  /** The table of settings in the documentation. */
  static String table() {
    StringBuilder table =
        new StringBuilder("| key | what | allowed | default |\n|---|---|---|---|\n");
    for (Setting s : Setting.values()) {
      table.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %s–%s%s | %s |%n",
              s.key(),
              s.meaning(),
              shortest(s.low()),
              shortest(s.high()),
              s.isWhole() ? ", whole" : "",
              shortest(s.standard())));
    }
    return table.toString();
  }

  private static String shortest(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  static String text() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema()) + "\n";
  }

  static ObjectNode schema() {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$id", "urn:anodyne:policy");
    root.put("title", "Anodyne charging policy");
    root.put("description", "What decides the charge current; see docs/policies.md.");
    ObjectNode top = object(root);
    text(top, "name", "What people call it. Default: the file's name.");
    ObjectNode version = top.putObject("version");
    version.put("description", "The author's own version, stated in every result.");
    ArrayNode kinds = version.putArray("anyOf");
    kinds.addObject().put("type", "integer");
    text(kinds.addObject());
    text(top, "description", "For people.").remove("maxLength");
    policy(top.putObject("policy"));
    word(top, "objective", "What it is after.", PolicyFileReader.OBJECTIVES);
    text(
            top,
            "estimator",
            "Who perceives the state: "
                + String.join(", ", Estimators.NAMES)
                + ", or a model file. Default: the station's or the command's.")
        .remove("maxLength");
    number(
        top,
        "deadlineSeconds",
        "Longest time for a decision by the clock, s. Default: 0.7 of the period.",
        PolicyFileReader.SHORTEST_DEADLINE_SECONDS,
        PolicyFileReader.LONGEST_DEADLINE_SECONDS);
    limits(top.putObject("limits"));
    for (String group : PolicyFileReader.GROUPS) {
      ObjectNode properties = object(top.putObject(group));
      for (Setting s : Setting.values()) {
        if (s.group().equals(group)) {
          setting(properties, s);
        }
      }
    }
    tune(top.putObject("tune"), PolicyFileReader.tunable("mpc"));
    onlyMpcHasSettings(root);
    return root;
  }

  private static void policy(ObjectNode policy) {
    policy.put("description", "The law. Default: mpc.").put("default", "mpc");
    ArrayNode any = policy.putArray("anyOf");
    ArrayNode names = any.addObject().putArray("enum");
    for (String name : Policies.NAMES) {
      if (!name.endsWith(":RATE")) {
        names.add(name);
      }
    }
    any.addObject()
        .put("type", "string")
        .put("description", "Constant current at a C-rate above 0 and at most 20.")
        .put("pattern", "^cccv:(?=.*[1-9])(20(\\.0+)?|1?\\d(\\.\\d+)?)$");
  }

  private static void limits(ObjectNode node) {
    node.put("description", "They only tighten those of station, vehicle and charger.");
    ObjectNode limits = object(node);
    number(
        limits,
        "minAnodePotentialVolts",
        "Margin that the anode potential's lower bound keeps, V.",
        0,
        PolicyFileReader.MAX_MARGIN_VOLTS);
    number(limits, "maxCRate", "Current limit in C.", 0.01, 20);
    number(limits, "maxVoltageVolts", "Cell voltage limit, V.", 1, 5);
    number(limits, "maxTemperatureC", "Cell temperature limit, °C.", 0, 80);
    ObjectNode table = limits.putObject("byTemperature");
    table.put(
        "description",
        "Limits by cell temperature, rising; linear in between, constant beyond. Every row limits"
            + " the same things.");
    table.put("type", "array").put("minItems", 1).put("maxItems", PolicyFileReader.MOST_ROWS);
    ObjectNode item = table.putObject("items");
    ObjectNode row = object(item);
    number(row, "temperatureC", "Cell temperature, °C.", -60, 100);
    number(row, "maxCRate", "Current limit in C.", 0, 20);
    number(row, "maxVoltageVolts", "Cell voltage limit, V.", 1, 5);
    item.putArray("required").add("temperatureC");
    ArrayNode any = item.putArray("anyOf");
    any.addObject().putArray("required").add("maxCRate");
    any.addObject().putArray("required").add("maxVoltageVolts");
  }

  private static void tune(ObjectNode node, List<String> keys) {
    node.put("description", "What `anodyne tune` may vary: [lowest, highest].");
    ObjectNode tune = object(node);
    for (String key : keys) {
      ObjectNode range = tune.putObject(key);
      range.put("type", "array").put("minItems", 2).put("maxItems", 2);
      ObjectNode item = range.putObject("items");
      double low = Setting.byKey(key).map(Setting::low).orElse(0.0);
      double high = Setting.byKey(key).map(Setting::high).orElse(PolicyFileReader.MAX_MARGIN_VOLTS);
      item.put("type", "number").put("minimum", low).put("maximum", high);
    }
  }

  private static void onlyMpcHasSettings(ObjectNode root) {
    ObjectNode otherLaw = root.putObject("if");
    otherLaw.putArray("required").add("policy");
    otherLaw.putObject("properties").putObject("policy").putObject("not").put("const", "mpc");
    ObjectNode then = root.putObject("then").putObject("properties");
    for (String key : PolicyFileReader.MPC_KEYS) {
      then.put(key, false);
    }
    ObjectNode names = then.putObject("tune").putObject("propertyNames");
    ArrayNode allowed = names.putArray("enum");
    PolicyFileReader.tunable("rider").forEach(allowed::add);
  }

  private static void setting(ObjectNode properties, Setting s) {
    ObjectNode node = number(properties, s.shortKey(), s.meaning(), s.low(), s.high());
    if (s.isWhole()) {
      node.put("type", "integer").put("default", (long) s.standard());
    } else {
      node.put("default", s.standard());
    }
  }

  private static ObjectNode number(
      ObjectNode properties, String key, String meaning, double low, double high) {
    return properties
        .putObject(key)
        .put("description", meaning)
        .put("type", "number")
        .put("minimum", low)
        .put("maximum", high);
  }

  private static void word(
      ObjectNode properties, String key, String meaning, List<String> allowed) {
    ObjectNode node = properties.putObject(key).put("description", meaning);
    allowed.forEach(node.putArray("enum")::add);
    node.put("default", allowed.get(0));
  }

  private static ObjectNode text(ObjectNode properties, String key, String meaning) {
    return text(properties.putObject(key).put("description", meaning));
  }

  private static ObjectNode text(ObjectNode node) {
    return node.put("type", "string")
        .put("pattern", "\\S")
        .put("maxLength", PolicyFileReader.LONGEST_NAME);
  }

  /** Makes a node an object without other keys; returns its properties. */
  private static ObjectNode object(ObjectNode node) {
    node.put("type", "object");
    ObjectNode properties = node.putObject("properties");
    node.put("additionalProperties", false);
    return properties;
  }
}
