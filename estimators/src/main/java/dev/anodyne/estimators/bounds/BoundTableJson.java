package dev.anodyne.estimators.bounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.core.charging.Interval;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Calibrated bounds as a section of a JSON file. */
public final class BoundTableJson {
  private static final String PER_DOUBT = "perDoubt";

  private BoundTableJson() {}

  /** The section of a table. */
  public static ObjectNode write(BoundTable table) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("coverage", table.coverage());
    root.put("intervalCoverage", table.intervalCoverage());
    root.put("widening", table.widening());
    root.put("calibrated", table.calibrated());
    ObjectNode range = root.putObject("range");
    for (Signal s : Signal.values()) {
      Interval i = table.range().signals().get(s);
      if (i != null) {
        range.putObject(s.title()).put("low", i.low()).put("high", i.high());
      }
    }
    ObjectNode groups = root.putObject("groups");
    for (BatteryGroup g : BatteryGroup.values()) {
      write(table.of(g), groups.putObject(g.name()));
    }
    return root;
  }

  private static void write(GroupBounds group, ObjectNode node) {
    node.put("sessions", group.sessions());
    node.put("pooled", group.pooled());
    node.put("offset [V]", group.offsetVolts());
    node.put("lowerKappa", group.lowerKappa());
    ObjectNode quantities = node.putObject("intervals");
    for (Quantity q : Quantity.values()) {
      QuantityBounds b = group.of(q);
      quantities
          .putObject(q.title())
          .put("unseen", b.unseenSigma())
          .put("kappa", b.kappa())
          .put(PER_DOUBT, b.perDoubt());
    }
  }

  /**
   * Reads a section.
   *
   * @param source names the file in errors
   * @throws IllegalArgumentException with one line for people when something is missing or is not
   *     usable
   */
  public static BoundTable read(JsonNode root, String source) {
    try {
      Map<Signal, Interval> range = new EnumMap<>(Signal.class);
      JsonNode signals = required(root, "range");
      for (Signal s : Signal.values()) {
        JsonNode i = signals.get(s.title());
        if (i != null) {
          range.put(s, new Interval(number(i, "low"), number(i, "high")));
        }
      }
      return new BoundTable(
          number(root, "coverage"),
          number(root, "intervalCoverage"),
          groups(required(root, "groups")),
          new TrainedRange(range),
          number(root, "widening"),
          required(root, "calibrated").asBoolean());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Bounds in "
              + source
              + " are damaged: "
              + e.getMessage()
              + "\nMaybe the file was edited; make it again with anodyne train.",
          e);
    }
  }

  private static Map<BatteryGroup, GroupBounds> groups(JsonNode node) {
    Map<BatteryGroup, GroupBounds> map = new EnumMap<>(BatteryGroup.class);
    for (BatteryGroup g : BatteryGroup.values()) {
      // Older tables do not tell batteries that were joined under load from new ones.
      boolean older = g == BatteryGroup.ofJoined(g.series() ? 2 : 1) && !node.has(g.name());
      BatteryGroup source = older ? BatteryGroup.of(false, g.series() ? 2 : 1) : g;
      map.put(g, group(required(node, source.name())));
    }
    return map;
  }

  private static GroupBounds group(JsonNode node) {
    return new GroupBounds(
        number(node, "offset [V]"),
        number(node, "lowerKappa"),
        all(Quantity.class, required(node, "intervals"), Quantity::title, (q, n) -> quantity(n)),
        (int) number(node, "sessions"),
        required(node, "pooled").asBoolean());
  }

  private static QuantityBounds quantity(JsonNode node) {
    // Tables of before bounds went with a doubt do not name it.
    double perDoubt = node.has(PER_DOUBT) ? number(node, PER_DOUBT) : 0.0;
    return new QuantityBounds(number(node, "unseen"), number(node, "kappa"), perDoubt);
  }

  private static <K extends Enum<K>, V> Map<K, V> all(
      Class<K> kind,
      JsonNode node,
      java.util.function.Function<K, String> name,
      BiFunction<K, JsonNode, V> value) {
    Map<K, V> map = new EnumMap<>(kind);
    for (K key : kind.getEnumConstants()) {
      map.put(key, value.apply(key, required(node, name.apply(key))));
    }
    return map;
  }

  private static JsonNode required(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException("\"" + key + "\" is missing.");
    }
    return value;
  }

  private static double number(JsonNode node, String key) {
    JsonNode value = required(node, key);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw new IllegalArgumentException("\"" + key + "\" is not a number: " + value + ".");
    }
    return value.asDouble();
  }
}
