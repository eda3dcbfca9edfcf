package dev.anodyne.opcua.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.server.audit.AuditEntry;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What clients may make a server keep and do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
  private SecureBench bench;
  private OpcUaClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    ServerLimits limits =
        ServerLimits.DEFAULT
            .with(ServerLimit.SESSIONS, 5)
            .with(ServerLimit.SESSIONS_PER_USER, 2)
            .with(ServerLimit.SUBSCRIPTIONS_PER_SESSION, 2)
            .with(ServerLimit.MONITORED_ITEMS_PER_SESSION, 10)
            .with(ServerLimit.QUEUE_SIZE, 7)
            .with(ServerLimit.ITEMS_PER_REQUEST, 20)
            .with(ServerLimit.NODES_PER_READ, 50)
            .with(ServerLimit.NODES_PER_WRITE, 3)
            .with(ServerLimit.STRING_LENGTH, 100)
            .with(ServerLimit.ARRAY_LENGTH, 16)
            .with(ServerLimit.PUBLISHING_INTERVAL_MILLIS, 100);
    bench = new SecureBench(directory, c -> c.with(limits));
    client = bench.connect("operator");
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private static String refusal(Callable<?> request) {
    try {
      return String.valueOf(request.call());
    } catch (Exception e) {
      return UaException.extractStatusCode(e)
          .flatMap(status -> StatusCodes.lookup(status.value()))
          .map(words -> words[0])
          .orElseGet(e::toString);
    }
  }

  private String login(String user) {
    return bench.refusal(
        ChannelPolicy.BASIC256_SHA256,
        new UsernameProvider(user, SecureBench.PASSWORD),
        SecureBench.CLIENT);
  }

  @Test
  void aUserHasSoManySessionsAndTheServerToo() throws Exception {
    // "operator" has one already.
    assertThat(login("admin")).isEqualTo("connected");
    assertThat(login("admin")).isEqualTo("connected");
    assertThat(login("admin")).isEqualTo("Bad_TooManySessions");
    assertThat(bench.noted(AuditEntry.Kind.LIMIT_REACHED))
        .extracting(entry -> ((AuditEntry.Limit) entry.action()).name())
        .contains("sessionsPerUser");
    assertThat(login("engineer")).as("the refused one left its place").isEqualTo("connected");
    assertThat(login("observer")).isEqualTo("connected");
    assertThat(login("operator")).as("the sixth").isEqualTo("Bad_TooManySessions");
    assertThat(state()).isTrue();
  }

  private boolean state() throws UaException {
    return client
        .readValue(0.0, TimestampsToReturn.Both, NodeIds.Server_ServerStatus_State)
        .statusCode()
        .isGood();
  }

  @Test
  void requestsHaveTheirLargestSize() throws Exception {
    ReadValueId id =
        new ReadValueId(NodeIds.Server_ServerStatus_State, AttributeId.Value.uid(), null, null);
    assertThat(
            refusal(() -> client.read(0.0, TimestampsToReturn.Both, Collections.nCopies(51, id))))
        .isEqualTo("Bad_TooManyOperations");
    NodeId node = SecureBench.node(client, "Setpoint.Current");
    DataValue value = DataValue.valueOnly(new Variant(1.0));
    assertThat(
            refusal(
                () ->
                    client.writeValues(
                        Collections.nCopies(4, node), Collections.nCopies(4, value))))
        .isEqualTo("Bad_TooManyOperations");
    for (Object large :
        new Object[] {"x".repeat(101), new Double[17], new String[] {"x".repeat(101)}}) {
      assertThat(
              refusal(
                  () ->
                      client.writeValues(
                          List.of(node), List.of(DataValue.valueOnly(new Variant(large))))))
          .isEqualTo("Bad_EncodingLimitsExceeded");
    }
  }

  @Test
  void queuesItemsAndSubscriptionsHaveTheirs() throws Exception {
    OpcUaSubscription one = new OpcUaSubscription(client, 1.0);
    one.create();
    assertThat(one.getRevisedPublishingInterval().orElseThrow()).isGreaterThanOrEqualTo(100.0);
    OpcUaMonitoredItem own =
        OpcUaMonitoredItem.newDataItem(SecureBench.node(client, "Meas.BatteryVoltage"));
    OpcUaMonitoredItem standard =
        OpcUaMonitoredItem.newDataItem(NodeIds.Server_ServerStatus_CurrentTime);
    own.setQueueSize(uint(60_000));
    standard.setQueueSize(uint(60_000));
    one.addMonitoredItems(List.of(own, standard));
    one.synchronizeMonitoredItems();
    assertThat(own.getRevisedQueueSize().orElseThrow()).isEqualTo(uint(7));
    assertThat(standard.getRevisedQueueSize().orElseThrow())
        .as("the library's own nodes, too")
        .isEqualTo(uint(7));
    for (int i = 0; i < 9; i++) {
      one.addMonitoredItem(OpcUaMonitoredItem.newDataItem(NodeIds.Server_ServerStatus_State));
    }
    long made = one.createMonitoredItems().stream().filter(r -> r.serviceResult().isGood()).count();
    assertThat(made).as("ten in all").isLessThanOrEqualTo(9);
    assertThat(one.getMonitoredItems().stream().filter(i -> i.getMonitoredItemId().isPresent()))
        .hasSize(10);
    new OpcUaSubscription(client).create();
    assertThat(
            refusal(
                () -> {
                  new OpcUaSubscription(client).create();
                  return "created";
                }))
        .isEqualTo("Bad_TooManySubscriptions");
  }

  @Test
  void limitsAreToldToClients() throws Exception {
    Map<NodeId, Object> told =
        Map.of(
            NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead, uint(50),
            NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerWrite, uint(3),
            NodeIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall, uint(20),
            NodeIds.Server_ServerCapabilities_MaxStringLength, uint(100));
    for (Map.Entry<NodeId, Object> limit : told.entrySet()) {
      assertThat(client.readValue(0.0, TimestampsToReturn.Neither, limit.getKey()).value().value())
          .isEqualTo(limit.getValue());
    }
  }
}
