package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.history.Aggregate;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/** Says in the server's own nodes what clients may ask of its history (OPC 10000-11 §5.4.2). */
final class HistoryCapabilities {
  private HistoryCapabilities() {}

  static void declare(OpcUaServer server) {
    set(server, NodeIds.HistoryServerCapabilities_AccessHistoryDataCapability, true);
    set(server, NodeIds.HistoryServerCapabilities_AccessHistoryEventsCapability, false);
    set(server, NodeIds.HistoryServerCapabilities_InsertDataCapability, false);
    set(server, NodeIds.HistoryServerCapabilities_ReplaceDataCapability, false);
    set(server, NodeIds.HistoryServerCapabilities_UpdateDataCapability, false);
    set(server, NodeIds.HistoryServerCapabilities_DeleteRawCapability, false);
    set(server, NodeIds.HistoryServerCapabilities_DeleteAtTimeCapability, false);
    set(server, NodeIds.HistoryServerCapabilities_ServerTimestampSupported, false);
    for (Aggregate aggregate : Aggregate.values()) {
      organize(server, NodeIds.HistoryServerCapabilities_AggregateFunctions, aggregate.function());
    }
  }

  private static void set(OpcUaServer server, NodeId id, boolean value) {
    server
        .getAddressSpaceManager()
        .getManagedNode(id)
        .filter(UaVariableNode.class::isInstance)
        .map(UaVariableNode.class::cast)
        .ifPresent(node -> node.setValue(DataValue.valueOnly(new Variant(value))));
  }

  private static void organize(OpcUaServer server, NodeId folder, NodeId function) {
    UaNode node = server.getAddressSpaceManager().getManagedNode(folder).orElse(null);
    if (node != null) {
      node.addReference(
          new Reference(
              folder, NodeIds.Organizes, function.expanded(), Reference.Direction.FORWARD));
    }
  }
}
