package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.Alarm;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * An alarm in the address space.
 *
 * @param alarm what it shows
 * @param id its node
 * @param source the object that has it
 * @param notifiers the nodes whose watchers are told of it
 */
record ConditionNode(Alarm alarm, NodeId id, NodeId source, List<NodeId> notifiers) {
  ConditionNode {
    notifiers = List.copyOf(notifiers);
  }
}
