package dev.anodyne.opcua.security;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * What a user is there for. Each role may do all that those before it may. The names are those of
 * OPC UA's well-known roles (OPC 10000-3 §4.9.2); {@link #ADMIN} is its SecurityAdmin.
 */
public enum Role {
  /** Looks: values, history, alarms. */
  OBSERVER(NodeIds.WellKnownRole_Observer),
  /** Runs the station: starts and stops, limits, departures, acknowledgements. */
  OPERATOR(NodeIds.WellKnownRole_Operator),
  /** Changes how it is run: the policy that decides. */
  ENGINEER(NodeIds.WellKnownRole_Engineer),
  /** Sees who does what: audit events, other users' sessions. */
  ADMIN(NodeIds.WellKnownRole_SecurityAdmin);

  private final NodeId nodeId;

  Role(NodeId nodeId) {
    this.nodeId = nodeId;
  }

  /** True when this role may do what the other one is needed for. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** The well-known role's node in namespace 0. */
  public NodeId nodeId() {
    return nodeId;
  }

  /** As it is written in a configuration: {@code observer}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role that is written like this. */
  public static Optional<Role> of(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
