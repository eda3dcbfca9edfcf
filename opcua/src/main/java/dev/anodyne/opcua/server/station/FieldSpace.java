package dev.anodyne.opcua.server.station;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.UaNodeManager;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a station, with the fields of its conditions: these are made for whoever asks. Kept,
 * the fields of a thousand chargers' alarms would take half a gigabyte.
 */
final class FieldSpace extends UaNodeManager {
  private @Nullable ConditionNodes conditions;

  /** Says whose fields there are. */
  void show(ConditionNodes nodes) {
    conditions = nodes;
  }

  @Override
  public boolean containsNode(NodeId id) {
    return super.containsNode(id) || getNode(id).isPresent();
  }

  @Override
  public Optional<UaNode> getNode(NodeId id) {
    Optional<UaNode> kept = super.getNode(id);
    if (kept.isPresent()) {
      return kept;
    }
    ConditionFields fields = fields(id);
    return fields == null ? kept : Optional.ofNullable(fields.node(id));
  }

  @Override
  public List<Reference> getReferences(NodeId id) {
    List<Reference> kept = super.getReferences(id);
    ConditionFields fields = fields(id);
    if (fields == null) {
      return kept;
    }
    List<Reference> all = new ArrayList<>(kept);
    all.addAll(fields.references(id));
    return all;
  }

  @Override
  public List<Reference> getReferences(NodeId id, Predicate<Reference> filter) {
    return getReferences(id).stream().filter(filter).toList();
  }

  /** Of all conditions too: for writing the model, not for serving it. */
  @Override
  public List<UaNode> getNodes() {
    List<UaNode> all = super.getNodes();
    ConditionNodes known = conditions;
    if (known != null) {
      known.all().forEach(condition -> all.addAll(known.fields(condition).nodes()));
    }
    return all;
  }

  @Override
  public List<NodeId> getNodeIds() {
    return getNodes().stream().map(UaNode::getNodeId).toList();
  }

  private @Nullable ConditionFields fields(NodeId id) {
    ConditionNodes known = conditions;
    ConditionNode condition = known == null ? null : known.around(id);
    return known == null || condition == null ? null : known.fields(condition);
  }
}
