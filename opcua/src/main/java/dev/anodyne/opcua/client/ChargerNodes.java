package dev.anodyne.opcua.client;

import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagType;
import dev.anodyne.opcua.model.WireType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * The nodes of a mapping as they are on one server in one session, and the data types in which it
 * takes what is written.
 *
 * @param read the nodes that are read, in the plan's order
 * @param written the nodes that are written
 * @param types the data type of each of those
 * @param feed the heartbeat that is written, if any
 */
record ChargerNodes(
    List<NodeId> read,
    Map<ChargerTag, NodeId> written,
    Map<ChargerTag, WireType> types,
    Optional<Feed> feed) {

  /** What the rounding of scale and offset may leave of zero, A or W: nothing that acts. */
  private static final double ROUNDING = 1e-6;

  /** Where the heartbeat goes, and as what. */
  record Feed(NodeId node, WireType type) {}

  /**
   * Finds all nodes and holds the mapping against what the server says about them.
   *
   * @throws LinkException when something is not there, or is not what the mapping says
   */
  static ChargerNodes find(OpcUaClient client, TagPlan plan, Patience patience)
      throws LinkException, InterruptedException {
    Map<NodeAddress, NodeId> found =
        patience.await(NodeFinder.find(client, wanted(plan)), "Tags cannot be looked up").orThrow();
    List<NodeId> read = plan.addresses().stream().map(found::get).toList();
    Map<ChargerTag, NodeId> written = new EnumMap<>(ChargerTag.class);
    List<NodeCheck.Measured> checked = new ArrayList<>();
    plan.bindings()
        .forEach(
            (tag, binding) -> {
              NodeId node = Objects.requireNonNull(found.get(binding.address()));
              if (tag.isWritable()) {
                written.put(tag, node);
              }
              if (binding.details().checksUnit()) {
                checked.add(new NodeCheck.Measured(tag, binding, node));
              }
            });
    String mismatch = patience.await(NodeCheck.units(client, checked), "Units cannot be looked up");
    if (!mismatch.isEmpty()) {
      throw new LinkException(mismatch);
    }
    Optional<NodeId> feed = plan.mapping().link().feed().map(HeartbeatFeed::node).map(found::get);
    return typed(client, plan, patience, read, written, feed);
  }

  private static ChargerNodes typed(
      OpcUaClient client,
      TagPlan plan,
      Patience patience,
      List<NodeId> read,
      Map<ChargerTag, NodeId> written,
      Optional<NodeId> feed)
      throws LinkException, InterruptedException {
    Map<ChargerTag, WireType> types = new EnumMap<>(ChargerTag.class);
    if (!plan.mapping().forModel()) {
      written.keySet().forEach(tag -> types.put(tag, own(tag.type())));
      return new ChargerNodes(read, written, types, Optional.empty());
    }
    List<ChargerTag> tags = List.copyOf(written.keySet());
    List<NodeId> asked = new ArrayList<>(written.values());
    feed.ifPresent(asked::add);
    List<Optional<WireType>> told =
        patience.await(NodeCheck.dataTypes(client, asked), "Data types cannot be looked up");
    for (int i = 0; i < tags.size(); i++) {
      TagBinding binding = Objects.requireNonNull(plan.bindings().get(tags.get(i)));
      WireType type =
          agreed("Tag '" + tags.get(i).path() + "'", binding.details().writeType(), told.get(i));
      requireZero(tags.get(i), binding, type);
      types.put(tags.get(i), type);
    }
    Optional<HeartbeatFeed> beat = plan.mapping().link().feed();
    Optional<Feed> fed = Optional.empty();
    if (feed.isPresent() && beat.isPresent()) {
      fed = Optional.of(new Feed(feed.get(), feedType(beat.get(), told.get(told.size() - 1))));
    }
    return new ChargerNodes(read, written, types, fed);
  }

  /**
   * The data type in which the heartbeat is written.
   *
   * @throws LinkException when its counter would stand still at the type's end
   */
  static WireType feedType(HeartbeatFeed feed, Optional<WireType> told) throws LinkException {
    WireType type = agreed("The written heartbeat", feed.type(), told);
    if (feed.modulo() - 1 > type.countsTo()) {
      throw new LinkException(
          String.format(
              Locale.ROOT,
              "The written heartbeat counts to %d, but %s counts to %.0f only: it would stand"
                  + " still there.%nMaybe heartbeat.write must say type: %s, or a smaller modulo.",
              feed.modulo() - 1,
              type.typeName(),
              type.countsTo(),
              type.typeName()));
    }
    return type;
  }

  /** A charger that is told no current, or no heat, must not be told some. */
  static void requireZero(ChargerTag tag, TagBinding binding, WireType type) throws LinkException {
    if (tag != ChargerTag.SETPOINT_CURRENT && tag != ChargerTag.SETPOINT_HEAT) {
      return;
    }
    Object wire = binding.toWire(0, type);
    double means = binding.fromRaw(((Number) wire).doubleValue());
    if (!(Math.abs(means) <= ROUNDING)) {
      throw new LinkException(
          "Tag '"
              + tag.path()
              + "' cannot say 0 "
              + tag.unit().symbol()
              + ": the nearest that its "
              + type.typeName()
              + " can carry is "
              + wire
              + ", which means "
              + (float) means
              + " "
              + tag.unit().symbol()
              + ".\nMaybe its offset in the mapping is wrong.");
    }
  }

  /** The mapping's type, unless the server says another; the server's, unless it says none. */
  private static WireType agreed(String name, Optional<WireType> mapped, Optional<WireType> told)
      throws LinkException {
    if (mapped.isPresent() && told.isPresent() && mapped.get() != told.get()) {
      throw new LinkException(
          name
              + " is "
              + told.get().typeName()
              + " on the server, but "
              + mapped.get().typeName()
              + " in the mapping.\nMaybe the mapping belongs to another charger model.");
    }
    Optional<WireType> type = mapped.or(() -> told);
    if (type.isEmpty()) {
      throw new LinkException(
          name
              + " has no data type on the server that numbers go out in.\nMaybe type: must be set"
              + " in the mapping.");
    }
    return type.get();
  }

  private static WireType own(TagType type) {
    return switch (type) {
      case UINT32 -> WireType.UINT32;
      case INT64 -> WireType.INT64;
      case DOUBLE -> WireType.DOUBLE;
      case BOOLEAN, STRING_ARRAY ->
          throw new IllegalArgumentException("A " + type + " cannot carry a number.");
    };
  }

  private static List<NodeFinder.Wanted> wanted(TagPlan plan) {
    List<NodeFinder.Wanted> wanted = new ArrayList<>();
    for (int point = 0; point < plan.addresses().size(); point++) {
      wanted.add(new NodeFinder.Wanted(plan.addresses().get(point), plan.nameOf(point)));
    }
    plan.bindings()
        .forEach(
            (tag, binding) -> {
              if (tag.isWritable()) {
                wanted.add(new NodeFinder.Wanted(binding.address(), "Tag '" + tag.path() + "'"));
              }
            });
    plan.mapping()
        .link()
        .feed()
        .ifPresent(feed -> wanted.add(new NodeFinder.Wanted(feed.node(), "The written heartbeat")));
    return wanted;
  }
}
