package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.client.ToolSession;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.WireType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a mapping names, and where it is on one server.
 *
 * @param points in the order of the tags, words after them
 * @param constants what the charger does not tell
 * @param namespaces the server's
 */
record NodePlan(List<Point> points, Map<ChargerTag, Double> constants, NamespaceTable namespaces) {

  /** What a point is for. */
  enum Use {
    TAG,
    CONNECTED,
    FAULTS,
    FEED
  }

  /**
   * One named node.
   *
   * @param name the tag's path, or the word's place in the mapping
   * @param use what it is for
   * @param index which of several words
   * @param tag the tag; null for words
   * @param binding its binding; null for words
   * @param type the data type that the mapping says it is written in
   * @param node where it is; empty when it is not there
   * @param problem why not
   */
  record Point(
      String name,
      Use use,
      int index,
      @Nullable ChargerTag tag,
      @Nullable TagBinding binding,
      Optional<WireType> type,
      Optional<NodeId> node,
      String problem) {
    /** True when a controller writes it. */
    boolean isWritten() {
      return use == Use.FEED || tag != null && tag.isWritable();
    }
  }

  /** Looks everything up. A heater or cooler that was not asked for may be missing. */
  static NodePlan find(ToolSession session, TagMapping mapping) throws InterruptedException {
    List<Point> points = new ArrayList<>();
    List<Point> thermal = new ArrayList<>();
    for (Map.Entry<ChargerTag, TagBinding> entry : mapping.bindings().entrySet()) {
      ChargerTag tag = entry.getKey();
      TagBinding binding = entry.getValue();
      if (ChargerTag.CLOCK.contains(tag)) {
        continue;
      }
      ToolSession.Located at = session.locate(binding.address(), "Tag '" + tag.path() + "'");
      boolean isThermal = ChargerTag.THERMAL.contains(tag);
      (isThermal ? thermal : points)
          .add(
              new Point(
                  tag.path(),
                  Use.TAG,
                  0,
                  tag,
                  binding,
                  binding.details().writeType(),
                  at.node(),
                  at.problem()));
    }
    if (!mapping.thermalIfPresent()
        || thermal.stream().allMatch(point -> point.node().isPresent())) {
      points.addAll(thermal);
    }
    addWords(session, mapping, points);
    NamespaceTable namespaces =
        session.await(session.client().readNamespaceTableAsync(), "Namespaces cannot be read");
    return new NodePlan(points, mapping.constants(), namespaces);
  }

  private static void addWords(ToolSession session, TagMapping mapping, List<Point> points)
      throws InterruptedException {
    if (mapping.connected().isPresent()) {
      NodeAddress address = mapping.connected().get().address();
      points.add(word(session, "vehicleConnected", Use.CONNECTED, 0, address, Optional.empty()));
    }
    for (int i = 0; i < mapping.faultWords().size(); i++) {
      NodeAddress address = mapping.faultWords().get(i).address();
      points.add(word(session, "faults[" + i + "]", Use.FAULTS, i, address, Optional.empty()));
    }
    Optional<HeartbeatFeed> feed = mapping.link().feed();
    if (feed.isPresent()) {
      points.add(
          word(session, "heartbeat.write", Use.FEED, 0, feed.get().node(), feed.get().type()));
    }
  }

  private static Point word(
      ToolSession session,
      String name,
      Use use,
      int index,
      NodeAddress address,
      Optional<WireType> type)
      throws InterruptedException {
    ToolSession.Located at = session.locate(address, "'" + name + "'");
    return new Point(name, use, index, null, null, type, at.node(), at.problem());
  }

  /** A node's id with the namespace's URI. */
  String idOf(NodeId node) {
    return Shown.plain(node.expanded(namespaces).toParseableString());
  }

  /** The nodes that are there, each once. */
  List<NodeId> nodes() {
    Set<NodeId> nodes = new LinkedHashSet<>();
    points.forEach(point -> point.node().ifPresent(nodes::add));
    return List.copyOf(nodes);
  }
}
