package dev.anodyne.opcua.server;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.TagType;
import dev.anodyne.opcua.model.ValueRange;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * Builds the nodes of tags: objects for each part of the path, a variable at its end, and for
 * quantities the properties {@code EURange} and {@code EngineeringUnits} of an AnalogUnitRangeType.
 */
final class TagNodes {
  private final UaNodeContext context;
  private final UShort namespace;
  private final String chargerId;
  private final Map<String, UaObjectNode> objects = new HashMap<>();

  TagNodes(UaNodeContext context, UShort namespace, String chargerId) {
    this.context = context;
    this.namespace = namespace;
    this.chargerId = chargerId;
  }

  NodeId add(ChargerTag tag, ValueRange range) {
    String identifier = tag.identifier(chargerId);
    boolean analog = tag.unit() != EngineeringUnit.ONE;
    UaVariableNode node =
        variable(
            identifier,
            tag.type().dataType(),
            analog ? NodeIds.AnalogUnitRangeType : NodeIds.BaseDataVariableType);
    if (tag.type() == TagType.STRING_ARRAY) {
      node.setValueRank(ValueRanks.OneDimension);
      node.setArrayDimensions(new UInteger[] {UInteger.valueOf(0)});
    }
    if (tag.isWritable()) {
      node.setAccessLevel(AccessLevel.toValue(AccessLevel.READ_WRITE));
      node.setUserAccessLevel(AccessLevel.toValue(AccessLevel.READ_WRITE));
    }
    parentOf(identifier).addComponent(node);
    if (analog) {
      property(node, "EURange", NodeIds.Range, range.toEuRange());
      property(node, "EngineeringUnits", NodeIds.EUInformation, tag.unit().toEuInformation());
    }
    return node.getNodeId();
  }

  private UaVariableNode variable(String identifier, NodeId dataType, NodeId typeDefinition) {
    return new UaVariableNode.UaVariableNodeBuilder(context)
        .setNodeId(new NodeId(namespace, identifier))
        .setBrowseName(new QualifiedName(namespace, lastPart(identifier)))
        .setDisplayName(LocalizedText.english(lastPart(identifier)))
        .setDataType(dataType)
        .setTypeDefinition(typeDefinition)
        .setAccessLevel(AccessLevel.READ_ONLY)
        .setUserAccessLevel(AccessLevel.READ_ONLY)
        .setMinimumSamplingInterval(0.0)
        .buildAndAdd();
  }

  private void property(UaVariableNode owner, String name, NodeId dataType, Object value) {
    UaVariableNode node =
        new UaVariableNode.UaVariableNodeBuilder(context)
            .setNodeId(new NodeId(namespace, owner.getNodeId().getIdentifier() + "." + name))
            .setBrowseName(new QualifiedName(UShort.MIN, name))
            .setDisplayName(LocalizedText.english(name))
            .setDataType(dataType)
            .setTypeDefinition(NodeIds.PropertyType)
            .setAccessLevel(AccessLevel.READ_ONLY)
            .setUserAccessLevel(AccessLevel.READ_ONLY)
            .setValue(new DataValue(Variant.of(value)))
            .buildAndAdd();
    link(owner, NodeIds.HasProperty, node);
  }

  private UaObjectNode parentOf(String identifier) {
    int dot = identifier.lastIndexOf('.');
    return object(identifier.substring(0, dot));
  }

  private UaObjectNode object(String identifier) {
    UaObjectNode known = objects.get(identifier);
    if (known != null) {
      return known;
    }
    UaObjectNode node =
        UaObjectNode.builder(context)
            .setNodeId(new NodeId(namespace, identifier))
            .setBrowseName(new QualifiedName(namespace, lastPart(identifier)))
            .setDisplayName(LocalizedText.english(lastPart(identifier)))
            .setTypeDefinition(NodeIds.BaseObjectType)
            .buildAndAdd();
    objects.put(identifier, node);
    if (identifier.indexOf('.') < 0) {
      node.addReference(
          new Reference(
              node.getNodeId(),
              NodeIds.Organizes,
              NodeIds.ObjectsFolder.expanded(),
              Reference.Direction.INVERSE));
    } else {
      parentOf(identifier).addComponent(node);
    }
    return node;
  }

  private static void link(UaNode from, NodeId type, UaNode to) {
    from.addReference(
        new Reference(
            from.getNodeId(), type, to.getNodeId().expanded(), Reference.Direction.FORWARD));
    to.addReference(
        new Reference(
            to.getNodeId(), type, from.getNodeId().expanded(), Reference.Direction.INVERSE));
  }

  private static String lastPart(String identifier) {
    return identifier.substring(identifier.lastIndexOf('.') + 1);
  }
}
