package dev.anodyne.opcua.server;

import dev.anodyne.opcua.security.Role;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.structured.PermissionType;
import org.eclipse.milo.opcua.stack.core.types.structured.RolePermissionType;
import org.jspecify.annotations.Nullable;

/** The attributes that say who may do what with a node, as the rules have it. */
final class RoleAttributes {
  private final OpcUaServer server;
  private final AccessRules rules;

  RoleAttributes(OpcUaServer server, AccessRules rules) {
    this.server = server;
    this.rules = rules;
  }

  /** True when something can be done with a variable, by whomever; and when it is no variable. */
  boolean has(NodeId node, AccessLevel what) {
    return !(server.getAddressSpaceManager().getManagedNode(node).orElse(null)
            instanceof UaVariableNode variable)
        || (level(variable) & what.getValue()) != 0;
  }

  /** What a user may do with a variable. */
  DataValue accessLevel(Login login, NodeId node, DataValue value) {
    if (!(value.value().value() instanceof UByte level)) {
      return value;
    }
    int bits = level.intValue();
    if (!login.role().includes(rules.toWrite(node))) {
      bits &= ~AccessLevel.CurrentWrite.getValue();
    }
    if (!login.role().includes(rules.toRead(node))) {
      bits &= ~(AccessLevel.CurrentRead.getValue() | AccessLevel.HistoryRead.getValue());
    }
    return bits == level.intValue() ? value : with(value, UByte.valueOf(bits));
  }

  /** Whether a user may call a method. */
  DataValue executable(Login login, NodeId node, DataValue value) {
    boolean may = login.role().includes(rules.toCall(node));
    return may || !Boolean.TRUE.equals(value.value().value()) ? value : with(value, false);
  }

  /** What each role may do. */
  DataValue permissions(NodeId node, DataValue value) {
    UaNode found = server.getAddressSpaceManager().getManagedNode(node).orElse(null);
    return found == null
        ? value
        : with(value, encoded(Arrays.stream(Role.values()).map(role -> of(role, found))));
  }

  /** What the roles of a user may do. */
  DataValue permissions(Login login, NodeId node, DataValue value) {
    UaNode found = server.getAddressSpaceManager().getManagedNode(node).orElse(null);
    return found == null
        ? value
        : with(
            value,
            encoded(
                Arrays.stream(Role.values())
                    .filter(role -> login.role().includes(role))
                    .map(role -> of(role, found))));
  }

  private RolePermissionType of(Role role, UaNode node) {
    return new RolePermissionType(role.nodeId(), permissions(role, node));
  }

  private PermissionType permissions(Role role, UaNode node) {
    NodeId id = node.getNodeId();
    boolean variable = node instanceof UaVariableNode;
    int level = variable ? level((UaVariableNode) node) : 0;
    boolean reads = role.includes(rules.toRead(id));
    return PermissionType.of(
        Stream.of(
                field(PermissionType.Field.Browse, true),
                field(PermissionType.Field.ReadRolePermissions, true),
                field(PermissionType.Field.Read, variable && reads),
                field(
                    PermissionType.Field.ReadHistory,
                    reads && (level & AccessLevel.HistoryRead.getValue()) != 0),
                field(
                    PermissionType.Field.Write,
                    (level & AccessLevel.CurrentWrite.getValue()) != 0
                        && role.includes(rules.toWrite(id))),
                field(PermissionType.Field.ReceiveEvents, !variable),
                field(
                    PermissionType.Field.Call,
                    !(node instanceof UaMethodNode) && !variable
                        || node instanceof UaMethodNode && role.includes(rules.toCall(id))))
            .filter(Objects::nonNull)
            .toArray(PermissionType.Field[]::new));
  }

  private static int level(UaVariableNode node) {
    UByte level = node.getAccessLevel();
    return level == null ? 0 : level.intValue();
  }

  private static PermissionType.@Nullable Field field(PermissionType.Field field, boolean has) {
    return has ? field : null;
  }

  private Variant encoded(Stream<RolePermissionType> permissions) {
    return new Variant(
        permissions
            .map(p -> ExtensionObject.encode(server.getStaticEncodingContext(), p))
            .toArray(ExtensionObject[]::new));
  }

  private static DataValue with(DataValue value, Object other) {
    Variant variant = other instanceof Variant given ? given : new Variant(other);
    return new DataValue(variant, StatusCode.GOOD, value.sourceTime(), value.serverTime());
  }
}
