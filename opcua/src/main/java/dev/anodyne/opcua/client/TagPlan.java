package dev.anodyne.opcua.client;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.ConnectedWord;
import dev.anodyne.opcua.model.FaultWord;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a server have to be read for some tags, each once: a word of status bits may say
 * several things. A node's place in the list is its point.
 */
final class TagPlan {
  private final TagMapping mapping;
  private final Map<ChargerTag, TagBinding> bindings;
  private final List<NodeAddress> addresses = new ArrayList<>();
  private final Map<ChargerTag, Integer> points = new EnumMap<>(ChargerTag.class);
  private final List<Integer> faultPoints = new ArrayList<>();
  private final int connectedPoint;

  /**
   * Plans what is read for these tags.
   *
   * @throws IllegalArgumentException when the mapping says nothing about one of them
   */
  TagPlan(TagMapping mapping, Set<ChargerTag> tags) {
    this.mapping = mapping;
    this.bindings = mapping.require(tags);
    bindings.forEach(
        (tag, binding) -> {
          if (!tag.isWritable()) {
            points.put(tag, point(binding.address()));
          }
        });
    for (FaultWord word : mapping.faultWords()) {
      faultPoints.add(point(word.address()));
    }
    connectedPoint = mapping.connected().map(word -> point(word.address())).orElse(-1);
  }

  /** The nodes that are read; a point is a place in this list. */
  List<NodeAddress> addresses() {
    return addresses;
  }

  /** The tags with a node of their own, written ones included. */
  Map<ChargerTag, TagBinding> bindings() {
    return bindings;
  }

  /** The point of each tag that is read from a node of its own. */
  Map<ChargerTag, Integer> points() {
    return points;
  }

  /** What is mapped. */
  TagMapping mapping() {
    return mapping;
  }

  /** The points of the words of faults, in the mapping's order. */
  List<Integer> faultPoints() {
    return faultPoints;
  }

  /** The point of the word that says whether a battery is there; −1 when there is none. */
  int connectedPoint() {
    return connectedPoint;
  }

  /** The connection's word; empty when a tag of its own says it. */
  Optional<ConnectedWord> connected() {
    return mapping.connected();
  }

  /** The first tag that is read from this point, for messages; null when only words are. */
  @Nullable ChargerTag tagOf(int point) {
    for (Map.Entry<ChargerTag, Integer> entry : points.entrySet()) {
      if (entry.getValue() == point) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** What a point stands for, for messages. */
  String nameOf(int point) {
    ChargerTag tag = tagOf(point);
    if (tag != null) {
      return "Tag '" + tag.path() + "'";
    }
    return point == connectedPoint ? "The word 'vehicleConnected'" : "A word of 'faults'";
  }

  private int point(NodeAddress address) {
    int known = addresses.indexOf(address);
    if (known >= 0) {
      return known;
    }
    addresses.add(address);
    return addresses.size() - 1;
  }
}
