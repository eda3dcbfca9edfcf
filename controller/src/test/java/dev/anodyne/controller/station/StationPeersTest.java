package dev.anodyne.controller.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.station.StationControl.Caller;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import dev.anodyne.opcua.server.station.StationCommand;
import dev.anodyne.opcua.server.station.StationLayout;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on one event bus: what is asked of one reaches the connectors of the others. */
class StationPeersTest {
  private static final Set<String> KNOWN = Set.of("A", "B", "C");
  private static final Caller ANNA = new Caller("anna", "OPC UA");

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Node one = new Node("A");
  private final Node two = new Node("B");

  /** A node that drives some connectors; no sessions stand behind them. */
  private final class Node {
    final Map<String, ConnectorSupervision> connectors = new ConcurrentHashMap<>();
    final StationControl control =
        new StationControl(vertx, connectors, Map.of(), Clock.systemUTC());
    final StationPeers peers = control.join(vertx, () -> KNOWN, control::executeHere);

    Node(String... ids) {
      for (String id : ids) {
        connectors.put(id, new ConnectorSupervision(id, 1e5));
      }
    }

    /** It takes a connector over. */
    void drives(String id) throws Exception {
      ConnectorSupervision supervision = new ConnectorSupervision(id, 1e5);
      connectors.put(id, supervision);
      peers.added(connector(id), supervision);
      control.share();
    }

    CommandAnswer ask(StationCommand command) throws Exception {
      return control.execute(command, ANNA).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    Orders orders(String id) {
      return connectors.get(id).orders();
    }
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aStopReachesAllNodesAndSaysWhichConnectorsItHasNot() throws Exception {
    CommandAnswer answer = one.ask(new StationCommand.StationEmergencyStopRequest("Fire."));
    assertThat(one.orders("A").emergencyStopped()).isTrue();
    assertThat(two.orders("B").emergencyStopped()).isTrue();
    assertThat(answer.result()).as("nobody drives C").isEqualTo(CommandResult.NO_ANSWER);
    assertThat(answer.message())
        .contains("acknowledged and reset at A, B.")
        .contains("Not reached: C.");
    two.drives("C");
    assertThat(two.orders("C").emergencyStopped()).as("as soon as a node drives it").isTrue();
    assertThat(one.ask(new StationCommand.StationEmergencyStopRequest("Fire.")))
        .isEqualTo(CommandAnswer.accepted("No current until acknowledged and reset at A, B, C."));
  }

  @Test
  void aStopOutlivesTheNodeThatHeldIt() throws Exception {
    one.ask(new StationCommand.EmergencyStopRequest("A", "Smoke."));
    // Every second each node tells what stands.
    TimeUnit.MILLISECONDS.sleep(1500);
    one.peers.close();
    two.drives("A");
    assertThat(two.orders("A").emergencyStopped()).isTrue();
    two.drives("C");
    assertThat(two.orders("C").emergencyStopped()).as("nobody has stopped it").isFalse();
  }

  @Test
  void aStopThatWasResetIsNotHandedOver() throws Exception {
    one.ask(new StationCommand.EmergencyStopRequest("A", "Smoke."));
    TimeUnit.MILLISECONDS.sleep(1500);
    assertThat(two.ask(new StationCommand.Acknowledge("A", "Steam.")).isDone()).isTrue();
    assertThat(two.ask(new StationCommand.Reset("A")).isDone()).isTrue();
    TimeUnit.MILLISECONDS.sleep(1500);
    one.peers.close();
    two.drives("A");
    assertThat(two.orders("A").emergencyStopped()).isFalse();
  }

  @Test
  void aLimitIsSharedByAllConnectorsOfTheStationWhoeverDrivesThem() throws Exception {
    two.drives("C");
    CommandAnswer answer = one.ask(new StationCommand.SetStationPowerLimit(30_000));
    assertThat(answer.result()).as(answer.message()).isEqualTo(CommandResult.ACCEPTED);
    assertThat(answer.message()).contains("30000 W").contains("A, B, C");
    for (Orders orders : new Orders[] {one.orders("A"), two.orders("B"), two.orders("C")}) {
      assertThat(orders.capWatts()).isEqualTo(10_000);
    }
    Node late = new Node();
    await().until(() -> late.control.stationWatts() == 30_000);
    late.drives("B");
    assertThat(late.orders("B").capWatts()).isEqualTo(10_000);
    late.ask(new StationCommand.SetStationPowerLimit(StationLayout.MOST_WATTS));
    await().until(() -> Double.isInfinite(one.orders("A").capWatts()));
  }

  @Test
  void aCommandReachesTheNodeThatDrivesItsConnector() throws Exception {
    assertThat(one.ask(new StationCommand.SetPowerLimit("B", 7000)).message())
        .isEqualTo("Charger B may use 7000 W.");
    assertThat(two.orders("B").powerLimitWatts()).isEqualTo(7000);
    assertThat(one.ask(new StationCommand.SetPolicy("B", "none")).result())
        .isEqualTo(CommandResult.UNKNOWN_POLICY);
    assertThat(one.ask(new StationCommand.SetPowerLimit("C", 7000)).result())
        .as("nobody drives it now")
        .isEqualTo(CommandResult.NO_ANSWER);
    assertThat(one.ask(new StationCommand.SetPowerLimit("D", 7000)).result())
        .as("there is none")
        .isEqualTo(CommandResult.NOT_POSSIBLE);
  }

  private ConnectorConfig connector(String id) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve(id + ".yaml"),
            """
            connectors:
              - id: %s
                charger: {endpoint: "opc.tcp://127.0.0.1:9/none", user: u, password: p}
                battery: {cell: lgm50, layout: 4s1p}
                policy: "cccv:1"
                estimator: physics
            """
                .formatted(id));
    return StationConfigReader.read(file).connectors().get(0);
  }
}
