package dev.anodyne.opcua.server;

import static org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet.createResponseHeader;

import dev.anodyne.opcua.server.audit.AuditEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.server.AddressSpace.ReadContext;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * In front of writes and calls: who may, how large, and a note of each. Calls pass one by one,
 * since the library carries out all of a request when a part of it is allowed.
 */
final class ChangeGuard {
  private static final DiagnosticInfo[] NO_DIAGNOSTICS = {};

  private final GuardedServer server;
  private final AccessRules rules;
  private final ServerLimits limits;
  private final ValueSizes sizes;
  private final RoleAttributes attributes;
  private final AuditNotes notes;

  ChangeGuard(GuardedServer server, AccessRules rules, ServerLimits limits, AuditNotes notes) {
    this.server = server;
    this.rules = rules;
    this.limits = limits;
    this.sizes = new ValueSizes(limits);
    this.attributes = new RoleAttributes(server, rules);
    this.notes = notes;
  }

  UaResponseMessageType write(
      ServiceRequestContext context,
      WriteRequest request,
      ServiceGuard.Service<WriteRequest> library)
      throws UaException {
    Session session = server.getSessionManager().getSession(context, request.getRequestHeader());
    Login login = SessionGuard.login(session);
    WriteValue[] writes = request.getNodesToWrite();
    if (writes == null || writes.length == 0) {
      return library.answer(request);
    }
    requireAtMost(writes.length, ServerLimit.NODES_PER_WRITE, session);
    for (WriteValue write : writes) {
      if (!sizes.fits(write.getValue())) {
        throw notes.limit(
            session, ServerLimit.ARRAY_LENGTH, StatusCodes.Bad_EncodingLimitsExceeded);
      }
    }
    List<WriteValue> passed =
        Arrays.stream(writes).filter(w -> refusal(login, w) == StatusCodes.Good).toList();
    List<DataValue> before = values(session, writes);
    StatusCode[] answers =
        passed.isEmpty() ? new StatusCode[0] : carryOut(request, passed, library);
    StatusCode[] results = new StatusCode[writes.length];
    int next = 0;
    for (int i = 0; i < writes.length; i++) {
      long refusal = refusal(login, writes[i]);
      results[i] = refusal == StatusCodes.Good ? answers[next++] : new StatusCode(refusal);
      noteWrite(session, request, writes[i], before.get(i), results[i]);
    }
    return new WriteResponse(createResponseHeader(request), results, NO_DIAGNOSTICS);
  }

  UaResponseMessageType call(
      ServiceRequestContext context, CallRequest request, ServiceGuard.Service<CallRequest> library)
      throws UaException {
    Session session = server.getSessionManager().getSession(context, request.getRequestHeader());
    Login login = SessionGuard.login(session);
    CallMethodRequest[] calls = request.getMethodsToCall();
    if (calls == null || calls.length == 0) {
      return library.answer(request);
    }
    requireAtMost(calls.length, ServerLimit.NODES_PER_CALL, session);
    CallMethodResult[] results = new CallMethodResult[calls.length];
    for (int i = 0; i < calls.length; i++) {
      results[i] = one(login, calls[i], request, library);
      List<Variant> inputs =
          List.of(Objects.requireNonNullElse(calls[i].getInputArguments(), new Variant[0]));
      notes.done(
          session,
          request.getRequestHeader().getAuditEntryId(),
          new AuditEntry.Call(calls[i].getObjectId(), calls[i].getMethodId(), inputs),
          results[i].getStatusCode(),
          "");
    }
    return new CallResponse(createResponseHeader(request), results, NO_DIAGNOSTICS);
  }

  private CallMethodResult one(
      Login login,
      CallMethodRequest call,
      CallRequest request,
      ServiceGuard.Service<CallRequest> library) {
    if (!mayCall(login, call)) {
      return failed(StatusCodes.Bad_UserAccessDenied);
    }
    if (!sizes.fits(call.getInputArguments())) {
      return failed(StatusCodes.Bad_EncodingLimitsExceeded);
    }
    try {
      CallRequest alone =
          new CallRequest(request.getRequestHeader(), new CallMethodRequest[] {call});
      CallMethodResult[] results =
          library.answer(alone) instanceof CallResponse response ? response.getResults() : null;
      return results == null || results.length != 1
          ? failed(StatusCodes.Bad_InternalError)
          : results[0];
    } catch (UaException e) {
      return failed(e.getStatusCode().value());
    }
  }

  private StatusCode[] carryOut(
      WriteRequest request, List<WriteValue> passed, ServiceGuard.Service<WriteRequest> library)
      throws UaException {
    WriteRequest rest =
        new WriteRequest(request.getRequestHeader(), passed.toArray(WriteValue[]::new));
    StatusCode[] results =
        library.answer(rest) instanceof WriteResponse response ? response.getResults() : null;
    if (results == null || results.length != passed.size()) {
      throw new UaException(StatusCodes.Bad_InternalError);
    }
    return results;
  }

  /** What nobody can write is told apart from what this user may not (OPC 10000-4 §5.11.4). */
  private long refusal(Login login, WriteValue write) {
    boolean value = AttributeId.Value.uid().equals(write.getAttributeId());
    if (value && !attributes.has(write.getNodeId(), AccessLevel.CurrentWrite)) {
      return StatusCodes.Bad_NotWritable;
    }
    return login.role().includes(rules.toWrite(write.getNodeId()))
        ? StatusCodes.Good
        : StatusCodes.Bad_UserAccessDenied;
  }

  /** What is no method at all is left to the library, which says so. */
  private boolean mayCall(Login login, CallMethodRequest call) {
    return login.role().includes(rules.toCall(call.getMethodId()))
        || rules.offered(call.getMethodId()).isEmpty()
            && server.getAddressSpaceManager().getManagedNode(call.getMethodId()).isEmpty();
  }

  /** What was there before, for the note; null where it cannot be told. */
  private List<DataValue> values(Session session, WriteValue[] writes) {
    List<ReadValueId> ids = new ArrayList<>(writes.length);
    for (WriteValue write : writes) {
      ids.add(
          new ReadValueId(write.getNodeId(), write.getAttributeId(), write.getIndexRange(), null));
    }
    return server
        .getAddressSpaceManager()
        .read(new ReadContext(server, session), 0.0, TimestampsToReturn.Neither, ids);
  }

  private void noteWrite(
      Session session,
      WriteRequest request,
      WriteValue write,
      DataValue before,
      StatusCode result) {
    @Nullable Variant old = before.statusCode().isBad() ? null : before.value();
    notes.done(
        session,
        request.getRequestHeader().getAuditEntryId(),
        new AuditEntry.Write(
            write.getNodeId(),
            AttributeId.from(write.getAttributeId()).orElse(AttributeId.Value),
            write.getIndexRange(),
            old,
            write.getValue().value()),
        result,
        "");
  }

  private void requireAtMost(int number, ServerLimit limit, Session session) throws UaException {
    if (number > limits.get(limit)) {
      throw notes.limit(session, limit, StatusCodes.Bad_TooManyOperations);
    }
  }

  private static CallMethodResult failed(long status) {
    return new CallMethodResult(
        new StatusCode(status), new StatusCode[0], NO_DIAGNOSTICS, new Variant[0]);
  }
}
