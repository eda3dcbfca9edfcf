package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.security.PkiDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address space as any OPC UA client sees it. */
class AddressSpaceTest {
  @TempDir static Path directory;
  private static FakeCharger server;
  private static PkiDirectory pki;
  private static OpcUaClient client;
  private static int namespace;

  @BeforeAll
  static void connect() throws Exception {
    server = new FakeCharger(directory.resolve("server"));
    OpcUaChargerConfig config = server.trustedClient(directory.resolve("client"));
    pki = PkiDirectory.open(config.pkiDirectory(), config.identity());
    client = ClientFactory.connect(config, pki, EndpointFinder.find(config));
    namespace = client.readNamespaceTable().getIndex(ChargerTag.NAMESPACE_URI).intValue();
  }

  @AfterAll
  static void disconnect() {
    client.disconnectAsync();
    server.close();
    pki.close();
  }

  @Test
  void everyTagHasItsTypeUnitAndRange() throws Exception {
    for (ChargerTag tag : ChargerTag.values()) {
      String id = tag.identifier("CH01");
      DataValue type = read(id, AttributeId.DataType);
      assertThat(type.value().value()).as(id).isEqualTo(tag.type().dataType());
      if (tag.unit() == EngineeringUnit.ONE) {
        continue;
      }
      EUInformation unit = (EUInformation) decoded(id + ".EngineeringUnits");
      assertThat(unit.getUnitId()).as(id).isEqualTo(tag.unit().unitId());
      Range range = (Range) decoded(id + ".EURange");
      double high = tag == ChargerTag.SETPOINT_CURRENT ? 20 : tag.range().high();
      assertThat(range.getHigh()).as(id).isEqualTo(high);
      assertThat(range.getLow()).as(id).isEqualTo(tag.range().low());
    }
  }

  @Test
  void treeIsBrowsedFromTheObjectsFolder() throws Exception {
    assertThat(children(NodeIds.ObjectsFolder)).contains("CH01", "Bench");
    assertThat(children(node("CH01"))).contains("Meas", "Cap", "Battery", "Setpoint", "Heartbeat");
    assertThat(children(node("CH01.Meas"))).contains("OutputCurrent", "MaxCellTemperature");
    assertThat(children(node("CH01.Meas.OutputCurrent"))).contains("EURange", "EngineeringUnits");
    assertThat(children(node("Bench.Clock"))).containsExactly("Tick", "SimTimeNanos", "Done");
  }

  @Test
  void wrongTypesRangesAndReadOnlyTagsAreRefused() throws Exception {
    server.writes.clear();
    assertThat(write("CH01.Setpoint.Current", 1)).isEqualTo(StatusCodes.Bad_TypeMismatch);
    assertThat(write("CH01.Setpoint.Current", 20.01)).isEqualTo(StatusCodes.Bad_OutOfRange);
    assertThat(write("CH01.Setpoint.Current", -0.01)).isEqualTo(StatusCodes.Bad_OutOfRange);
    assertThat(write("CH01.Setpoint.Current", Double.NaN)).isEqualTo(StatusCodes.Bad_OutOfRange);
    assertThat(write("CH01.Setpoint.ValidForMillis", uint(60_001)))
        .isEqualTo(StatusCodes.Bad_OutOfRange);
    assertThat(write("CH01.Meas.OutputCurrent", 1.0)).isEqualTo(StatusCodes.Bad_NotWritable);
    assertThat(write("CH01.Setpoint.Nonsense", 1.0)).isEqualTo(StatusCodes.Bad_NodeIdUnknown);
    assertThat(server.writes).isEmpty();
    assertThat(write("CH01.Setpoint.Current", 20.0)).isEqualTo(StatusCodes.Good);
    assertThat(server.writes).hasSize(1);
    assertThat(read("CH01.Setpoint.Current", AttributeId.Value).value().value()).isEqualTo(20.0);
  }

  @Test
  void oneReadSeesOneInstant() throws Exception {
    List<NodeId> nodes = List.of(node("CH01.Heartbeat"), node("CH01.Meas.OutputCurrent"));
    for (int i = 0; i < 50; i++) {
      List<DataValue> values = client.readValues(0.0, TimestampsToReturn.Source, nodes);
      assertThat(values.get(0).sourceTime())
          .as("both values are from the same publication")
          .isEqualTo(values.get(1).sourceTime());
    }
  }

  @Test
  void subscriptionsGetEveryBeatAndQueuesAreBounded() throws Exception {
    List<Long> beats = new CopyOnWriteArrayList<>();
    OpcUaSubscription subscription = new OpcUaSubscription(client, 100.0);
    subscription.create();
    OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(node("CH01.Heartbeat"));
    item.setSamplingInterval(25.0);
    item.setQueueSize(uint(60_000));
    item.setDataValueListener(
        (monitored, value) -> beats.add(((UInteger) value.value().value()).longValue()));
    subscription.addMonitoredItem(item);
    subscription.synchronizeMonitoredItems();
    assertThat(item.getRevisedQueueSize()).contains(uint(100));
    await().atMost(Duration.ofSeconds(5)).until(() -> beats.size() >= 10);
    List<Long> seen = new ArrayList<>(beats).subList(0, 10);
    // Sampled twice a beat, so none is missed; a stall of the machine may cost one.
    assertThat(seen.get(9) - seen.get(0)).isBetween(9L, 11L);
    subscription.delete();
  }

  private static NodeId node(String identifier) {
    return new NodeId(namespace, identifier);
  }

  private static DataValue read(String identifier, AttributeId attribute) throws Exception {
    return client.read(
            0.0,
            TimestampsToReturn.Both,
            List.of(new ReadValueId(node(identifier), attribute.uid(), null, null)))
        .getResults()[0];
  }

  private static Object decoded(String identifier) throws Exception {
    ExtensionObject value = (ExtensionObject) read(identifier, AttributeId.Value).value().value();
    return value.decode(client.getStaticEncodingContext());
  }

  private static long write(String identifier, Object value) throws Exception {
    List<StatusCode> results =
        client.writeValues(
            List.of(node(identifier)), List.of(DataValue.valueOnly(new Variant(value))));
    return results.get(0).value();
  }

  private static List<String> children(NodeId parent) throws Exception {
    ReferenceDescription[] references =
        client
            .browse(
                new BrowseDescription(
                    parent,
                    BrowseDirection.Forward,
                    NodeIds.HierarchicalReferences,
                    true,
                    uint(0),
                    uint(63)))
            .getReferences();
    List<String> names = new ArrayList<>();
    for (ReferenceDescription reference : references) {
      names.add(reference.getBrowseName().name());
    }
    return names;
  }
}
