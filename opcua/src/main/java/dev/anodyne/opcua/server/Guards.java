package dev.anodyne.opcua.server;

import static org.eclipse.milo.opcua.sdk.server.servicesets.Service.*;

import org.eclipse.milo.opcua.sdk.server.servicesets.Service;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.AddNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.AddReferencesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteReferencesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryUpdateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifyMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.SetMonitoringModeRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.SetTriggeringRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;

/** Puts every guard in its place. */
final class Guards {
  private final GuardedServer server;
  private final AuditNotes notes;

  Guards(GuardedServer server, AuditNotes notes) {
    this.server = server;
    this.notes = notes;
  }

  void place(AccessRules rules, ServerLimits limits, SessionGuard sessions, ItemGuard items) {
    ReadGuard reads = new ReadGuard(server, rules, limits, notes);
    server.guard(ATTRIBUTE_READ, ReadRequest.class, reads::read);
    server.guard(ATTRIBUTE_HISTORY_READ, HistoryReadRequest.class, reads::history);
    ChangeGuard changes = new ChangeGuard(server, rules, limits, notes);
    server.guard(ATTRIBUTE_WRITE, WriteRequest.class, changes::write);
    server.guard(METHOD_CALL, CallRequest.class, changes::call);
    server.guard(
        MONITORED_ITEM_CREATE_MONITORED_ITEMS, CreateMonitoredItemsRequest.class, items::create);
    server.guard(
        MONITORED_ITEM_MODIFY_MONITORED_ITEMS, ModifyMonitoredItemsRequest.class, items::modify);
    server.guard(
        MONITORED_ITEM_DELETE_MONITORED_ITEMS, DeleteMonitoredItemsRequest.class, items::delete);
    server.guard(
        MONITORED_ITEM_SET_MONITORING_MODE, SetMonitoringModeRequest.class, items::setMode);
    server.guard(MONITORED_ITEM_SET_TRIGGERING, SetTriggeringRequest.class, items::setTriggering);
    server.guard(SESSION_CREATE_SESSION, CreateSessionRequest.class, sessions::create);
    server.guard(SESSION_ACTIVATE_SESSION, ActivateSessionRequest.class, sessions::activate);
    refuse(ATTRIBUTE_HISTORY_UPDATE, HistoryUpdateRequest.class, "HistoryUpdate");
    refuse(NODE_MANAGEMENT_ADD_NODES, AddNodesRequest.class, "AddNodes");
    refuse(NODE_MANAGEMENT_ADD_REFERENCES, AddReferencesRequest.class, "AddReferences");
    refuse(NODE_MANAGEMENT_DELETE_NODES, DeleteNodesRequest.class, "DeleteNodes");
    refuse(NODE_MANAGEMENT_DELETE_REFERENCES, DeleteReferencesRequest.class, "DeleteReferences");
  }

  /** Nobody changes the address space or the past from outside. */
  private <R extends UaRequestMessageType> void refuse(
      Service service, Class<R> request, String name) {
    server.guard(
        service,
        request,
        (context, message, library) -> {
          notes.refusedService(
              server.getSessionManager().getSession(context, message.getRequestHeader()), name);
          throw new UaException(StatusCodes.Bad_ServiceUnsupported);
        });
  }
}
