package dev.anodyne.opcua.server.station;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;

/** A client's subscription to events, with what it has been told. */
final class EventWatcher {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<String> BASE =
      List.of("EventId", "EventType", "SourceNode", "SourceName", "Message", "Severity");
  private static final List<String> CONDITION =
      List.of(
          "ConditionName",
          "BranchId",
          "Retain",
          "ClientUserId",
          "Quality",
          "Comment",
          "LastSeverity",
          "EnabledState/Id",
          "AckedState/Id",
          "ConfirmedState/Id",
          "ActiveState/Id",
          "LimitState/CurrentState",
          "HighLimit");

  final List<Map<String, Object>> told = new CopyOnWriteArrayList<>();
  final OpcUaSubscription subscription;
  final OpcUaMonitoredItem item;

  /** Watches the events of a node; {@code where} may be empty. */
  EventWatcher(OpcUaClient client, NodeId node, List<String> more, ContentFilterElement... where)
      throws Exception {
    List<String> names = new ArrayList<>(BASE);
    names.addAll(CONDITION);
    names.addAll(more);
    List<SimpleAttributeOperand> fields = new ArrayList<>();
    names.forEach(name -> fields.add(field(NodeIds.BaseEventType, name)));
    fields.add(
        new SimpleAttributeOperand(
            NodeIds.ConditionType, new QualifiedName[0], AttributeId.NodeId.uid(), null));
    names.add("ConditionId");
    item =
        OpcUaMonitoredItem.newEventItem(
            node,
            new EventFilter(
                fields.toArray(SimpleAttributeOperand[]::new), new ContentFilter(where)));
    item.setQueueSize(UInteger.valueOf(500));
    item.setEventValueListener(
        (unused, values) -> {
          Map<String, Object> event = new LinkedHashMap<>();
          for (int i = 0; i < values.length; i++) {
            event.put(names.get(i), values[i].value());
          }
          told.add(event);
        });
    subscription = new OpcUaSubscription(client);
    subscription.setPublishingInterval(50.0);
    subscription.create();
    subscription.addMonitoredItem(item);
    subscription.synchronizeMonitoredItems();
  }

  static SimpleAttributeOperand field(NodeId type, String path) {
    String[] names = path.split("/");
    QualifiedName[] browsePath = new QualifiedName[names.length];
    for (int i = 0; i < names.length; i++) {
      browsePath[i] = new QualifiedName(0, names[i]);
    }
    return new SimpleAttributeOperand(type, browsePath, AttributeId.Value.uid(), null);
  }

  /** Only events of a type, or of one derived from it. */
  static ContentFilterElement ofType(OpcUaClient client, NodeId type) {
    return element(client, FilterOperator.OfType, new LiteralOperand(new Variant(type)));
  }

  static ContentFilterElement element(
      OpcUaClient client, FilterOperator operator, Object... operands) {
    ExtensionObject[] encoded = new ExtensionObject[operands.length];
    for (int i = 0; i < operands.length; i++) {
      encoded[i] =
          ExtensionObject.encode(
              client.getStaticEncodingContext(),
              (org.eclipse.milo.opcua.stack.core.types.UaStructuredType) operands[i]);
    }
    return new ContentFilterElement(operator, encoded);
  }

  /** The first event that fits, when it has come. */
  Map<String, Object> next(Predicate<Map<String, Object>> fits) {
    await().atMost(PATIENCE).until(() -> told.stream().anyMatch(fits));
    return told.stream().filter(fits).findFirst().orElseThrow();
  }

  static Predicate<Map<String, Object>> of(String condition, boolean active) {
    return e ->
        condition.equals(e.get("ConditionName"))
            && Boolean.valueOf(active).equals(e.get("ActiveState/Id"));
  }

  static Predicate<Map<String, Object>> type(NodeId type) {
    return e -> type.equals(e.get("EventType"));
  }

  static ByteString id(Map<String, Object> event) {
    return (ByteString) event.get("EventId");
  }

  static String text(Map<String, Object> event, String field) {
    return ((LocalizedText) event.get(field)).text();
  }
}
