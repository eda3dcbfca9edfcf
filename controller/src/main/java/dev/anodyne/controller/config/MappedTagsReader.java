package dev.anodyne.controller.config;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.MeasuringUnit;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagBinding.Details;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.WireType;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the block {@code tags} of a mapping file. */
final class MappedTagsReader {
  static final List<String> KEYS =
      List.of(
          "node",
          "path",
          "namespace",
          "constant",
          "unit",
          "scale",
          "offset",
          "checkUnit",
          "type",
          "deadband",
          "stalenessSeconds",
          "freshBy",
          "invalid");

  /** What may stand in {@code tags}; the heartbeat has a block of its own. */
  static final List<String> TAGS =
      Arrays.stream(ChargerTag.values())
          .filter(tag -> !ChargerTag.CLOCK.contains(tag) && tag != ChargerTag.HEARTBEAT)
          .map(ChargerTag::path)
          .toList();

  static final List<String> FRESH_BY = List.of("any", "value");

  /** Keys of what is read. */
  static final List<String> READ_ONLY =
      List.of("deadband", "stalenessSeconds", "freshBy", "invalid");

  /** Keys of numbers. */
  static final List<String> NUMERIC =
      List.of("constant", "unit", "scale", "offset", "checkUnit", "deadband", "invalid");

  static final int MOST_INVALID = 16;
  static final double LARGEST = 1e9;

  private final YamlMap root;
  private final NodeReader nodes;

  MappedTagsReader(YamlMap root, NodeReader nodes) {
    this.root = root;
    this.nodes = nodes;
  }

  MappedTags read() {
    MappedTags read =
        new MappedTags(new EnumMap<>(ChargerTag.class), new EnumMap<>(ChargerTag.class));
    YamlMap tags =
        root.map("tags").orElseThrow(() -> root.missing("tags", "the nodes of the charger's tags"));
    tags.only(TAGS);
    for (String path : tags.names()) {
      YamlMap map = tags.map(path).orElseThrow(() -> tags.missing(path, "node, path or constant"));
      add(read, ChargerTag.ofPath(path), map);
    }
    return read;
  }

  private void add(MappedTags read, ChargerTag tag, YamlMap map) {
    map.only(KEYS);
    refuseForeignKeys(tag, map);
    Optional<NodeAddress> node = nodes.read(map);
    if (map.has("constant")) {
      if (node.isPresent()) {
        throw map.refused("constant", "stands beside a node; allowed: either of them.");
      }
      read.constants().put(tag, constant(tag, map));
    } else {
      NodeAddress address = node.orElseThrow(() -> map.missing("node", "node, path or constant"));
      read.bindings().put(tag, binding(tag, map, address));
    }
  }

  private static void refuseForeignKeys(ChargerTag tag, YamlMap map) {
    for (String key : KEYS) {
      boolean foreign =
          tag.isWritable() && READ_ONLY.contains(key)
              || !tag.isWritable() && key.equals("type")
              || !tag.type().isNumeric() && NUMERIC.contains(key)
              || !TagMapping.MAY_BE_CONSTANT.contains(tag) && key.equals("constant");
      if (foreign && map.has(key)) {
        throw map.refused(key, "does not belong to " + tag.path() + ".");
      }
    }
    if (map.has("deadband") && map.has("stalenessSeconds")) {
      throw map.refused(
          "deadband",
          "hides that an unchanged value still arrives; leave it or stalenessSeconds out.");
    }
    if (map.has("constant")) {
      for (String key : KEYS) {
        if (map.has(key) && !key.equals("constant") && !key.equals("unit")) {
          throw map.refused(key, "does not belong to a constant.");
        }
      }
    }
  }

  private static double constant(ChargerTag tag, YamlMap map) {
    double told = map.number("constant", -LARGEST, LARGEST).orElseThrow();
    Optional<MeasuringUnit> unit = unit(tag, map);
    double value = unit.map(u -> told * u.factor() + u.offset()).orElse(told);
    if (!tag.range().contains(value)) {
      throw map.refuse(
          "constant",
          told,
          tag.range().low() + " to " + tag.range().high() + " " + tag.unit().symbol(),
          null);
    }
    return value;
  }

  private static Optional<MeasuringUnit> unit(ChargerTag tag, YamlMap map) {
    List<String> allowed = MeasuringUnit.symbolsFor(tag.unit());
    if (map.has("unit") && allowed.isEmpty()) {
      throw map.refused("unit", "does not belong to " + tag.path() + ", which has none.");
    }
    return map.word("unit", allowed).flatMap(MeasuringUnit::ofSymbol);
  }

  private static TagBinding binding(ChargerTag tag, YamlMap map, NodeAddress address) {
    Optional<MeasuringUnit> unit = unit(tag, map);
    double factor = unit.map(MeasuringUnit::factor).orElse(1.0);
    double scale = map.number("scale", -LARGEST, LARGEST).orElse(1);
    double offset = map.number("offset", -LARGEST, LARGEST).orElse(0);
    boolean hasUnit = tag.type().isNumeric() && tag.unit() != EngineeringUnit.ONE;
    Duration staleness =
        ChargerMappingReader.ofSeconds(map.number("stalenessSeconds", 0.2, 3600).orElse(0));
    Details details =
        new Details(
            hasUnit && map.flag("checkUnit").orElse(true),
            map.word("type", ChargerMappingReader.TYPES).flatMap(WireType::named),
            map.number("deadband", 0, LARGEST).orElse(0) * factor,
            staleness,
            map.word("freshBy", FRESH_BY).equals(Optional.of("value")),
            Set.copyOf(map.bitsList("invalid", MOST_INVALID)));
    try {
      return new TagBinding(
          address,
          scale * factor,
          offset * factor + unit.map(MeasuringUnit::offset).orElse(0.0),
          details);
    } catch (IllegalArgumentException e) {
      throw map.refused("scale", e);
    }
  }

  /** For the schema: every tag by its path. */
  static Map<String, ChargerTag> tagsByPath() {
    Map<String, ChargerTag> tags = new LinkedHashMap<>();
    TAGS.forEach(path -> tags.put(path, ChargerTag.ofPath(path)));
    return tags;
  }
}
