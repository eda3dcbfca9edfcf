package dev.anodyne.opcua.server;

import static org.eclipse.milo.opcua.sdk.server.servicesets.AbstractServiceSet.createResponseHeader;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredEventItem;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifyMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemModifyRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.SetMonitoringModeRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.SetTriggeringRequest;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * In front of monitored items: how many at once, how long their queues may be (the library
 * allocates a queue at once, in its own namespace too), and who may watch what.
 */
final class ItemGuard {
  private final GuardedServer server;
  private final AccessRules rules;
  private final ServerLimits limits;
  private volatile UnaryOperator<ExtensionObject> filters = UnaryOperator.identity();

  ItemGuard(GuardedServer server, AccessRules rules, ServerLimits limits) {
    this.server = server;
    this.rules = rules;
    this.limits = limits;
  }

  /** Changes the filters of event items before the library sees them. */
  void eventFilters(UnaryOperator<ExtensionObject> change) {
    filters = change;
  }

  UaResponseMessageType create(
      ServiceRequestContext context,
      CreateMonitoredItemsRequest request,
      ServiceGuard.Service<CreateMonitoredItemsRequest> library)
      throws UaException {
    Session session = server.getSessionManager().getSession(context, request.getRequestHeader());
    Login login = SessionGuard.login(session);
    MonitoredItemCreateRequest[] wanted = request.getItemsToCreate();
    if (wanted == null || wanted.length == 0) {
      return library.answer(request);
    }
    requireFew(wanted.length);
    List<MonitoredItemCreateRequest> passed = new ArrayList<>(wanted.length);
    for (MonitoredItemCreateRequest item : wanted) {
      if (mayWatch(login, item)) {
        passed.add(bounded(item));
      }
    }
    MonitoredItemCreateResult[] answers =
        passed.isEmpty() ? new MonitoredItemCreateResult[0] : create(request, passed, library);
    if (answers.length == wanted.length) {
      return response(request, answers);
    }
    MonitoredItemCreateResult[] results = new MonitoredItemCreateResult[wanted.length];
    int next = 0;
    for (int i = 0; i < wanted.length; i++) {
      results[i] = mayWatch(login, wanted[i]) ? answers[next++] : denied();
    }
    return response(request, results);
  }

  UaResponseMessageType modify(
      ServiceRequestContext context,
      ModifyMonitoredItemsRequest request,
      ServiceGuard.Service<ModifyMonitoredItemsRequest> library)
      throws UaException {
    MonitoredItemModifyRequest[] wanted = request.getItemsToModify();
    if (wanted == null || wanted.length == 0) {
      return library.answer(request);
    }
    requireFew(wanted.length);
    Session session = server.getSessionManager().getSession(context, request.getRequestHeader());
    Subscription subscription =
        session.getSubscriptionManager().getSubscription(request.getSubscriptionId());
    MonitoredItemModifyRequest[] items = new MonitoredItemModifyRequest[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      UInteger id = wanted[i].getMonitoredItemId();
      boolean events =
          subscription != null
              && subscription.getMonitoredItems().get(id) instanceof MonitoredEventItem;
      items[i] =
          new MonitoredItemModifyRequest(
              id, bounded(wanted[i].getRequestedParameters(), longestQueue(events), events));
    }
    return library.answer(
        new ModifyMonitoredItemsRequest(
            request.getRequestHeader(),
            request.getSubscriptionId(),
            request.getTimestampsToReturn(),
            items));
  }

  UaResponseMessageType delete(
      ServiceRequestContext context,
      DeleteMonitoredItemsRequest request,
      ServiceGuard.Service<DeleteMonitoredItemsRequest> library)
      throws UaException {
    requireFew(length(request.getMonitoredItemIds()));
    return library.answer(request);
  }

  UaResponseMessageType setMode(
      ServiceRequestContext context,
      SetMonitoringModeRequest request,
      ServiceGuard.Service<SetMonitoringModeRequest> library)
      throws UaException {
    requireFew(length(request.getMonitoredItemIds()));
    return library.answer(request);
  }

  UaResponseMessageType setTriggering(
      ServiceRequestContext context,
      SetTriggeringRequest request,
      ServiceGuard.Service<SetTriggeringRequest> library)
      throws UaException {
    requireFew(length(request.getLinksToAdd()) + length(request.getLinksToRemove()));
    return library.answer(request);
  }

  private MonitoredItemCreateResult[] create(
      CreateMonitoredItemsRequest request,
      List<MonitoredItemCreateRequest> passed,
      ServiceGuard.Service<CreateMonitoredItemsRequest> library)
      throws UaException {
    UaResponseMessageType answer =
        library.answer(
            new CreateMonitoredItemsRequest(
                request.getRequestHeader(),
                request.getSubscriptionId(),
                request.getTimestampsToReturn(),
                passed.toArray(MonitoredItemCreateRequest[]::new)));
    MonitoredItemCreateResult[] results =
        answer instanceof CreateMonitoredItemsResponse made ? made.getResults() : null;
    if (results == null || results.length != passed.size()) {
      throw new UaException(StatusCodes.Bad_InternalError);
    }
    return results;
  }

  private static CreateMonitoredItemsResponse response(
      CreateMonitoredItemsRequest request, MonitoredItemCreateResult[] results) {
    return new CreateMonitoredItemsResponse(
        createResponseHeader(request), results, new DiagnosticInfo[0]);
  }

  private boolean mayWatch(Login login, MonitoredItemCreateRequest item) {
    boolean value = AttributeId.Value.uid().equals(item.getItemToMonitor().getAttributeId());
    return !value || login.role().includes(rules.toRead(item.getItemToMonitor().getNodeId()));
  }

  private MonitoredItemCreateRequest bounded(MonitoredItemCreateRequest item) {
    boolean events =
        AttributeId.EventNotifier.uid().equals(item.getItemToMonitor().getAttributeId());
    return new MonitoredItemCreateRequest(
        item.getItemToMonitor(),
        item.getMonitoringMode(),
        bounded(item.getRequestedParameters(), longestQueue(events), events));
  }

  private int longestQueue(boolean events) {
    return limits.get(events ? ServerLimit.EVENT_QUEUE_SIZE : ServerLimit.QUEUE_SIZE);
  }

  private MonitoringParameters bounded(MonitoringParameters wanted, int most, boolean events) {
    boolean filtered = events && wanted.getFilter() != null && !wanted.getFilter().isNull();
    return wanted.getQueueSize().longValue() <= most && !filtered
        ? wanted
        : new MonitoringParameters(
            wanted.getClientHandle(),
            wanted.getSamplingInterval(),
            filtered ? filters.apply(wanted.getFilter()) : wanted.getFilter(),
            uint(Math.min(most, wanted.getQueueSize().longValue())),
            wanted.getDiscardOldest());
  }

  private void requireFew(int number) throws UaException {
    if (number > limits.get(ServerLimit.ITEMS_PER_REQUEST)) {
      throw new UaException(StatusCodes.Bad_TooManyOperations);
    }
  }

  private static int length(UInteger @Nullable [] ids) {
    return ids == null ? 0 : ids.length;
  }

  private static MonitoredItemCreateResult denied() {
    return new MonitoredItemCreateResult(
        new StatusCode(StatusCodes.Bad_UserAccessDenied), uint(0), 0.0, uint(0), null);
  }
}
