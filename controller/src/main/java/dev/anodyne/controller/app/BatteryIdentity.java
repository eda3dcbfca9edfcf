package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which battery somebody says is there. Its name picks its record: what earlier charges, at any
 * connector, have told about it. Its age is passed on for people and archives; what a charge starts
 * from is what was measured of the battery, never a guess from its age.
 *
 * @param id its name
 * @param cell name of a kind of cell that comes with this software; null: as configured
 * @param layout how its cells are wired; null: as configured
 * @param ageYears years since it was made; null when nobody knows
 * @param equivalentFullCycles how often it has been charged wholly; null when nobody knows
 */
public record BatteryIdentity(
    String id,
    @Nullable String cell,
    @Nullable PackLayout layout,
    @Nullable Double ageYears,
    @Nullable Double equivalentFullCycles) {
  private static final Set<String> KEYS =
      Set.of("id", "cell", "layout", "ageYears", "equivalentFullCycles");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final Pattern LAYOUT = Pattern.compile("([1-9]\\d{0,3})s([1-9]\\d{0,3})p");
  private static final double MOST_YEARS = 100;
  private static final double MOST_CYCLES = 100_000;

  /**
   * Reads an identity.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  static BatteryIdentity of(JsonObject json) {
    for (String key : json.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw wrong(key, json.getValue(key), "the keys " + String.join(", ", sorted()));
      }
    }
    String id = text(json, "id");
    if (id == null || !ID.matcher(id).matches()) {
      throw wrong("id", json.getValue("id"), "letters, digits, _ and -, at most 40");
    }
    String cell = text(json, "cell");
    // Names only: nobody reads files of this machine by an order.
    if (cell != null && !CellParameters.shippedNames().contains(cell)) {
      throw wrong("cell", cell, String.join(", ", CellParameters.shippedNames()));
    }
    return new BatteryIdentity(
        id,
        cell,
        layout(text(json, "layout")),
        number(json, "ageYears", MOST_YEARS),
        number(json, "equivalentFullCycles", MOST_CYCLES));
  }

  /** The identity as it is read. */
  JsonObject toJson() {
    JsonObject json = new JsonObject().put("id", id);
    put(json, "cell", cell);
    put(json, "layout", layout == null ? null : layout.toString());
    put(json, "ageYears", ageYears);
    put(json, "equivalentFullCycles", equivalentFullCycles);
    return json;
  }

  private static void put(JsonObject json, String key, @Nullable Object value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  /** The connector as if it were configured for this battery. May read a cell's file. */
  ConnectorConfig at(ConnectorConfig connector) {
    boolean other = cell != null && !cell.equals(connector.cellSource());
    Path folder = connector.session().batteries();
    return connector.withBattery(
        cell == null || !other ? null : CellParameters.load(cell),
        cell == null ? connector.cellSource() : cell,
        layout == null ? connector.layout() : layout,
        folder == null ? null : folder.resolve(id + ".json"));
  }

  private static @Nullable PackLayout layout(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher matcher = LAYOUT.matcher(text);
    if (!matcher.matches()) {
      throw wrong("layout", text, "series and parallel cells such as 4s1p");
    }
    return new PackLayout(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static @Nullable String text(JsonObject json, String key) {
    Object value = json.getValue(key);
    if (value != null && !(value instanceof String)) {
      throw wrong(key, value, "a text");
    }
    return (String) value;
  }

  private static @Nullable Double number(JsonObject json, String key, double most) {
    Object value = json.getValue(key);
    if (value == null) {
      return null;
    }
    double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
    if (!(number >= 0 && number <= most)) {
      throw wrong(key, value, "0 to " + Math.round(most));
    }
    return number;
  }

  private static List<String> sorted() {
    return KEYS.stream().sorted().toList();
  }

  private static IllegalArgumentException wrong(
      String key, @Nullable Object value, String allowed) {
    return new IllegalArgumentException(
        "battery."
            + key
            + (value == null ? " is missing" : " is '" + value + "'")
            + "; allowed: "
            + allowed);
  }
}
