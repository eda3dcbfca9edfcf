package dev.anodyne.controller.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.MeasuringUnit;
import dev.anodyne.opcua.model.TagMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The schema of chargers' mapping files, made from what the reader knows. */
final class ChargerMappingSchema {
  static final Path PUBLISHED = Path.of("../docs/schema/charger-mapping.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BITS = "^[-+]?(0[xX][0-9A-Fa-f]{1,15}|[1-9][0-9]{0,17}|0)$";

  private ChargerMappingSchema() {}

  /**
   * Writes the published file anew; run it after a change of the keys, from this module's folder.
   */
  public static void main(String[] args) throws IOException {
    Files.writeString(PUBLISHED, text());
  }

  static String text() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema()) + "\n";
  }

  static ObjectNode schema() {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$id", "urn:anodyne:charger-mapping");
    root.put("title", "Anodyne charger mapping");
    root.put(
        "description", "Where and how a model of charger says what it means; see docs/opcua.md.");
    ObjectNode top = object(root);
    text(top, "name", "What people call the model. Default: the file's name.");
    text(top, "description", "For people.");
    text(top, "namespace", "Namespace URI of every node that names none of its own.");
    link(top.putObject("link"));
    expiry(top.putObject("expiry"));
    heartbeat(top.putObject("heartbeat"));
    tags(top.putObject("tags"), root.putObject("$defs"));
    connected(top.putObject("vehicleConnected"));
    faults(top.putObject("faults"));
    root.putArray("required").add("tags");
    watchdogNeedsAFeed(root);
    eitherWordOrTag(root, "vehicleConnected", ChargerTag.VEHICLE_CONNECTED);
    eitherWordOrTag(root, "faults", ChargerTag.FAULTS);
    return root;
  }

  private static void link(ObjectNode node) {
    node.put("description", "How the charger is talked to.");
    ObjectNode link = object(node);
    word(link, "mode", "Who asks for values.", ChargerMappingReader.MODES);
    number(
            link,
            "periodMillis",
            "How often values come. Default: a quarter of the period.",
            20,
            5000)
        .put("type", "integer");
    number(link, "stalenessSeconds", "How long the heartbeat may stand still, s.", 0.2, 60);
    number(link, "confirmSeconds", "How long a write may take to be confirmed, s.", 0.05, 10)
        .put("default", ChargerLink.USUAL_CONFIRM.toMillis() / 1000.0);
    word(link, "onReconnect", "Written first in every session.", ChargerMappingReader.FIRST);
  }

  private static void expiry(ObjectNode node) {
    node.put("description", "How a command ends when nothing more is heard from the controller.");
    ObjectNode expiry = object(node);
    word(expiry, "by", "Told with each command, or by a watchdog.", ChargerMappingReader.ENDS);
    number(expiry, "timeoutSeconds", "From the last beat to no current, s.", 0.1, 60);
    ObjectNode isWatchdog = node.putObject("if");
    isWatchdog.putObject("properties").putObject("by").put("const", "watchdog");
    isWatchdog.putArray("required").add("by");
    node.putObject("then").putArray("required").add("timeoutSeconds");
    node.putObject("else").putObject("properties").put("timeoutSeconds", false);
  }

  private static void heartbeat(ObjectNode node) {
    node.put("description", "Counters that show that either side lives.");
    ObjectNode heartbeat = object(node);
    ObjectNode read = heartbeat.putObject("read");
    read.put("description", "Counts up with every new set of values.");
    node(read, object(read));
    ObjectNode write = heartbeat.putObject("write");
    write.put("description", "Counted up by the controller as long as the charger may go on.");
    ObjectNode feed = object(write);
    node(write, feed);
    feed.putObject("type").set("enum", list(ChargerMappingReader.TYPES));
    number(feed, "periodSeconds", "How often, s; at most half of the watchdog's time.", 0.02, 30)
        .put("default", 0.2);
    number(feed, "modulo", "It runs from 0 to one less.", 2, 4_294_967_296.0)
        .put("type", "integer");
  }

  private static void tags(ObjectNode node, ObjectNode kinds) {
    node.put("description", "The node or constant of each tag; docs/opcua.md lists the tags.");
    ObjectNode tags = object(node);
    List<String> required = new ArrayList<>();
    MappedTagsReader.tagsByPath()
        .forEach(
            (path, tag) -> {
              String kind = kind(tag);
              if (!kinds.has(kind)) {
                tag(kinds.putObject(kind), tag);
              }
              tags.putObject(path).put("$ref", "#/$defs/" + kind);
              boolean spared =
                  tag == ChargerTag.OUTPUT_VOLTAGE
                      || ChargerTag.THERMAL.contains(tag)
                      || tag == ChargerTag.FAULTS
                      || tag == ChargerTag.VEHICLE_CONNECTED
                      || tag == ChargerTag.SETPOINT_VALID_FOR;
              if (!spared) {
                required.add(path);
              }
            });
    node.set("required", list(required));
  }

  /** Tags of one kind take the same keys. */
  private static String kind(ChargerTag tag) {
    String unit = tag.type().isNumeric() ? "-" + tag.unit().symbol() : "";
    boolean told = TagMapping.MAY_BE_CONSTANT.contains(tag);
    return (tag.isWritable() ? "written" : told ? "told" : unit.isEmpty() ? "state" : "measured")
        + unit.replace("/", "-per-");
  }

  private static void tag(ObjectNode node, ChargerTag tag) {
    boolean isNumber = tag.type().isNumeric();
    boolean hasUnit = isNumber && tag.unit() != EngineeringUnit.ONE;
    ObjectNode keys = object(node);
    place(keys);
    ArrayNode forms = node.putArray("oneOf");
    forms.addObject().putArray("required").add("node");
    forms.addObject().putArray("required").add("path");
    if (TagMapping.MAY_BE_CONSTANT.contains(tag)) {
      number(keys, "constant", "What the charger does not tell, in unit.", -1e9, 1e9);
      ObjectNode constant = forms.addObject();
      constant.putArray("required").add("constant");
      constant.putObject("propertyNames").putArray("enum").add("constant").add("unit");
    }
    if (hasUnit) {
      keys.putObject("unit")
          .put("description", "The unit after scale and offset. Default: the tag's own.")
          .set("enum", list(MeasuringUnit.symbolsFor(tag.unit())));
    }
    if (isNumber) {
      number(keys, "scale", "Not 0; value = raw · scale + offset.", -1e9, 1e9)
          .putObject("not")
          .put("const", 0);
      number(keys, "offset", "Added after scaling.", -1e9, 1e9);
      keys.putObject("checkUnit")
          .put("description", "Compare with the server's EngineeringUnits. Default: true.")
          .put("type", "boolean");
    }
    if (tag.isWritable()) {
      keys.putObject("type")
          .put("description", "Data type on the server. Default: the server is asked.")
          .set("enum", list(ChargerMappingReader.TYPES));
    } else {
      readKeys(node, keys, isNumber);
    }
  }

  private static void readKeys(ObjectNode node, ObjectNode keys, boolean isNumber) {
    number(keys, "stalenessSeconds", "How long its source may be silent, s.", 0.2, 3600);
    word(keys, "freshBy", "What shows that its source lives.", MappedTagsReader.FRESH_BY);
    if (isNumber) {
      number(keys, "deadband", "Smaller changes are not sent, in unit.", 0, 1e9);
      ObjectNode invalid = keys.putObject("invalid");
      invalid
          .put("description", "Raw numbers that mean no value.")
          .put("type", "array")
          .put("minItems", 1)
          .put("maxItems", MappedTagsReader.MOST_INVALID)
          .set("items", bits());
      node.putObject("not").putArray("required").add("deadband").add("stalenessSeconds");
    }
  }

  private static void connected(ObjectNode node) {
    node.put("description", "A number that says whether a battery is plugged in and ready.");
    ObjectNode keys = object(node);
    place(keys);
    keys.set("mask", bits().put("description", "Bits that count."));
    ObjectNode values = keys.putObject("values");
    values
        .put("description", "What they may be. Default: all of the mask's.")
        .put("type", "array")
        .put("minItems", 1)
        .put("maxItems", MappedWordsReader.MOST_VALUES)
        .set("items", bits());
    oneOf(node, "node", "path");
    ArrayNode any = node.putArray("anyOf");
    any.addObject().putArray("required").add("mask");
    any.addObject().putArray("required").add("values");
  }

  private static void faults(ObjectNode node) {
    node.put("description", "Numbers that say what is wrong.");
    node.put("type", "array").put("minItems", 1).put("maxItems", MappedWordsReader.MOST_WORDS);
    ObjectNode item = node.putObject("items");
    ObjectNode keys = object(item);
    place(keys);
    List<String> codes = new ArrayList<>(List.of(MappedWordsReader.NO_FAULT));
    codes.addAll(MappedWordsReader.FAULT_NAMES);
    byNumber(keys.putObject("bits"), "The fault of each mask.", MappedWordsReader.FAULT_NAMES);
    byNumber(keys.putObject("codes"), "The fault of each number.", codes);
    keys.set("ignore", bits().put("description", "Bits that say nothing about faults."));
    ArrayNode forms = item.putArray("allOf");
    oneOf(forms.addObject(), "node", "path");
    oneOf(forms.addObject(), "bits", "codes");
    ObjectNode ignored = forms.addObject();
    ignored.putObject("dependentRequired").putArray("ignore").add("bits");
  }

  private static void byNumber(ObjectNode node, String meaning, List<String> faults) {
    node.put("description", meaning).put("type", "object");
    node.putObject("propertyNames").put("pattern", BITS);
    node.putObject("additionalProperties").set("enum", list(faults));
  }

  private static void watchdogNeedsAFeed(ObjectNode root) {
    ObjectNode isWatchdog = root.putObject("if");
    ObjectNode expiry = isWatchdog.putObject("properties").putObject("expiry");
    expiry.put("type", "object").putObject("properties").putObject("by").put("const", "watchdog");
    expiry.putArray("required").add("by");
    isWatchdog.putArray("required").add("expiry");
    ObjectNode then = root.putObject("then");
    then.putArray("required").add("heartbeat");
    then.putObject("properties").putObject("heartbeat").putArray("required").add("write");
    ObjectNode watched = (ObjectNode) then.get("properties");
    watched.putObject("link").putObject("properties").putObject("onReconnect").put("const", "zero");
    String validFor = ChargerTag.SETPOINT_VALID_FOR.path();
    watched.putObject("tags").putObject("properties").put(validFor, false);
    root.putObject("else")
        .putObject("properties")
        .putObject("tags")
        .putArray("required")
        .add(validFor);
  }

  private static void eitherWordOrTag(ObjectNode root, String key, ChargerTag tag) {
    ArrayNode all = root.withArray("/allOf");
    ArrayNode forms = all.addObject().putArray("oneOf");
    forms.addObject().putArray("required").add(key);
    forms
        .addObject()
        .putObject("properties")
        .putObject("tags")
        .put("type", "object")
        .putArray("required")
        .add(tag.path());
  }

  /** The keys of a place, one of which must be there. */
  private static void node(ObjectNode node, ObjectNode keys) {
    place(keys);
    oneOf(node, "node", "path");
  }

  private static void place(ObjectNode keys) {
    ObjectNode node =
        keys.putObject("node").put("description", "Identifier: " + NodeReader.NODE_ALLOWED);
    ArrayNode kinds = node.putArray("anyOf");
    kinds.addObject().put("type", "integer").put("minimum", 0).put("maximum", 4_294_967_295L);
    kinds.addObject().put("type", "string").put("pattern", "\\S");
    ObjectNode path = keys.putObject("path").put("description", NodeReader.PATH_ALLOWED);
    ArrayNode forms = path.putArray("anyOf");
    forms
        .addObject()
        .put("type", "string")
        .put("pattern", "^/?[^/]*[^/\\s][^/]*(/[^/]*[^/\\s][^/]*)*$");
    ObjectNode list = forms.addObject();
    list.put("type", "array").put("minItems", 1).put("maxItems", NodeReader.LONGEST_PATH);
    list.putObject("items").put("type", "string").put("pattern", "\\S");
    text(keys, "namespace", "Namespace URI. Default: the file's.");
  }

  private static void oneOf(ObjectNode node, String one, String other) {
    ArrayNode forms = node.putArray("oneOf");
    forms.addObject().putArray("required").add(one);
    forms.addObject().putArray("required").add(other);
  }

  private static ObjectNode bits() {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode kinds = node.putArray("anyOf");
    kinds.addObject().put("type", "integer");
    kinds.addObject().put("type", "string").put("pattern", BITS);
    return node;
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
    node.set("enum", list(allowed));
    node.put("default", allowed.get(0));
  }

  private static void text(ObjectNode properties, String key, String meaning) {
    properties
        .putObject(key)
        .put("description", meaning)
        .put("type", "string")
        .put("pattern", "\\S");
  }

  private static ArrayNode list(List<String> values) {
    ArrayNode list = JSON.createArrayNode();
    values.forEach(list::add);
    return list;
  }

  /** Makes a node an object without other keys; returns its properties. */
  private static ObjectNode object(ObjectNode node) {
    node.put("type", "object");
    ObjectNode properties = node.putObject("properties");
    node.put("additionalProperties", false);
    return properties;
  }
}
