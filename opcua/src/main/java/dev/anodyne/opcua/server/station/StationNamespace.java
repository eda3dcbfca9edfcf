package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.model.ValueRange;
import dev.anodyne.opcua.server.Login;
import dev.anodyne.opcua.server.ServerLimit;
import dev.anodyne.opcua.server.ServerLimits;
import dev.anodyne.opcua.server.alarm.Alarms;
import dev.anodyne.opcua.server.event.EventRouter;
import dev.anodyne.opcua.server.history.HistoryReader;
import dev.anodyne.opcua.server.history.HistoryStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.core.NumericRange;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.AttributeReader;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.UaNodeManager;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.EventItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ViewDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/**
 * The station's instances: what clients read, write, call and watch. Values are told to
 * subscriptions when they are published, not when somebody samples them; only what is to be sampled
 * slower than {@value #PUSH_MILLIS} ms is sampled.
 */
final class StationNamespace extends StaticNamespace {
  /** Items that want values at least this often get every one. */
  private static final double PUSH_MILLIS = 1000;

  /** Attributes and properties hardly ever change. */
  private static final double SHORTEST_MILLIS = 250;

  private final InstanceNodes nodes;
  private final StationCalls calls;
  private final HistoryReader history;
  private final FieldSpace fields;
  private final ConditionNodes conditions;
  private final ConditionMethods methods;
  private final EventRouter router;

  /** Values that one item may queue up; the queue is allocated at once. */
  private final UInteger longestQueue;

  StationNamespace(
      OpcUaServer server,
      TypesNamespace types,
      StationLayout layout,
      StationCalls calls,
      HistoryStore store,
      AlarmParts alarms) {
    super(server, StationUris.INSTANCES);
    this.calls = calls;
    this.router = alarms.router();
    this.methods = alarms.methods();
    this.conditions = new ConditionNodes(getNodeContext(), maker(), types, alarms.certificate());
    this.fields = new FieldSpace(conditions);
    server.getAddressSpaceManager().register(fields);
    this.nodes = new InstanceNodes(maker(), types, calls, conditions);
    this.history =
        new HistoryReader(
            store,
            server.getStaticEncodingContext(),
            ServerLimits.of(server).get(ServerLimit.HISTORY_VALUES));
    this.longestQueue = ServerLimits.of(server).count(ServerLimit.QUEUE_SIZE);
    nodes.make(layout, alarms.alarms());
    metadata(TypesNamespace.VERSION);
  }

  /**
   * What a station's alarms need.
   *
   * @param alarms all of them
   * @param methods what operators do to them
   * @param router who watches them
   * @param certificate the server's own, as it is now
   */
  record AlarmParts(
      Alarms alarms,
      ConditionMethods methods,
      EventRouter router,
      Supplier<X509Certificate> certificate) {}

  /** The conditions' nodes. */
  ConditionNodes conditions() {
    return conditions;
  }

  /** A charger's variables. */
  @Nullable LiveObject<ChargerView> charger(String id) {
    return nodes.charger(id);
  }

  /** Makes the nodes of another charger, whose alarms are there already. */
  void add(StationLayout.Bay bay, Alarms alarms) {
    nodes.add(bay, alarms);
  }

  /** Takes away the nodes of a charger. */
  void remove(String charger) {
    nodes.remove(charger, getNodeManager().getNodeIds());
  }

  /** The station's own variables. */
  LiveObject<StationView> station() {
    return nodes.station();
  }

  /** All nodes, with the fields of the conditions. */
  UaNodeManager allNodes() {
    return fields.with(getNodeManager());
  }

  @Override
  public List<ReferenceResult> browse(
      BrowseContext context, ViewDescription view, List<NodeId> nodeIds) {
    List<ReferenceResult> results = new ArrayList<>(super.browse(context, view, nodeIds));
    for (int i = 0; i < nodeIds.size(); i++) {
      NodeId id = nodeIds.get(i);
      if (conditions.around(id) == null) {
        continue;
      }
      List<Reference> references = new ArrayList<>(fields.getReferences(id));
      if (results.get(i) instanceof ReferenceResult.ReferenceList kept) {
        references.addAll(kept.references());
      }
      if (!references.isEmpty()) {
        results.set(i, ReferenceResult.of(references));
      }
    }
    return results;
  }

  @Override
  public List<DataValue> read(
      ReadContext context,
      Double maxAge,
      TimestampsToReturn timestamps,
      List<ReadValueId> readValueIds) {
    List<DataValue> results = new ArrayList<>(readValueIds.size());
    for (ReadValueId id : readValueIds) {
      LiveVariable variable =
          AttributeId.Value.uid().equals(id.getAttributeId())
              ? nodes.variable(id.getNodeId())
              : null;
      UaNode field = variable == null ? fields.getNode(id.getNodeId()).orElse(null) : null;
      if (field != null) {
        results.add(
            AttributeReader.readAttribute(
                context,
                field,
                id.getAttributeId(),
                timestamps,
                id.getIndexRange(),
                id.getDataEncoding()));
      } else if (variable == null) {
        results.addAll(super.read(context, maxAge, timestamps, List.of(id)));
      } else {
        DataValue value = part(variable.owner().value(variable), id);
        results.add(DataValue.derivedValue(value, timestamps));
      }
    }
    return results;
  }

  @Override
  public List<StatusCode> write(WriteContext context, List<WriteValue> writeValues) {
    List<StatusCode> results = new ArrayList<>(writeValues.size());
    String user = user(context.getSession().orElse(null));
    for (WriteValue write : writeValues) {
      LiveVariable variable =
          AttributeId.Value.uid().equals(write.getAttributeId())
              ? nodes.variable(write.getNodeId())
              : null;
      if (variable == null) {
        results.addAll(super.write(context, List.of(write)));
      } else if (!variable.spec().isWritable()) {
        // Nobody may, so it is no matter of rights (OPC 10000-4 §5.10.4.3).
        results.add(new StatusCode(StatusCodes.Bad_NotWritable));
      } else {
        results.add(new StatusCode(write(variable, write, user)));
      }
    }
    return results;
  }

  @Override
  public List<CallMethodResult> call(CallContext context, List<CallMethodRequest> requests) {
    Session session = context.getSession().orElse(null);
    Semaphore permits = session == null ? new Semaphore(1) : session.getCallSemaphore();
    List<CallMethodResult> results = new ArrayList<>(requests.size());
    for (CallMethodRequest request : requests) {
      if (!permits.tryAcquire()) {
        results.add(
            new CallMethodResult(
                new StatusCode(StatusCodes.Bad_ResourceUnavailable),
                new StatusCode[0],
                new DiagnosticInfo[0],
                new Variant[0]));
        continue;
      }
      try {
        results.add(call(request, user(session)));
      } finally {
        permits.release();
      }
    }
    return results;
  }

  private CallMethodResult call(CallMethodRequest request, @Nullable String user) {
    ConditionNode condition = conditions.at(request.getObjectId());
    return condition == null
        ? calls.call(request, user, getNodeManager().containsNode(request.getObjectId()))
        : methods.call(condition.alarm(), request, user);
  }

  @Override
  public List<HistoryReadResult> historyRead(
      HistoryReadContext context,
      HistoryReadDetails details,
      TimestampsToReturn timestamps,
      List<HistoryReadValueId> ids) {
    boolean allowed =
        calls.mayDo(user(context.getSession().orElse(null)), Authorization.Action.READ_HISTORY);
    List<HistoryReadResult> results = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      LiveVariable variable = nodes.variable(ids.get(i).getNodeId());
      if (!allowed) {
        results.add(HistoryReader.failed(StatusCodes.Bad_UserAccessDenied));
      } else if (variable != null && variable.spec().historized()) {
        results.add(history.read(details, timestamps, ids.get(i), i, ids.size()));
      } else {
        boolean known = getNodeManager().containsNode(ids.get(i).getNodeId());
        results.add(
            HistoryReader.failed(
                known
                    ? StatusCodes.Bad_HistoryOperationUnsupported
                    : StatusCodes.Bad_NodeIdUnknown));
      }
    }
    return results;
  }

  @Override
  public RevisedDataItemParameters onCreateDataItem(
      ReadValueId item, Double samplingInterval, UInteger queueSize) {
    boolean live = isWholeValue(item);
    return new RevisedDataItemParameters(
        revised(samplingInterval, live ? 0 : SHORTEST_MILLIS), bounded(queueSize, longestQueue));
  }

  @Override
  public RevisedDataItemParameters onModifyDataItem(
      ReadValueId item, Double samplingInterval, UInteger queueSize) {
    return onCreateDataItem(item, samplingInterval, queueSize);
  }

  @Override
  public void onDataItemsCreated(List<DataItem> items) {
    super.onDataItemsCreated(items.stream().filter(item -> !watch(item)).toList());
  }

  @Override
  public void onDataItemsModified(List<DataItem> items) {
    unwatch(items);
    super.onDataItemsDeleted(items);
    onDataItemsCreated(items);
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> items) {
    unwatch(items);
    super.onDataItemsDeleted(items);
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
  public void onMonitoringModeChanged(List<MonitoredItem> items) {
    for (MonitoredItem item : items) {
      if (item instanceof DataItem data) {
        watch(data);
      }
    }
    super.onMonitoringModeChanged(items);
  }

  /** The identity that a session has logged in with; null before. */
  private static @Nullable String user(@Nullable Session session) {
    return Login.of(session).map(Login::user).orElse(null);
  }

  private long write(LiveVariable variable, WriteValue write, @Nullable String user) {
    if (user == null || !calls.mayDo(user, Authorization.Action.OPERATE)) {
      return StatusCodes.Bad_UserAccessDenied;
    }
    DataValue written = write.getValue();
    boolean whole = write.getIndexRange() == null || write.getIndexRange().isEmpty();
    boolean dated = written.sourceTime() != null && written.sourceTime().isNotNull();
    if (!whole || !written.statusCode().isGood() || dated) {
      // A status or time of the client's own cannot be kept (OPC 10000-4 §5.10.4.1).
      return StatusCodes.Bad_WriteNotSupported;
    }
    if (!(written.value().value() instanceof Double number)) {
      return StatusCodes.Bad_TypeMismatch;
    }
    ValueRange range = variable.range();
    if (range != null && !range.contains(number)) {
      return StatusCodes.Bad_OutOfRange;
    }
    CommandAnswer answer = calls.execute(InstanceNodes.command(variable, number), user);
    if (answer.isDone()) {
      variable.owner().show(variable, number, Instant.now());
      return StatusCodes.Good;
    }
    return switch (answer.result()) {
      case OUT_OF_RANGE -> StatusCodes.Bad_OutOfRange;
      case NO_ANSWER -> StatusCodes.Bad_Timeout;
      case FAILED -> StatusCodes.Bad_InternalError;
      default -> StatusCodes.Bad_InvalidState;
    };
  }

  private boolean watch(DataItem item) {
    LiveVariable variable =
        isWholeValue(item.getReadValueId()) && item.getSamplingInterval() <= PUSH_MILLIS
            ? nodes.variable(item.getReadValueId().getNodeId())
            : null;
    if (variable == null) {
      return false;
    }
    variable.owner().watch(variable, item);
    return true;
  }

  private void unwatch(List<DataItem> items) {
    for (DataItem item : items) {
      LiveVariable variable = nodes.variable(item.getReadValueId().getNodeId());
      if (variable != null) {
        variable.owner().unwatch(variable, item);
      }
    }
  }

  private boolean isWholeValue(ReadValueId id) {
    return AttributeId.Value.uid().equals(id.getAttributeId())
        && (id.getIndexRange() == null || id.getIndexRange().isEmpty())
        && nodes.variable(id.getNodeId()) != null;
  }

  /** What a request wants of a value: all of it, or some elements of an array. */
  private static DataValue part(DataValue value, ReadValueId id) {
    if (id.getDataEncoding() != null && id.getDataEncoding().isNotNull()) {
      return new DataValue(StatusCodes.Bad_DataEncodingInvalid);
    }
    String range = id.getIndexRange();
    Object whole = value.value().value();
    if (range == null || range.isEmpty()) {
      return value;
    }
    try {
      NumericRange parsed = NumericRange.parse(range);
      if (whole == null) {
        return value;
      }
      return new DataValue(
          new Variant(NumericRange.readFromValueAtRange(value.value(), parsed)),
          value.statusCode(),
          value.sourceTime());
    } catch (UaException e) {
      return new DataValue(e.getStatusCode());
    }
  }
}
