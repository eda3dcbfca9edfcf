package dev.anodyne.opcua.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Which node of a server carries which tag.
 *
 * @param bindings the node of each tag; tags without one are not used
 */
public record TagMapping(Map<ChargerTag, TagBinding> bindings) {
  public TagMapping {
    bindings = Collections.unmodifiableMap(new EnumMap<>(bindings));
  }

  /** The bench's own address space, read straight from the table of tags. */
  public static TagMapping bench(String chargerId) {
    Map<ChargerTag, TagBinding> bindings = new EnumMap<>(ChargerTag.class);
    for (ChargerTag tag : ChargerTag.values()) {
      bindings.put(tag, TagBinding.of(ChargerTag.NAMESPACE_URI, tag.identifier(chargerId)));
    }
    return new TagMapping(bindings);
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

  /** The bindings of these tags; a missing one is an error that names it. */
  public Map<ChargerTag, TagBinding> require(Set<ChargerTag> tags) {
    Map<ChargerTag, TagBinding> required = new EnumMap<>(ChargerTag.class);
    for (ChargerTag tag : tags) {
      TagBinding binding = bindings.get(tag);
      if (binding == null) {
        throw new IllegalArgumentException(
            "Mapping has no node for tag '" + tag.path() + "', which a charger must have.");
      }
      required.put(tag, binding);
    }
    return required;
  }
}
