package dev.anodyne.opcua.server;

import dev.anodyne.opcua.security.Role;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * Which role it takes to do something with a node. Everybody who has logged in reads values and
 * history; operators write; methods can only be called by whom they were offered to, and all others
 * that a namespace brings along by admins only. What tells who else is there (the sessions'
 * diagnostics) is for admins.
 */
public final class AccessRules {
  /** The library's own namespace, which holds nothing but the sessions' diagnostics. */
  private static final int SESSIONS_NAMESPACE = 1;

  private static final Set<NodeId> FOR_ADMINS =
      Set.of(
          NodeIds.Server_ServerDiagnostics_SessionsDiagnosticsSummary_SessionDiagnosticsArray,
          NodeIds
              .Server_ServerDiagnostics_SessionsDiagnosticsSummary_SessionSecurityDiagnosticsArray,
          NodeIds.Server_ServerDiagnostics_SubscriptionDiagnosticsArray);

  private final Map<NodeId, Role> calls = new ConcurrentHashMap<>();
  private final Map<NodeId, Role> writes = new ConcurrentHashMap<>();

  AccessRules() {
    for (NodeId own :
        Set.of(
            NodeIds.Server_GetMonitoredItems,
            NodeIds.ServerType_GetMonitoredItems,
            NodeIds.Server_ResendData,
            NodeIds.ServerType_ResendData,
            NodeIds.ConditionType_ConditionRefresh,
            NodeIds.ConditionType_ConditionRefresh2)) {
      calls.put(own, Role.OBSERVER);
    }
    for (NodeId alarm :
        Set.of(
            NodeIds.AcknowledgeableConditionType_Acknowledge,
            NodeIds.AcknowledgeableConditionType_Confirm,
            NodeIds.ConditionType_AddComment)) {
      calls.put(alarm, Role.OPERATOR);
    }
    calls.put(NodeIds.ConditionType_Enable, Role.ENGINEER);
    calls.put(NodeIds.ConditionType_Disable, Role.ENGINEER);
  }

  /** Offers a method to a role and those above. */
  public void allowCalls(NodeId method, Role role) {
    calls.put(method, role);
  }

  /** Lets a role and those above write a node; operators unless said otherwise. */
  public void allowWrites(NodeId node, Role role) {
    writes.put(node, role);
  }

  /** Who may call a method. */
  Role toCall(NodeId method) {
    return calls.getOrDefault(method, Role.ADMIN);
  }

  /** Who may write a node that can be written. */
  Role toWrite(NodeId node) {
    boolean own = node.getNamespaceIndex().intValue() > SESSIONS_NAMESPACE;
    return writes.getOrDefault(node, own ? Role.OPERATOR : Role.ADMIN);
  }

  /** Who may read a node's value, or watch it. */
  Role toRead(NodeId node) {
    boolean admins =
        node.getNamespaceIndex().intValue() == SESSIONS_NAMESPACE || FOR_ADMINS.contains(node);
    return admins ? Role.ADMIN : Role.OBSERVER;
  }

  /** The rule for a method, if it has one of its own. */
  Optional<Role> offered(NodeId method) {
    return Optional.ofNullable(calls.get(method));
  }
}
