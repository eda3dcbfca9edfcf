package dev.anodyne.opcua.server;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.ValueRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.server.AddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.SimpleAddressSpaceFilter;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one charger as nodes. All values come from one image that is replaced as a whole, so
 * that a read of many tags never mixes two instants. Writes are checked against type and range, and
 * those of one request are handed over together, after the image shows them.
 *
 * <p>A command is one thing: when a request writes several set-points and one is refused, the
 * others of that request are refused as well ({@code Bad_InvalidState}), and nothing is handed
 * over.
 */
public final class TagNamespace extends ManagedNamespaceWithLifecycle {
  private static final double SHORTEST_SAMPLING_MILLIS = 10;

  private final Map<NodeId, ChargerTag> tagOfNode = new HashMap<>();
  private final Map<ChargerTag, ValueRange> ranges = new EnumMap<>(ChargerTag.class);
  private final Consumer<Map<ChargerTag, Object>> onWrite;
  private final SubscriptionModel subscriptions;
  private final TagFeed feed;
  private final AddressSpaceFilter ownNodes =
      SimpleAddressSpaceFilter.create(getNodeManager()::containsNode);
  private final Object imageLock = new Object();
  private final UInteger longestQueue;
  private volatile DataValue[] image;

  /** Makes the nodes: see {@link SecureServer#addTags}. */
  TagNamespace(
      OpcUaServer server,
      String chargerId,
      Set<ChargerTag> tags,
      Map<ChargerTag, ValueRange> narrowedRanges,
      Consumer<Map<ChargerTag, Object>> onWrite) {
    super(server, ChargerTag.NAMESPACE_URI);
    this.onWrite = onWrite;
    this.longestQueue = ServerLimits.of(server).count(ServerLimit.QUEUE_SIZE);
    this.image = new DataValue[ChargerTag.values().length];
    DateTime now = DateTime.now();
    TagNodes nodes = new TagNodes(getNodeContext(), getNamespaceIndex(), chargerId);
    for (ChargerTag tag : ChargerTag.values()) {
      ranges.put(tag, narrowedRanges.getOrDefault(tag, tag.range()));
      image[tag.ordinal()] =
          new DataValue(
              new Variant(tag.type().initialValue()),
              new StatusCode(StatusCodes.Bad_WaitingForInitialData),
              now);
      if (tags.contains(tag)) {
        tagOfNode.put(nodes.add(tag, ranges.getOrDefault(tag, tag.range())), tag);
      }
    }
    feed = new TagFeed(server.getScheduledExecutorService());
    subscriptions = new SubscriptionModel(server, this);
    getLifecycleManager().addLifecycle(subscriptions);
  }

  /**
   * Replaces values. Tags that are not named keep theirs.
   *
   * @param values new values in tag types
   * @param statuses status of the tags that are not good
   */
  public void publish(Map<ChargerTag, Object> values, Map<ChargerTag, StatusCode> statuses) {
    publish(values, statuses, DateTime.now());
  }

  /**
   * Replaces values that are of another instant than now. Tags that are not named keep theirs.
   *
   * @param values new values in tag types
   * @param statuses status of the tags that are not good
   * @param sourceTime when the values were taken
   */
  public void publish(
      Map<ChargerTag, Object> values, Map<ChargerTag, StatusCode> statuses, DateTime sourceTime) {
    synchronized (imageLock) {
      DataValue[] next = image.clone();
      values.forEach(
          (tag, value) ->
              next[tag.ordinal()] =
                  new DataValue(
                      new Variant(value), statuses.getOrDefault(tag, StatusCode.GOOD), sourceTime));
      image = next;
      // Under the lock: whoever hears of values hears of them in the order of the images.
      values.keySet().forEach(tag -> feed.publish(tag, next[tag.ordinal()]));
    }
  }

  /** Several chargers of one server share a namespace; each answers for its own nodes. */
  @Override
  public AddressSpaceFilter getFilter() {
    return ownNodes;
  }

  @Override
  public List<DataValue> read(
      ReadContext context,
      Double maxAge,
      TimestampsToReturn timestamps,
      List<ReadValueId> readValueIds) {
    DataValue[] seen = image;
    List<DataValue> results = new ArrayList<>(readValueIds.size());
    for (ReadValueId id : readValueIds) {
      ChargerTag tag = isWholeValue(id) ? tagOfNode.get(id.getNodeId()) : null;
      if (tag != null) {
        results.add(DataValue.derivedValue(seen[tag.ordinal()], timestamps));
      } else {
        results.addAll(super.read(context, maxAge, timestamps, List.of(id)));
      }
    }
    return results;
  }

  @Override
  public List<StatusCode> write(WriteContext context, List<WriteValue> writeValues) {
    Map<ChargerTag, Object> accepted = new EnumMap<>(ChargerTag.class);
    List<StatusCode> results = new ArrayList<>(writeValues.size());
    boolean setpointRefused = false;
    for (WriteValue write : writeValues) {
      ChargerTag tag = writableTag(write);
      if (tag == null) {
        results.addAll(super.write(context, List.of(write)));
        continue;
      }
      StatusCode status = check(tag, write.getValue());
      results.add(status);
      if (status.isGood()) {
        accepted.put(tag, write.getValue().value().value());
      } else {
        setpointRefused |= ChargerTag.SETPOINTS.contains(tag);
      }
    }
    if (setpointRefused) {
      refuseSetpoints(writeValues, results, accepted);
    }
    if (!accepted.isEmpty()) {
      publish(accepted, Map.of());
      onWrite.accept(Collections.unmodifiableMap(accepted));
    }
    return results;
  }

  @Override
  public RevisedDataItemParameters onCreateDataItem(
      ReadValueId itemToMonitor, Double requestedSamplingInterval, UInteger requestedQueueSize) {
    return new RevisedDataItemParameters(
        revised(requestedSamplingInterval), boundedQueue(requestedQueueSize));
  }

  @Override
  public RevisedDataItemParameters onModifyDataItem(
      ReadValueId itemToModify, Double requestedSamplingInterval, UInteger requestedQueueSize) {
    return new RevisedDataItemParameters(
        revised(requestedSamplingInterval), boundedQueue(requestedQueueSize));
  }

  @Override
  public void onDataItemsCreated(List<DataItem> dataItems) {
    subscriptions.onDataItemsCreated(others(dataItems, feed::add));
  }

  @Override
  public void onDataItemsModified(List<DataItem> dataItems) {
    subscriptions.onDataItemsModified(others(dataItems, feed::changed));
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> dataItems) {
    subscriptions.onDataItemsDeleted(
        others(dataItems, (tag, item, present) -> feed.remove(tag, item)));
  }

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> monitoredItems) {
    List<DataItem> items = new ArrayList<>();
    for (MonitoredItem item : monitoredItems) {
      if (item instanceof DataItem data) {
        items.add(data);
      }
    }
    if (!others(items, feed::changed).isEmpty()) {
      subscriptions.onMonitoringModeChanged(monitoredItems);
    }
  }

  /** What is to be done with an item of a tag's value. */
  private interface Feeding {
    void item(ChargerTag tag, DataItem item, DataValue present);
  }

  /** Does it with the items of tags' values; returns all others, which are sampled. */
  private List<DataItem> others(List<DataItem> items, Feeding feeding) {
    List<DataItem> others = new ArrayList<>();
    synchronized (imageLock) {
      for (DataItem item : items) {
        ReadValueId id = item.getReadValueId();
        ChargerTag tag = isWholeValue(id) ? tagOfNode.get(id.getNodeId()) : null;
        if (tag == null) {
          others.add(item);
        } else {
          feeding.item(tag, item, image[tag.ordinal()]);
        }
      }
    }
    return others;
  }

  private @Nullable ChargerTag writableTag(WriteValue write) {
    boolean whole =
        AttributeId.Value.uid().equals(write.getAttributeId())
            && (write.getIndexRange() == null || write.getIndexRange().isEmpty());
    ChargerTag tag = whole ? tagOfNode.get(write.getNodeId()) : null;
    return tag != null && tag.isWritable() ? tag : null;
  }

  private StatusCode check(ChargerTag tag, DataValue written) {
    if (!written.statusCode().isGood()) {
      return new StatusCode(StatusCodes.Bad_WriteNotSupported);
    }
    Object value = written.value().value();
    if (!tag.type().javaType().isInstance(value)) {
      return new StatusCode(StatusCodes.Bad_TypeMismatch);
    }
    if (value instanceof Number number
        && !ranges.getOrDefault(tag, tag.range()).contains(number.doubleValue())) {
      return new StatusCode(StatusCodes.Bad_OutOfRange);
    }
    return StatusCode.GOOD;
  }

  private void refuseSetpoints(
      List<WriteValue> writes, List<StatusCode> results, Map<ChargerTag, Object> accepted) {
    for (int i = 0; i < writes.size(); i++) {
      ChargerTag tag = writableTag(writes.get(i));
      if (tag != null && ChargerTag.SETPOINTS.contains(tag) && results.get(i).isGood()) {
        results.set(i, new StatusCode(StatusCodes.Bad_InvalidState));
        accepted.remove(tag);
      }
    }
  }

  private static boolean isWholeValue(ReadValueId id) {
    return AttributeId.Value.uid().equals(id.getAttributeId())
        && (id.getIndexRange() == null || id.getIndexRange().isEmpty());
  }

  /** Sampling without a pause would never rest, and an interval that is no number would end it. */
  private static double revised(double requestedMillis) {
    return requestedMillis >= SHORTEST_SAMPLING_MILLIS ? requestedMillis : SHORTEST_SAMPLING_MILLIS;
  }

  private UInteger boundedQueue(UInteger requested) {
    return requested.compareTo(longestQueue) > 0 ? longestQueue : requested;
  }
}
