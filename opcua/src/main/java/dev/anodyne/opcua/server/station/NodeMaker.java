package dev.anodyne.opcua.server.station;

import java.util.List;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.nodes.UaDataTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;

/**
 * Makes nodes of one namespace. References are kept in both directions, but for those to types and
 * modelling rules: with thousands of instances their inverse would be a long list that nobody asks
 * for.
 */
final class NodeMaker {
  private static final UInteger NOT_WRITABLE = UInteger.MIN;
  private static final UInteger[] ANY_LENGTH = {UInteger.MIN};

  /** The first bit of the EventNotifier attribute (OPC 10000-3 §8.59). */
  private static final UByte SUBSCRIBE_TO_EVENTS = UByte.valueOf(1);

  private final UaNodeContext context;
  private final UShort namespace;

  NodeMaker(UaNodeContext context, UShort namespace) {
    this.context = context;
    this.namespace = namespace;
  }

  /** The node id of an identifier in this namespace. */
  NodeId id(String identifier) {
    return new NodeId(namespace, identifier);
  }

  /** Whether a node is of this namespace. */
  boolean owns(NodeId id) {
    return namespace.equals(id.getNamespaceIndex());
  }

  /** A browse name in this namespace. */
  QualifiedName name(String name) {
    return new QualifiedName(namespace, name);
  }

  /** A browse name of OPC UA itself. */
  static QualifiedName standardName(String name) {
    return new QualifiedName(UShort.MIN, name);
  }

  NodeId object(NodeId id, QualifiedName name, NodeId type, String description) {
    UaObjectNode node =
        new UaObjectNode(
            context,
            id,
            name,
            shown(name),
            text(description),
            NOT_WRITABLE,
            NOT_WRITABLE,
            UByte.MIN);
    context.getNodeManager().addNode(node);
    refer(id, NodeIds.HasTypeDefinition, type);
    return id;
  }

  /** An object whose events clients may watch. */
  NodeId notifier(NodeId id, QualifiedName name, NodeId type, String description) {
    object(id, name, type, description);
    context
        .getNodeManager()
        .getNode(id)
        .ifPresent(node -> ((UaObjectNode) node).setEventNotifier(SUBSCRIBE_TO_EVENTS));
    return id;
  }

  NodeId objectType(
      NodeId id, QualifiedName name, NodeId superType, boolean isAbstract, String description) {
    UaObjectTypeNode node =
        new UaObjectTypeNode(
            context,
            id,
            name,
            shown(name),
            text(description),
            NOT_WRITABLE,
            NOT_WRITABLE,
            isAbstract);
    context.getNodeManager().addNode(node);
    link(superType, NodeIds.HasSubtype, id);
    return id;
  }

  /** A variable; its value is served from elsewhere, or never. */
  NodeId variable(
      NodeId id, QualifiedName name, VariableSpec<?> spec, NodeId dataType, UByte accessLevel) {
    UaVariableNode node =
        new UaVariableNode(
            context,
            id,
            name,
            shown(name),
            text(spec.description()),
            NOT_WRITABLE,
            NOT_WRITABLE,
            DataValue.valueOnly(Variant.NULL_VALUE),
            dataType,
            spec.kind().isArray() ? ValueRanks.OneDimension : ValueRanks.Scalar,
            spec.kind().isArray() ? ANY_LENGTH : null,
            accessLevel,
            accessLevel,
            0.0,
            spec.historized());
    context.getNodeManager().addNode(node);
    refer(id, NodeIds.HasTypeDefinition, spec.typeDefinition());
    return id;
  }

  /** A property whose value never changes. */
  NodeId property(NodeId owner, NodeId id, QualifiedName name, NodeId dataType, Object value) {
    boolean array = value.getClass().isArray();
    UByte readOnly = AccessLevel.toValue(AccessLevel.READ_ONLY);
    UaVariableNode node =
        new UaVariableNode(
            context,
            id,
            name,
            shown(name),
            LocalizedText.NULL_VALUE,
            NOT_WRITABLE,
            NOT_WRITABLE,
            DataValue.valueOnly(Variant.of(value)),
            dataType,
            array ? ValueRanks.OneDimension : ValueRanks.Scalar,
            array ? new UInteger[] {UInteger.valueOf(((Object[]) value).length)} : null,
            readOnly,
            readOnly,
            -1.0,
            false);
    context.getNodeManager().addNode(node);
    refer(id, NodeIds.HasTypeDefinition, NodeIds.PropertyType);
    link(owner, NodeIds.HasProperty, id);
    return id;
  }

  /** A property of OPC UA itself, with its owner's identifier before its name. */
  NodeId property(NodeId owner, String name, NodeId dataType, Object value) {
    return property(
        owner, id(owner.getIdentifier() + "." + name), standardName(name), dataType, value);
  }

  NodeId method(NodeId id, QualifiedName name, String description) {
    UaMethodNode node =
        new UaMethodNode(
            context,
            id,
            name,
            shown(name),
            text(description),
            NOT_WRITABLE,
            NOT_WRITABLE,
            true,
            true);
    context.getNodeManager().addNode(node);
    return id;
  }

  /** An enumeration whose values are the names' positions. */
  NodeId enumeration(NodeId id, QualifiedName name, String description, Enum<?>[] values) {
    return enumeration(id, id(id.getIdentifier() + ".EnumStrings"), name, description, values);
  }

  /** The same with an id for its list of names. */
  NodeId enumeration(
      NodeId id, NodeId stringsId, QualifiedName name, String description, Enum<?>[] values) {
    EnumField[] fields = new EnumField[values.length];
    LocalizedText[] strings = new LocalizedText[values.length];
    for (int i = 0; i < values.length; i++) {
      strings[i] = shown(values[i].name());
      fields[i] = new EnumField((long) i, strings[i], LocalizedText.NULL_VALUE, values[i].name());
    }
    UaDataTypeNode node =
        new UaDataTypeNode(
            context, id, name, shown(name), text(description), NOT_WRITABLE, NOT_WRITABLE, false);
    node.setDataTypeDefinition(new EnumDefinition(fields));
    context.getNodeManager().addNode(node);
    link(NodeIds.Enumeration, NodeIds.HasSubtype, id);
    property(id, stringsId, standardName("EnumStrings"), NodeIds.LocalizedText, strings);
    return id;
  }

  /** A property that a type declares; instances have their own. */
  void declareProperty(
      NodeId owner, NodeId id, QualifiedName name, NodeId dataType, boolean mandatory) {
    UByte readOnly = AccessLevel.toValue(AccessLevel.READ_ONLY);
    context
        .getNodeManager()
        .addNode(
            new UaVariableNode(
                context,
                id,
                name,
                shown(name),
                LocalizedText.NULL_VALUE,
                NOT_WRITABLE,
                NOT_WRITABLE,
                DataValue.valueOnly(Variant.NULL_VALUE),
                dataType,
                ValueRanks.Scalar,
                null,
                readOnly,
                readOnly,
                -1.0,
                false));
    refer(id, NodeIds.HasTypeDefinition, NodeIds.PropertyType);
    link(owner, NodeIds.HasProperty, id);
    rule(id, mandatory ? NodeIds.ModellingRule_Mandatory : NodeIds.ModellingRule_Optional);
  }

  /** Says whether instances have a node that a type declares. */
  void rule(NodeId id, NodeId modellingRule) {
    refer(id, NodeIds.HasModellingRule, modellingRule);
  }

  /** A reference in both directions. */
  void link(NodeId from, NodeId type, NodeId to) {
    context
        .getNodeManager()
        .addReferences(
            new Reference(from, type, to.expanded(), Reference.Direction.FORWARD),
            context.getNamespaceTable());
  }

  /** A reference that only its source knows. */
  void refer(NodeId from, NodeId type, NodeId to) {
    context
        .getNodeManager()
        .addReference(new Reference(from, type, to.expanded(), Reference.Direction.FORWARD));
  }

  /**
   * Takes away a node, those whose identifiers begin with its own and a dot, and all references
   * from and to them.
   *
   * @param all ids of the nodes that there are
   */
  void remove(String identifier, List<NodeId> all) {
    var manager = context.getNodeManager();
    List<NodeId> gone =
        all.stream()
            .filter(id -> owns(id) && isWithin(String.valueOf(id.getIdentifier()), identifier))
            .toList();
    for (NodeId id : gone) {
      for (Reference reference : List.copyOf(manager.getReferences(id))) {
        manager.removeReferences(reference, context.getNamespaceTable());
      }
    }
    gone.forEach(manager::removeNode);
  }

  private static boolean isWithin(String identifier, String owner) {
    return identifier.startsWith(owner)
        && (identifier.length() == owner.length() || identifier.charAt(owner.length()) == '.');
  }

  private static LocalizedText shown(QualifiedName name) {
    return shown(String.valueOf(name.name()));
  }

  private static LocalizedText shown(String name) {
    return LocalizedText.english(name);
  }

  private static LocalizedText text(String description) {
    return description.isEmpty() ? LocalizedText.NULL_VALUE : LocalizedText.english(description);
  }
}
