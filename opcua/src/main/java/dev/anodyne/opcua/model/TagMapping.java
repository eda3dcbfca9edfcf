package dev.anodyne.opcua.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where and how one model of charger says and takes what the tags mean.
 *
 * @param bindings the node of each tag; tags without one are not used
 * @param constants values, in the tag's unit, of what the charger does not tell
 * @param faultWords numbers that say what is wrong, in place of {@link ChargerTag#FAULTS}
 * @param connected a number that says whether a battery is there, in place of {@link
 *     ChargerTag#VEHICLE_CONNECTED}
 * @param link how the charger wants to be talked to
 * @param forModel made for one model of charger: values outside of a tag's range count as bad, and
 *     a heartbeat or an output voltage that the model does not have may be missing
 * @param thermalIfPresent heater and cooler count when the server has all of their nodes, and none
 *     of them has to be there
 */
public record TagMapping(
    Map<ChargerTag, TagBinding> bindings,
    Map<ChargerTag, Double> constants,
    List<FaultWord> faultWords,
    Optional<ConnectedWord> connected,
    ChargerLink link,
    boolean forModel,
    boolean thermalIfPresent) {

  /** Tags whose value may be a constant: what a charger's data sheet or a battery's says. */
  public static final Set<ChargerTag> MAY_BE_CONSTANT = mayBeConstant();

  /** Tags that a charger may do without: what stands for them is said in another way. */
  private static final Set<ChargerTag> SPARED =
      Set.of(ChargerTag.HEARTBEAT, ChargerTag.OUTPUT_VOLTAGE);

  public TagMapping {
    bindings = Collections.unmodifiableMap(new EnumMap<>(bindings));
    constants = constants.isEmpty() ? Map.of() : Map.copyOf(constants);
    faultWords = List.copyOf(faultWords);
  }

  /** Nodes that carry the tags as they are, spoken to as the bench is. */
  public TagMapping(Map<ChargerTag, TagBinding> bindings) {
    this(bindings, Map.of(), List.of(), Optional.empty(), ChargerLink.PLAIN, false);
  }

  /** What is mapped for a model of charger has to be there, heater and cooler included. */
  public TagMapping(
      Map<ChargerTag, TagBinding> bindings,
      Map<ChargerTag, Double> constants,
      List<FaultWord> faultWords,
      Optional<ConnectedWord> connected,
      ChargerLink link,
      boolean forModel) {
    this(bindings, constants, faultWords, connected, link, forModel, !forModel);
  }

  /** The bench's own address space, read straight from the table of tags. */
  public static TagMapping bench(String chargerId) {
    Map<ChargerTag, TagBinding> bindings = new EnumMap<>(ChargerTag.class);
    for (ChargerTag tag : ChargerTag.values()) {
      bindings.put(tag, TagBinding.of(ChargerTag.NAMESPACE_URI, tag.identifier(chargerId)));
    }
    return new TagMapping(bindings);
  }

  /** The same spoken to in another way. */
  public TagMapping withLink(ChargerLink newLink) {
    return new TagMapping(
        bindings, constants, faultWords, connected, newLink, forModel, thermalIfPresent);
  }

  /**
   * The bench's address space with some tags elsewhere: on somebody's charger, which is therefore
   * held to everything that a mapping for its model would be.
   *
   * @param moved the tags that are elsewhere
   */
  public static TagMapping benchWith(String chargerId, Map<ChargerTag, TagBinding> moved) {
    Map<ChargerTag, TagBinding> bindings = new EnumMap<>(bench(chargerId).bindings());
    bindings.putAll(moved);
    return new TagMapping(
        bindings, Map.of(), List.of(), Optional.empty(), ChargerLink.PLAIN, true, true);
  }

  /** The bindings of these tags; a missing one is an error that names it. */
  public Map<ChargerTag, TagBinding> require(Set<ChargerTag> tags) {
    Map<ChargerTag, TagBinding> required = new EnumMap<>(ChargerTag.class);
    for (ChargerTag tag : tags) {
      TagBinding binding = bindings.get(tag);
      if (binding != null) {
        required.put(tag, binding);
      } else if (!isToldOtherwise(tag)) {
        throw new IllegalArgumentException(
            "Mapping has no node for tag '" + tag.path() + "', which a charger must have.");
      }
    }
    return required;
  }

  /** The bindings of those of these tags that have one. */
  public Map<ChargerTag, TagBinding> known(Set<ChargerTag> tags) {
    Map<ChargerTag, TagBinding> known = new EnumMap<>(ChargerTag.class);
    bindings.forEach(
        (tag, binding) -> {
          if (tags.contains(tag)) {
            known.put(tag, binding);
          }
        });
    return known;
  }

  private static Set<ChargerTag> mayBeConstant() {
    EnumSet<ChargerTag> tags =
        EnumSet.range(ChargerTag.CAP_MIN_VOLTAGE, ChargerTag.BATTERY_MAX_POWER);
    tags.addAll(EnumSet.range(ChargerTag.CAP_MAX_HEATING, ChargerTag.CAP_COOLING_COEFFICIENT));
    return Collections.unmodifiableSet(tags);
  }

  private boolean isToldOtherwise(ChargerTag tag) {
    return constants.containsKey(tag)
        || forModel && SPARED.contains(tag)
        || tag == ChargerTag.FAULTS && !faultWords.isEmpty()
        || tag == ChargerTag.VEHICLE_CONNECTED && connected.isPresent()
        || tag == ChargerTag.SETPOINT_VALID_FOR
            && link.expiry() instanceof ChargerLink.Expiry.Watchdog;
  }
}
