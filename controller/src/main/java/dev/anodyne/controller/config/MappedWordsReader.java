package dev.anodyne.controller.config;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.ConnectedWord;
import dev.anodyne.opcua.model.FaultWord;
import dev.anodyne.opcua.model.NodeAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the blocks {@code vehicleConnected} and {@code faults} of a mapping file. */
final class MappedWordsReader {
  static final List<String> CONNECTED =
      Stream.concat(NodeReader.KEYS.stream(), Stream.of("mask", "values")).toList();
  static final List<String> FAULTS =
      Stream.concat(NodeReader.KEYS.stream(), Stream.of("bits", "ignore", "codes")).toList();
  static final List<String> FAULT_NAMES =
      Arrays.stream(ChargerFault.values()).map(Enum::name).toList();

  /** In codes: this number says that all is well. */
  static final String NO_FAULT = "none";

  static final List<String> CODE_NAMES =
      Stream.concat(Stream.of(NO_FAULT), FAULT_NAMES.stream()).toList();
  static final int MOST_WORDS = 8;
  static final int MOST_VALUES = 32;

  private final YamlMap root;
  private final NodeReader nodes;
  private final MappedTags tags;

  MappedWordsReader(YamlMap root, NodeReader nodes, MappedTags tags) {
    this.root = root;
    this.nodes = nodes;
    this.tags = tags;
  }

  /** The word that says whether a battery is there; empty when a tag does. */
  Optional<ConnectedWord> connected() {
    Optional<YamlMap> found = root.map("vehicleConnected");
    requireOneForm("vehicleConnected", found.isPresent(), ChargerTag.VEHICLE_CONNECTED);
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

  /** The words that say what is wrong; none when a tag does. */
  List<FaultWord> faults() {
    requireOneForm("faults", root.has("faults"), ChargerTag.FAULTS);
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
      String fault = codes.word(code, CODE_NAMES).orElseThrow();
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

  private void requireOneForm(String key, boolean hasWord, ChargerTag tag) {
    boolean hasTag = tags.bindings().containsKey(tag);
    if (hasWord == hasTag) {
      String allowed = "either " + key + " or tags." + tag.path();
      throw hasTag
          ? root.refused(key, "stands twice; allowed: " + allowed + ".")
          : root.missing(key, allowed);
    }
  }
}
