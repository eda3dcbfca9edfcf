package dev.anodyne.controller.config;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerLink.Expiry;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import dev.anodyne.opcua.model.ChargerLink.Mode;
import dev.anodyne.opcua.model.ChargerLink.OnReconnect;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.ConnectedWord;
import dev.anodyne.opcua.model.FaultWord;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.WireType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

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
  static final List<String> FEED = with(NodeReader.KEYS, "type", "periodSeconds", "modulo");
  static final List<String> CONNECTED = with(NodeReader.KEYS, "mask", "values");
  static final List<String> FAULTS = with(NodeReader.KEYS, "bits", "ignore", "codes");
  static final List<String> MODES = List.of("subscribe", "poll");
  static final List<String> ENDS = List.of("validFor", "watchdog");
  static final List<String> FIRST = List.of("zero", "wait");
  static final List<String> TYPES =
      Arrays.stream(WireType.values()).map(WireType::typeName).toList();
  static final List<String> FAULT_NAMES =
      Arrays.stream(ChargerFault.values()).map(Enum::name).toList();

  /** In codes: this number says that all is well. */
  static final String NO_FAULT = "none";

  static final int MOST_WORDS = 8;
  static final int MOST_VALUES = 32;
  static final double USUAL_CONFIRM_SECONDS = 0.5;

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
    YamlMap root = YamlFile.read(path).asMap();
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
    Optional<ConnectedWord> connected = connected(tags);
    List<FaultWord> faults = faults(tags);
    ChargerLink made = link(link, expiry(tags), heartbeat.flatMap(map -> map.map("write")));
    TagMapping mapping =
        new TagMapping(tags.bindings(), tags.constants(), faults, connected, made, true);
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
    Duration confirm =
        seconds(link, "confirmSeconds", 0.05, 10).orElse(ofSeconds(USUAL_CONFIRM_SECONDS));
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
    long most = type.map(t -> (long) Math.min(t.highest() + 1, 0x1p32)).orElse(DEFAULT_MODULO);
    return new HeartbeatFeed(node, type, period, (long) modulo.orElse(most));
  }

  private Optional<ConnectedWord> connected(MappedTags tags) {
    Optional<YamlMap> found = root.map("vehicleConnected");
    requireOneForm("vehicleConnected", found.isPresent(), tags, ChargerTag.VEHICLE_CONNECTED);
    return found.map(
        map -> {
          map.only(CONNECTED);
          NodeAddress node = nodes.required(map);
          long mask = map.bits("mask").orElse(-1L);
          List<Long> values = map.bitsList("values", MOST_VALUES);
          if (values.isEmpty() && !map.has("mask")) {
            throw root.missing(
                "vehicleConnected.mask",
                "the bits that are set when a battery is there, or values");
          }
          Set<Long> allowed = values.isEmpty() ? Set.of(mask) : Set.copyOf(values);
          try {
            return new ConnectedWord(node, mask, allowed);
          } catch (IllegalArgumentException e) {
            throw map.refused("values", e);
          }
        });
  }

  private List<FaultWord> faults(MappedTags tags) {
    requireOneForm("faults", root.has("faults"), tags, ChargerTag.FAULTS);
    List<FaultWord> words = new ArrayList<>();
    for (YamlMap map : root.maps("faults", MOST_WORDS)) {
      map.only(FAULTS);
      NodeAddress node = nodes.required(map);
      if (map.has("bits") == map.has("codes")) {
        throw map.missing("bits", "either bits or codes");
      }
      words.add(map.has("bits") ? bits(map, node) : codes(map, node));
    }
    return words;
  }

  private static FaultWord bits(YamlMap map, NodeAddress node) {
    Map<Long, ChargerFault> faults = new HashMap<>();
    YamlMap bits = map.map("bits").orElseThrow();
    for (String mask : bits.names()) {
      String fault = bits.word(mask, FAULT_NAMES).orElseThrow();
      faults.put(number(bits, mask), ChargerFault.valueOf(fault));
    }
    return new FaultWord.Bits(node, faults, map.bits("ignore").orElse(0L));
  }

  private static FaultWord codes(YamlMap map, NodeAddress node) {
    if (map.has("ignore")) {
      throw map.refused("ignore", "belongs to bits; a code that means nothing is none.");
    }
    Map<Long, Optional<ChargerFault>> faults = new HashMap<>();
    YamlMap codes = map.map("codes").orElseThrow();
    for (String code : codes.names()) {
      String fault = codes.word(code, with(List.of(NO_FAULT), FAULT_NAMES)).orElseThrow();
      faults.put(
          number(codes, code),
          fault.equals(NO_FAULT) ? Optional.empty() : Optional.of(ChargerFault.valueOf(fault)));
    }
    return new FaultWord.Codes(node, faults);
  }

  private static long number(YamlMap map, String key) {
    try {
      return Long.decode(key);
    } catch (NumberFormatException e) {
      throw map.refused(key, "is not a whole number such as 4 or 0x0004.");
    }
  }

  private void requireOneForm(String key, boolean hasWord, MappedTags tags, ChargerTag tag) {
    boolean hasTag = tags.bindings().containsKey(tag);
    if (hasWord == hasTag) {
      String allowed = "either " + key + " or tags." + tag.path();
      throw hasTag
          ? root.refused(key, "stands twice; allowed: " + allowed + ".")
          : root.missing(key, allowed);
    }
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

  private static List<String> with(List<String> first, String... more) {
    return with(first, List.of(more));
  }

  private static List<String> with(List<String> first, List<String> more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(more);
    return List.copyOf(all);
  }
}
