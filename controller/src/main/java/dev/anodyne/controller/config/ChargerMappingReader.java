package dev.anodyne.controller.config;

import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerLink.Expiry;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import dev.anodyne.opcua.model.ChargerLink.Mode;
import dev.anodyne.opcua.model.ChargerLink.OnReconnect;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.WireType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads and checks the mapping file of a charger's model. What it accepts is published as {@code
 * docs/schema/charger-mapping.schema.json}; a test holds the two together.
 */
public final class ChargerMappingReader {
  static final List<String> KEYS =
      List.of(
          "name",
          "description",
          "namespace",
          "link",
          "expiry",
          "heartbeat",
          "tags",
          "vehicleConnected",
          "faults");

  static final List<String> LINK =
      List.of("mode", "periodMillis", "stalenessSeconds", "confirmSeconds", "onReconnect");
  static final List<String> EXPIRY = List.of("by", "timeoutSeconds");
  static final List<String> FEED =
      Stream.concat(NodeReader.KEYS.stream(), Stream.of("type", "periodSeconds", "modulo"))
          .toList();
  static final List<String> MODES = List.of("subscribe", "poll");
  static final List<String> ENDS = List.of("validFor", "watchdog");
  static final List<String> FIRST = List.of("zero", "wait");
  static final List<String> TYPES =
      Arrays.stream(WireType.values()).map(WireType::typeName).toList();

  private static final long DEFAULT_MODULO = 65_536;

  private final YamlMap root;
  private final NodeReader nodes;

  private ChargerMappingReader(YamlMap root, NodeReader nodes) {
    this.root = root;
    this.nodes = nodes;
  }

  /**
   * Reads a mapping file.
   *
   * @param chargerId stands for {@code {charger}} in its nodes
   * @throws ConfigException naming file, line, key, value and what is allowed
   */
  public static ChargerModel read(Path path, String chargerId) {
    return read(parse(path), path, chargerId);
  }

  /** The text of a mapping file, for {@link #read(YamlMap, Path, String)}. */
  static YamlMap parse(Path path) {
    return YamlFile.read(path).asMap();
  }

  /** The same for one of several chargers of the same model: the file is parsed once for all. */
  static ChargerModel read(YamlMap root, Path path, String chargerId) {
    root.only(KEYS);
    Optional<String> namespace = root.text("namespace", "a namespace URI");
    return new ChargerMappingReader(root, new NodeReader(namespace, chargerId)).read(path);
  }

  private ChargerModel read(Path path) {
    root.text("description", "text");
    Optional<YamlMap> link = root.map("link");
    link.ifPresent(map -> map.only(LINK));
    Optional<YamlMap> heartbeat = root.map("heartbeat");
    heartbeat.ifPresent(map -> map.only(List.of("read", "write")));
    MappedTags tags = new MappedTagsReader(root, nodes).read();
    heartbeat
        .flatMap(map -> map.map("read"))
        .ifPresent(map -> tags.bindings().put(ChargerTag.HEARTBEAT, heartbeatRead(map)));
    MappedWordsReader words = new MappedWordsReader(root, nodes, tags);
    ChargerLink made = link(link, expiry(tags), heartbeat.flatMap(map -> map.map("write")));
    TagMapping mapping =
        new TagMapping(
            tags.bindings(), tags.constants(), words.faults(), words.connected(), made, true);
    requireSignOfLife(mapping);
    requireComplete(mapping);
    return new ChargerModel(name(path), mapping, seconds(link, "stalenessSeconds", 0.2, 60));
  }

  private String name(Path path) {
    Path last = path.getFileName();
    String fileName = last == null ? "" : last.toString().replaceFirst("\\.ya?ml$", "");
    return root.text("name", "text").orElse(fileName);
  }

  private TagBinding heartbeatRead(YamlMap map) {
    map.only(NodeReader.KEYS);
    return new TagBinding(nodes.required(map), 1, 0, TagBinding.Details.NONE);
  }

  private ChargerLink link(Optional<YamlMap> link, Expiry expiry, Optional<YamlMap> write) {
    Mode mode =
        link.flatMap(map -> map.word("mode", MODES)).equals(Optional.of("poll"))
            ? Mode.POLL
            : Mode.SUBSCRIBE;
    OnReconnect first =
        link.flatMap(map -> map.word("onReconnect", FIRST)).equals(Optional.of("wait"))
            ? OnReconnect.WAIT
            : OnReconnect.ZERO;
    Duration confirm = seconds(link, "confirmSeconds", 0.05, 10).orElse(ChargerLink.USUAL_CONFIRM);
    Optional<HeartbeatFeed> feed = write.map(this::feed);
    if (expiry instanceof Expiry.Watchdog && feed.isEmpty()) {
      throw root.missing("heartbeat.write", "the counter that keeps the charger's watchdog quiet");
    }
    Optional<Duration> period = period(link);
    return checked(
        "expiry",
        () -> new ChargerLink(mode, period, expiry, first, feed, Optional.of(confirm), 1));
  }

  private static Optional<Duration> period(Optional<YamlMap> link) {
    return link.flatMap(
        map -> {
          OptionalDouble millis = map.whole("periodMillis", 20, 5000);
          return millis.isPresent()
              ? Optional.of(Duration.ofMillis((long) millis.getAsDouble()))
              : Optional.empty();
        });
  }

  private Expiry expiry(MappedTags tags) {
    Optional<YamlMap> expiry = root.map("expiry");
    expiry.ifPresent(map -> map.only(EXPIRY));
    boolean told = tags.bindings().containsKey(ChargerTag.SETPOINT_VALID_FOR);
    boolean watchdog = expiry.flatMap(map -> map.word("by", ENDS)).equals(Optional.of("watchdog"));
    if (!watchdog) {
      if (expiry.isPresent() && expiry.get().has("timeoutSeconds")) {
        throw expiry.get().refused("timeoutSeconds", "belongs to by: watchdog.");
      }
      return new Expiry.ValidFor();
    }
    if (told) {
      throw root.refused(
          "tags." + ChargerTag.SETPOINT_VALID_FOR.path(),
          "is not used with expiry by the charger's watchdog; leave one of them out.");
    }
    Duration timeout =
        seconds(expiry, "timeoutSeconds", 0.1, 60)
            .orElseThrow(
                () ->
                    root.missing(
                        "expiry.timeoutSeconds", "from the last beat to no current, 0.1 to 60 s"));
    return new Expiry.Watchdog(timeout);
  }

  private HeartbeatFeed feed(YamlMap map) {
    map.only(FEED);
    NodeAddress node = nodes.required(map);
    Duration period = seconds(Optional.of(map), "periodSeconds", 0.02, 30).orElse(ofSeconds(0.2));
    Optional<WireType> type = map.word("type", TYPES).flatMap(WireType::named);
    OptionalDouble modulo = map.whole("modulo", 2, 4_294_967_296.0);
    long most = type.map(t -> (long) Math.min(t.countsTo() + 1, 0x1p32)).orElse(DEFAULT_MODULO);
    if (type.isPresent() && modulo.isPresent() && modulo.getAsDouble() > most) {
      // The counter would stand still at the type's end, and the watchdog would trip.
      throw map.refuse(
          "modulo",
          (long) modulo.getAsDouble(),
          "2 to " + most + ", which a counter of type " + type.get().typeName() + " can reach",
          null);
    }
    return new HeartbeatFeed(node, type, period, (long) modulo.orElse(most));
  }

  /** Without a heartbeat the values themselves must show that the charger lives. */
  private void requireSignOfLife(TagMapping mapping) {
    if (mapping.bindings().containsKey(ChargerTag.HEARTBEAT)) {
      return;
    }
    for (ChargerTag tag : List.of(ChargerTag.OUTPUT_CURRENT, ChargerTag.BATTERY_VOLTAGE)) {
      TagBinding binding = mapping.bindings().get(tag);
      if (binding != null && binding.details().staleness().isZero()) {
        throw root.missing(
            "tags." + tag.path() + ".stalenessSeconds",
            "a limit, since no heartbeat.read shows that the charger lives");
      }
    }
  }

  private void requireComplete(TagMapping mapping) {
    boolean heats =
        ChargerTag.THERMAL.stream()
            .anyMatch(
                tag -> mapping.bindings().containsKey(tag) || mapping.constants().containsKey(tag));
    for (ChargerTag tag : ChargerTag.values()) {
      if (ChargerTag.CHARGER.contains(tag) || heats && ChargerTag.THERMAL.contains(tag)) {
        try {
          var unused = mapping.require(Set.of(tag));
        } catch (IllegalArgumentException e) {
          throw root.missing(
              "tags." + tag.path(),
              TagMapping.MAY_BE_CONSTANT.contains(tag) ? "node, path or constant" : "node or path");
        }
      }
    }
  }

  private <T> T checked(String name, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw root.refused(name, e);
    }
  }

  private static Optional<Duration> seconds(
      Optional<YamlMap> map, String name, double low, double high) {
    if (map.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble value = map.get().number(name, low, high);
    return value.isPresent() ? Optional.of(ofSeconds(value.getAsDouble())) : Optional.empty();
  }

  static Duration ofSeconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
