package dev.anodyne.opcua.server;

import dev.anodyne.opcua.server.audit.AuditEntry;
import java.util.Arrays;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/**
 * In front of reads: what is for admins stays with them, and the attributes that say what a user
 * may do say it for the user who asks.
 */
final class ReadGuard {
  private final GuardedServer server;
  private final AccessRules rules;
  private final ServerLimits limits;
  private final AuditNotes notes;
  private final RoleAttributes attributes;

  ReadGuard(GuardedServer server, AccessRules rules, ServerLimits limits, AuditNotes notes) {
    this.server = server;
    this.rules = rules;
    this.limits = limits;
    this.notes = notes;
    this.attributes = new RoleAttributes(server, rules);
  }

  UaResponseMessageType read(
      ServiceRequestContext context, ReadRequest request, ServiceGuard.Service<ReadRequest> library)
      throws UaException {
    Session session = server.getSessionManager().getSession(context, request.getRequestHeader());
    Login login = SessionGuard.login(session);
    UaResponseMessageType answer = library.answer(request);
    ReadValueId[] ids = request.getNodesToRead();
    if (ids == null || !(answer instanceof ReadResponse response)) {
      return answer;
    }
    DataValue[] values = response.getResults();
    if (values == null || values.length != ids.length) {
      return answer;
    }
    DataValue[] own = values.clone();
    boolean differs = false;
    for (int i = 0; i < ids.length; i++) {
      own[i] = forUser(login, ids[i], values[i]);
      differs |= own[i] != values[i];
    }
    return differs
        ? new ReadResponse(response.getResponseHeader(), own, response.getDiagnosticInfos())
        : answer;
  }

  UaResponseMessageType history(
      ServiceRequestContext context,
      HistoryReadRequest request,
      ServiceGuard.Service<HistoryReadRequest> library)
      throws UaException {
    Session session = server.getSessionManager().getSession(context, request.getRequestHeader());
    SessionGuard.login(session);
    HistoryReadValueId[] ids = request.getNodesToRead();
    if (ids != null && ids.length > limits.get(ServerLimit.NODES_PER_HISTORY_READ)) {
      throw notes.limit(
          session, ServerLimit.NODES_PER_HISTORY_READ, StatusCodes.Bad_TooManyOperations);
    }
    requireDetails(request.getHistoryReadDetails());
    UaResponseMessageType answer = library.answer(request);
    if (ids != null && answer instanceof HistoryReadResponse response) {
      noteRefusals(session, request, ids, response.getResults());
    }
    return answer;
  }

  private DataValue forUser(Login login, ReadValueId id, DataValue value) {
    NodeId node = id.getNodeId();
    AttributeId attribute = AttributeId.from(id.getAttributeId()).orElse(null);
    if (attribute == null || value.statusCode().value() == StatusCodes.Bad_NodeIdUnknown) {
      return value;
    }
    return switch (attribute) {
      case Value -> value(login, node, value);
      case UserAccessLevel -> attributes.accessLevel(login, node, value);
      case UserExecutable -> attributes.executable(login, node, value);
      case RolePermissions -> attributes.permissions(node, value);
      case UserRolePermissions -> attributes.permissions(login, node, value);
      default -> value;
    };
  }

  private DataValue value(Login login, NodeId node, DataValue value) {
    if (!login.role().includes(rules.toRead(node))) {
      return new DataValue(StatusCodes.Bad_UserAccessDenied);
    }
    boolean denied = value.statusCode().value() == StatusCodes.Bad_UserAccessDenied;
    return denied && !attributes.has(node, AccessLevel.CurrentRead)
        ? new DataValue(StatusCodes.Bad_NotReadable)
        : value;
  }

  private void requireDetails(ExtensionObject details) throws UaException {
    try {
      if (details != null
          && details.decode(server.getStaticEncodingContext()) instanceof HistoryReadDetails) {
        return;
      }
    } catch (UaSerializationException e) {
      // What cannot be decoded is no question about history either.
    }
    throw new UaException(StatusCodes.Bad_HistoryOperationInvalid);
  }

  private void noteRefusals(
      Session session,
      HistoryReadRequest request,
      HistoryReadValueId[] ids,
      HistoryReadResult[] results) {
    if (results == null || results.length != ids.length) {
      return;
    }
    boolean refused =
        Arrays.stream(results)
            .anyMatch(r -> r.getStatusCode().value() == StatusCodes.Bad_UserAccessDenied);
    if (refused) {
      notes.done(
          session,
          request.getRequestHeader().getAuditEntryId(),
          new AuditEntry.HistoryRead(ids[0].getNodeId()),
          results[0].getStatusCode(),
          ids.length > 1 ? "and " + (ids.length - 1) + " more" : "");
    }
  }
}
