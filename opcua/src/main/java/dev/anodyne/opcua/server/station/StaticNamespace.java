package dev.anodyne.opcua.server.station;

import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.IdType;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** A namespace whose nodes never change, with its metadata below {@code Server.Namespaces}. */
abstract class StaticNamespace extends ManagedNamespaceWithLifecycle {
  /** When the models of this project were last changed. */
  static final String PUBLISHED = "2026-11-23T00:00:00Z";

  /** Nobody needs more of what never changes; queues are allocated at once. */
  private static final UInteger QUEUE = UInteger.valueOf(2);

  /** What never changes need not be looked at often. */
  private static final double SHORTEST_MILLIS = 250;

  private static final double LONGEST_MILLIS = 86_400_000;

  private final SubscriptionModel subscriptions;

  StaticNamespace(OpcUaServer server, String uri) {
    super(server, uri);
    subscriptions = new SubscriptionModel(server, this);
    getLifecycleManager().addLifecycle(subscriptions);
  }

  /** Makes this namespace's nodes. */
  final NodeMaker maker() {
    return new NodeMaker(getNodeContext(), getNamespaceIndex());
  }

  /**
   * Says which namespace this is, and which version of it (OPC 10000-5 §6.3.14).
   *
   * @param id of the object
   * @param propertyId from a property's name and its position to its id
   * @param version of the model
   * @param subset true when only a part of the namespace is here
   */
  final void metadata(
      NodeId id, BiFunction<String, Integer, NodeId> propertyId, String version, boolean subset) {
    NodeMaker make = maker();
    make.object(id, make.name(getNamespaceUri()), NodeIds.NamespaceMetadataType, "");
    make.link(NodeIds.Server_Namespaces, NodeIds.HasComponent, id);
    boolean numeric = id.getIdentifier() instanceof UInteger;
    Integer[] idTypes = {(numeric ? IdType.Numeric : IdType.String).getValue()};
    String[] range = numeric ? new String[] {"1:65535"} : new String[0];
    Object[][] properties = {
      {"NamespaceUri", NodeIds.String, getNamespaceUri()},
      {"NamespaceVersion", NodeIds.String, version},
      {"NamespacePublicationDate", NodeIds.DateTime, new DateTime(Instant.parse(PUBLISHED))},
      {"IsNamespaceSubset", NodeIds.Boolean, subset},
      {"StaticNodeIdTypes", NodeIds.IdType, idTypes},
      {"StaticNumericNodeIdRange", NodeIds.NumericRange, range},
      {"StaticStringNodeIdPattern", NodeIds.String, numeric ? "" : "%"},
    };
    for (int i = 0; i < properties.length; i++) {
      String name = (String) properties[i][0];
      make.property(
          id,
          propertyId.apply(name, i),
          NodeMaker.standardName(name),
          (NodeId) properties[i][1],
          properties[i][2]);
    }
  }

  /** The same with an object and properties that have the usual string ids. */
  final void metadata(String version) {
    NodeId id = maker().id("NamespaceMetadata");
    metadata(id, (name, i) -> maker().id("NamespaceMetadata." + name), version, false);
  }

  @Override
  public RevisedDataItemParameters onCreateDataItem(
      ReadValueId itemToMonitor, Double samplingInterval, UInteger queueSize) {
    return new RevisedDataItemParameters(
        revised(samplingInterval, SHORTEST_MILLIS), bounded(queueSize, QUEUE));
  }

  @Override
  public RevisedDataItemParameters onModifyDataItem(
      ReadValueId itemToModify, Double samplingInterval, UInteger queueSize) {
    return new RevisedDataItemParameters(
        revised(samplingInterval, SHORTEST_MILLIS), bounded(queueSize, QUEUE));
  }

  @Override
  public void onDataItemsCreated(List<DataItem> items) {
    subscriptions.onDataItemsCreated(items);
  }

  @Override
  public void onDataItemsModified(List<DataItem> items) {
    subscriptions.onDataItemsModified(items);
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> items) {
    subscriptions.onDataItemsDeleted(items);
  }

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> items) {
    subscriptions.onMonitoringModeChanged(items);
  }

  /**
   * A sampling interval that can be kept, ms. One that is no number would end all sampling, and one
   * of zero would never let it rest.
   */
  static double revised(double requested, double shortest) {
    return requested >= shortest ? Math.min(requested, LONGEST_MILLIS) : shortest;
  }

  /** A queue's size, cut to what is allowed. */
  static UInteger bounded(UInteger requested, UInteger most) {
    return requested.compareTo(most) > 0 ? most : requested;
  }
}
