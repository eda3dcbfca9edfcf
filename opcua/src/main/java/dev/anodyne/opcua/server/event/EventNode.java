package dev.anodyne.opcua.server.event;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.nodes.ObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * An event, or a condition: the library selects its fields by their names and its type. Here both
 * are at hand; the library's own nodes would search the whole address space for each field of each
 * event for each client. An event that only passes by need not be in the address space at all.
 */
public final class EventNode extends BaseEventTypeNode {
  private final ObjectTypeNode type;
  private final List<? extends UaNode> fields;

  /**
   * An event or condition.
   *
   * @param id of a condition, or any for an event that passes by
   * @param name its browse name
   * @param type id of its type, which the server must have
   * @param fields in any order
   */
  public EventNode(
      UaNodeContext context,
      NodeId id,
      QualifiedName name,
      String description,
      NodeId type,
      List<? extends UaNode> fields) {
    super(
        context,
        id,
        name,
        LocalizedText.english(String.valueOf(name.name())),
        description.isEmpty() ? LocalizedText.NULL_VALUE : LocalizedText.english(description),
        UInteger.MIN,
        UInteger.MIN,
        null,
        null,
        null,
        UByte.MIN);
    this.type = type(context.getServer(), type);
    this.fields = List.copyOf(fields);
  }

  @Override
  public ObjectTypeNode getTypeDefinitionNode() {
    return type;
  }

  @Override
  public Optional<UaNode> findNode(
      QualifiedName name, Predicate<UaNode> nodes, Predicate<Reference> references) {
    Optional<UaNode> found = find(fields, name);
    return found.isPresent() ? found : Optional.ofNullable(WhereFields.field(name, this));
  }

  static Optional<UaNode> find(List<? extends UaNode> nodes, QualifiedName name) {
    for (UaNode node : nodes) {
      if (node.getBrowseName().equals(name)) {
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  private static ObjectTypeNode type(OpcUaServer server, NodeId id) {
    return server
        .getAddressSpaceManager()
        .getManagedNode(id)
        .filter(ObjectTypeNode.class::isInstance)
        .map(ObjectTypeNode.class::cast)
        .orElseThrow(() -> new IllegalArgumentException(id + " is no type of events here."));
  }
}
