package dev.anodyne.opcua.server.event;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.sdk.server.AddressSpaceComposite;
import org.eclipse.milo.opcua.sdk.server.AddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.ManagedAddressSpaceFragmentWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.SimpleAddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.EventItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/**
 * Takes over from the library what concerns the events of the Server object, and the refresh of
 * conditions. The library would tell every event to every client, audit events too, and answers a
 * refresh with nothing.
 */
public final class ServerEvents extends ManagedAddressSpaceFragmentWithLifecycle {
  /** Carries out a refresh of conditions for a session. */
  @FunctionalInterface
  public interface Refresh {
    CallMethodResult call(@Nullable Session session, CallMethodRequest request);
  }

  private final EventRouter router;
  private final Refresh refresh;

  private final AddressSpaceFilter filter =
      new SimpleAddressSpaceFilter() {
        @Override
        protected boolean filterNode(NodeId id) {
          return false;
        }

        @Override
        protected boolean filterMonitoredItem(NodeId id) {
          return false;
        }

        @Override
        public boolean filterCall(OpcUaServer server, CallMethodRequest request) {
          NodeId method = request.getMethodId();
          return NodeIds.ConditionType_ConditionRefresh.equals(method)
              || NodeIds.ConditionType_ConditionRefresh2.equals(method);
        }

        @Override
        public boolean filterOnCreateEventItem(OpcUaServer server, ReadValueId item) {
          return isServer(item);
        }

        @Override
        public boolean filterOnModifyEventItem(OpcUaServer server, ReadValueId item) {
          return isServer(item);
        }

        @Override
        public boolean filterOnEventItemsCreated(OpcUaServer server, ReadValueId item) {
          return isServer(item);
        }

        @Override
        public boolean filterOnEventItemsModified(OpcUaServer server, ReadValueId item) {
          return isServer(item);
        }

        @Override
        public boolean filterOnEventItemsDeleted(OpcUaServer server, ReadValueId item) {
          return isServer(item);
        }

        private boolean isServer(ReadValueId item) {
          return NodeIds.Server.equals(item.getNodeId())
              && AttributeId.EventNotifier.uid().equals(item.getAttributeId());
        }
      };

  /**
   * For a server.
   *
   * @param router is told who watches the Server object
   * @param refresh carries out ConditionRefresh and ConditionRefresh2
   */
  public ServerEvents(OpcUaServer server, EventRouter router, Refresh refresh) {
    super(server);
    this.router = router;
    this.refresh = refresh;
  }

  @Override
  protected void registerWithComposite(AddressSpaceComposite composite) {
    composite.registerFirst(this);
  }

  @Override
  public AddressSpaceFilter getFilter() {
    return filter;
  }

  @Override
  public List<CallMethodResult> call(CallContext context, List<CallMethodRequest> requests) {
    List<CallMethodResult> results = new ArrayList<>(requests.size());
    for (CallMethodRequest request : requests) {
      results.add(refresh.call(context.getSession().orElse(null), request));
    }
    return results;
  }

  @Override
  public RevisedEventItemParameters onCreateEventItem(ReadValueId item, UInteger queueSize) {
    return new RevisedEventItemParameters(EventRouter.queue(queueSize));
  }

  @Override
  public RevisedEventItemParameters onModifyEventItem(ReadValueId item, UInteger queueSize) {
    return new RevisedEventItemParameters(EventRouter.queue(queueSize));
  }

  @Override
  public void onEventItemsCreated(List<EventItem> items) {
    router.watch(items);
  }

  @Override
  public void onEventItemsDeleted(List<EventItem> items) {
    router.unwatch(items);
  }

  @Override
  public void onDataItemsCreated(List<DataItem> items) {}

  @Override
  public void onDataItemsModified(List<DataItem> items) {}

  @Override
  public void onDataItemsDeleted(List<DataItem> items) {}

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> items) {}
}
