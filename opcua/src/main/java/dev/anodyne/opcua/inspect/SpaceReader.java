package dev.anodyne.opcua.inspect;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.client.ToolSession;
import dev.anodyne.opcua.inspect.SpaceNode.Kind;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.ValueRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.jspecify.annotations.Nullable;

/** Reads an address space once. Requests are kept small: devices bound what one may ask for. */
final class SpaceReader {
  private static final int NODES_PER_BROWSE = 50;
  private static final int VALUES_PER_READ = 100;

  /** Objects, variables and methods. */
  private static final int CLASSES =
      NodeClass.Object.getValue() | NodeClass.Variable.getValue() | NodeClass.Method.getValue();

  private static final int EVERYTHING = 63;
  private static final int CURRENT_WRITE = 0x02;

  private final ToolSession session;
  private final AddressSpace.Extent extent;
  private final NamespaceTable namespaces;
  private final Set<NodeId> seen = new HashSet<>();
  private boolean complete = true;

  SpaceReader(ToolSession session, AddressSpace.Extent extent) throws InterruptedException {
    this.session = session;
    this.extent = extent;
    this.namespaces =
        session.await(session.client().readNamespaceTableAsync(), "Namespaces cannot be read");
  }

  /** A node while its surroundings are being found. */
  private static final class Draft {
    final NodeId node;
    final List<NodeAddress.Step> path;
    final Kind kind;
    final List<Draft> children = new ArrayList<>();
    @Nullable NodeId unit;
    @Nullable NodeId range;
    boolean cut;

    Draft(NodeId node, List<NodeAddress.Step> path, Kind kind) {
      this.node = node;
      this.path = path;
      this.kind = kind;
    }
  }

  AddressSpace read() throws InterruptedException {
    Draft root = new Draft(NodeIds.ObjectsFolder, List.of(), Kind.OBJECT);
    seen.add(root.node);
    List<Draft> variables = new ArrayList<>();
    List<Draft> level = List.of(root);
    while (!level.isEmpty()) {
      List<Draft> next = new ArrayList<>();
      for (int from = 0; from < level.size(); from += NODES_PER_BROWSE) {
        browse(level.subList(from, Math.min(level.size(), from + NODES_PER_BROWSE)), next);
      }
      next.stream().filter(draft -> draft.kind == Kind.VARIABLE).forEach(variables::add);
      level = next;
    }
    Map<NodeId, SpaceNode.Variable> facts = facts(variables);
    List<SpaceNode> nodes = new ArrayList<>();
    for (Draft draft : root.children) {
      nodes.add(finished(draft, facts));
    }
    return new AddressSpace(Arrays.asList(namespaces.toArray()), nodes, complete);
  }

  /** The facts of some variables, wherever they stand. */
  static Map<NodeId, SpaceNode.Variable> factsOf(ToolSession session, Collection<NodeId> nodes)
      throws InterruptedException {
    SpaceReader reader = new SpaceReader(session, new AddressSpace.Extent(0, 0, false));
    List<Draft> drafts =
        nodes.stream().map(node -> new Draft(node, List.of(), Kind.VARIABLE)).toList();
    for (int from = 0; from < drafts.size(); from += NODES_PER_BROWSE) {
      reader.browse(
          drafts.subList(from, Math.min(drafts.size(), from + NODES_PER_BROWSE)),
          new ArrayList<>());
    }
    return reader.facts(drafts);
  }

  private void browse(List<Draft> level, List<Draft> next) throws InterruptedException {
    List<BrowseDescription> asked =
        level.stream()
            .map(
                draft ->
                    new BrowseDescription(
                        draft.node,
                        BrowseDirection.Forward,
                        NodeIds.HierarchicalReferences,
                        true,
                        uint(CLASSES),
                        uint(EVERYTHING)))
            .toList();
    List<BrowseResult> results =
        session.await(session.client().browseAsync(asked), "The server cannot be browsed");
    for (int i = 0; i < level.size(); i++) {
      for (ReferenceDescription reference : all(results.get(i))) {
        take(level.get(i), reference, next);
      }
    }
  }

  /** What a node refers to, in as many answers as the server makes of it. */
  private List<ReferenceDescription> all(BrowseResult first) throws InterruptedException {
    List<ReferenceDescription> all = new ArrayList<>();
    BrowseResult result = first;
    while (true) {
      ReferenceDescription[] references = result.getReferences();
      if (references != null) {
        all.addAll(Arrays.asList(references));
      }
      ByteString more = result.getContinuationPoint();
      if (more == null || more.isNullOrEmpty()) {
        return all;
      }
      BrowseResult[] rest =
          session
              .await(
                  session.client().browseNextAsync(false, List.of(more)),
                  "The server cannot be browsed")
              .getResults();
      if (rest == null || rest.length == 0) {
        return all;
      }
      result = rest[0];
    }
  }

  private void take(Draft parent, ReferenceDescription reference, List<Draft> next) {
    Optional<NodeId> found = reference.getNodeId().toNodeId(namespaces);
    if (found.isEmpty()) {
      return; // on another server
    }
    NodeId node = found.get();
    QualifiedName name = reference.getBrowseName();
    if (NodeIds.HasProperty.equals(reference.getReferenceTypeId())) {
      if ("EngineeringUnits".equals(name.name())) {
        parent.unit = node;
      } else if ("EURange".equals(name.name())) {
        parent.range = node;
      }
      return;
    }
    if (!extent.standard() && node.getNamespaceIndex().intValue() == 0 || seen.contains(node)) {
      return;
    }
    if (parent.path.size() >= extent.depth() || seen.size() > extent.nodes()) {
      parent.cut = true;
      complete = false;
      return;
    }
    seen.add(node);
    List<NodeAddress.Step> path = new ArrayList<>(parent.path);
    path.add(
        new NodeAddress.Step(uri(name.namespaceIndex().intValue()), String.valueOf(name.name())));
    Draft draft = new Draft(node, path, kind(reference.getNodeClass()));
    parent.children.add(draft);
    next.add(draft);
  }

  private String uri(int index) {
    String[] uris = namespaces.toArray();
    return index < uris.length ? uris[index] : "";
  }

  private static Kind kind(NodeClass nodeClass) {
    return switch (nodeClass) {
      case Variable -> Kind.VARIABLE;
      case Method -> Kind.METHOD;
      default -> Kind.OBJECT;
    };
  }

  private Map<NodeId, SpaceNode.Variable> facts(List<Draft> variables) throws InterruptedException {
    List<ReadValueId> asked = new ArrayList<>();
    for (Draft draft : variables) {
      asked.add(attribute(draft.node, AttributeId.Value));
      asked.add(attribute(draft.node, AttributeId.DataType));
      asked.add(attribute(draft.node, AttributeId.ValueRank));
      asked.add(attribute(draft.node, AttributeId.UserAccessLevel));
      // A node that is not there is asked for its value all the same: the places stay in order.
      asked.add(attribute(draft.unit == null ? NodeId.NULL_VALUE : draft.unit, AttributeId.Value));
      asked.add(
          attribute(draft.range == null ? NodeId.NULL_VALUE : draft.range, AttributeId.Value));
    }
    List<DataValue> answers = values(asked);
    Map<NodeId, String> types = typeNames(answers);
    Map<NodeId, SpaceNode.Variable> facts = new HashMap<>();
    for (int i = 0; i < variables.size(); i++) {
      List<DataValue> own = answers.subList(6 * i, 6 * i + 6);
      Object type = own.get(1).value().value();
      facts.put(
          variables.get(i).node,
          new SpaceNode.Variable(
              type instanceof NodeId id ? types.getOrDefault(id, "") : "",
              own.get(2).value().value() instanceof Integer rank && rank >= 0,
              own.get(3).value().value() instanceof Number level
                  && (level.intValue() & CURRENT_WRITE) != 0,
              structure(own.get(4), EUInformation.class),
              structure(own.get(5), Range.class).flatMap(SpaceReader::range),
              own.get(0)));
    }
    return facts;
  }

  /** Names of data types: the standard's, else the browse names of their nodes. */
  private Map<NodeId, String> typeNames(List<DataValue> answers) throws InterruptedException {
    Map<NodeId, String> names = new HashMap<>();
    List<NodeId> others = new ArrayList<>();
    for (int i = 1; i < answers.size(); i += 6) {
      if (answers.get(i).value().value() instanceof NodeId type && !names.containsKey(type)) {
        OpcUaDataType standard = OpcUaDataType.fromNodeId(type);
        names.put(type, standard == null ? "" : standard.name());
        if (standard == null) {
          others.add(type);
        }
      }
    }
    List<DataValue> told =
        values(others.stream().map(type -> attribute(type, AttributeId.BrowseName)).toList());
    for (int i = 0; i < others.size(); i++) {
      if (told.get(i).value().value() instanceof QualifiedName name) {
        names.put(others.get(i), Shown.plain(name.name()));
      }
    }
    return names;
  }

  private List<DataValue> values(List<ReadValueId> asked) throws InterruptedException {
    List<DataValue> all = new ArrayList<>();
    for (int from = 0; from < asked.size(); from += VALUES_PER_READ) {
      List<ReadValueId> part = asked.subList(from, Math.min(asked.size(), from + VALUES_PER_READ));
      DataValue[] results =
          session
              .await(
                  session.client().readAsync(0.0, TimestampsToReturn.Source, part),
                  "Nodes cannot be read")
              .getResults();
      all.addAll(Arrays.asList(results));
    }
    return all;
  }

  private static ReadValueId attribute(NodeId node, AttributeId attribute) {
    return new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE);
  }

  private <T> Optional<T> structure(DataValue value, Class<T> type) {
    if (!(value.value().value() instanceof ExtensionObject object)) {
      return Optional.empty();
    }
    try {
      Object decoded = object.decode(session.client().getStaticEncodingContext());
      return type.isInstance(decoded) ? Optional.of(type.cast(decoded)) : Optional.empty();
    } catch (UaSerializationException e) {
      return Optional.empty(); // not the standard's structure: it says nothing
    }
  }

  private static Optional<ValueRange> range(Range range) {
    double low = range.getLow();
    double high = range.getHigh();
    return low <= high ? Optional.of(new ValueRange(low, high)) : Optional.empty();
  }

  private SpaceNode finished(Draft draft, Map<NodeId, SpaceNode.Variable> facts) {
    List<SpaceNode> children = new ArrayList<>();
    for (Draft child : draft.children) {
      children.add(finished(child, facts));
    }
    return new SpaceNode(
        draft.node.expanded(namespaces),
        draft.path,
        draft.kind,
        Optional.ofNullable(facts.get(draft.node)),
        children,
        draft.cut);
  }
}
