package dev.anodyne.opcua.server.station;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.UaNodeManager;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a station's conditions, which are made for whoever asks. Kept, those of a thousand
 * chargers' alarms would take half a gigabyte.
 */
final class FieldSpace extends UaNodeManager {
  private final ConditionNodes conditions;

  FieldSpace(ConditionNodes conditions) {
    this.conditions = conditions;
  }

  @Override
  public boolean containsNode(NodeId id) {
    return getNode(id).isPresent();
  }

  @Override
  public Optional<UaNode> getNode(NodeId id) {
    ConditionFields fields = fields(id);
    return fields == null ? Optional.empty() : Optional.ofNullable(fields.node(id));
  }

  /** Of a field, or of a condition to its fields. */
  @Override
  public List<Reference> getReferences(NodeId id) {
    ConditionFields fields = fields(id);
    return fields == null ? List.of() : fields.references(id);
  }

  @Override
  public List<Reference> getReferences(NodeId id, Predicate<Reference> filter) {
    return getReferences(id).stream().filter(filter).toList();
  }

  /** All there are: for writing the model, not for serving it. */
  @Override
  public List<UaNode> getNodes() {
    return conditions.all().stream()
        .flatMap(condition -> conditions.fields(condition).nodes().stream())
        .toList();
  }

  @Override
  public List<NodeId> getNodeIds() {
    return getNodes().stream().map(UaNode::getNodeId).toList();
  }

  /** These and the nodes that are kept, together. */
  UaNodeManager with(UaNodeManager kept) {
    UaNodeManager all = new UaNodeManager();
    kept.getNodes().forEach(all::addNode);
    kept.getReferenceMap().values().forEach(references -> references.forEach(all::addReference));
    for (ConditionNode condition : conditions.all()) {
      ConditionFields fields = conditions.fields(condition);
      fields.references(condition.id()).forEach(all::addReference);
      for (UaNode field : fields.nodes()) {
        all.addNode(field);
        fields.references(field.getNodeId()).forEach(all::addReference);
      }
    }
    return all;
  }

  private @Nullable ConditionFields fields(NodeId id) {
    ConditionNode condition = conditions.around(id);
    return condition == null ? null : conditions.fields(condition);
  }
}
