package dev.anodyne.opcua.server.station;

import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** States and transitions of the session's state machine (OPC 10000-16 §4.4). */
final class SessionTypeNodes {
  private final NodeMaker make;
  private final NodeId machine;

  SessionTypeNodes(NodeMaker make, TypesNamespace types) {
    this.make = make;
    this.machine = types.id(SessionTransition.TYPE);
  }

  void make() {
    for (SessionPhase phase : SessionPhase.values()) {
      NodeId type = phase == SessionPhase.IDLE ? NodeIds.InitialStateType : NodeIds.StateType;
      NodeId state = make.object(make.id(phase.nodeId()), make.name(phase.stateName()), type, "");
      make.link(machine, NodeIds.HasComponent, state);
      make.property(state, "StateNumber", NodeIds.UInt32, UInteger.valueOf(phase.number()));
    }
    for (SessionTransition transition : SessionTransition.values()) {
      NodeId node =
          make.object(
              make.id(transition.nodeId()),
              make.name(transition.transitionName()),
              NodeIds.TransitionType,
              "");
      make.link(machine, NodeIds.HasComponent, node);
      make.property(
          node, "TransitionNumber", NodeIds.UInt32, UInteger.valueOf(transition.number()));
      make.link(node, NodeIds.FromState, make.id(transition.from().nodeId()));
      make.link(node, NodeIds.ToState, make.id(transition.to().nodeId()));
    }
  }
}
