package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.model.ValueRange;
import java.util.List;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One variable of one instance.
 *
 * <p>Its watchers are the items of subscriptions that are told at once when a value is published;
 * {@link LiveObject} guards them.
 */
final class LiveVariable {
  private final LiveObject<?> owner;
  private final int index;
  private final String key;
  private final VariableSpec<?> spec;
  private final @Nullable ValueRange range;
  private final NodeId nodeId;
  private List<DataItem> watchers = List.of();

  LiveVariable(
      LiveObject<?> owner,
      int index,
      VariableSpec<?> spec,
      @Nullable ValueRange range,
      NodeId nodeId) {
    this.owner = owner;
    this.index = index;
    this.key = String.valueOf(nodeId.getIdentifier());
    this.spec = spec;
    this.range = range;
    this.nodeId = nodeId;
  }

  LiveObject<?> owner() {
    return owner;
  }

  int index() {
    return index;
  }

  /** The identifier of its node, under which its history is kept. */
  String key() {
    return key;
  }

  VariableSpec<?> spec() {
    return spec;
  }

  /** The values it may have; null when any. */
  @Nullable ValueRange range() {
    return range;
  }

  NodeId nodeId() {
    return nodeId;
  }

  List<DataItem> watchers() {
    return watchers;
  }

  void setWatchers(List<DataItem> items) {
    watchers = items;
  }
}
