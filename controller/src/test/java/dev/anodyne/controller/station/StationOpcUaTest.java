package dev.anodyne.controller.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.opcua.server.station.CommandResult;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station as configured in a file, seen by a SCADA client. Its charger cannot be reached. */
class StationOpcUaTest {
  /** Guards against hanging only. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aConfiguredStationIsServedAndTakesCommands() throws Exception {
    StationConfig config = config();
    try (AnodyneServer server = AnodyneServer.start(config);
        ScadaClient client =
            ScadaClient.connect(String.valueOf(server.opcuaUrl()), config, folder)) {
      whatIsKnownIsShown(client);
      commandsReachTheSession(client);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(Files.readAllLines(folder.resolve("audit/audit.jsonl")))
                      .anyMatch(l -> l.contains("LOGIN") && l.contains("scada"))
                      .anyMatch(l -> l.contains("CALL") && l.contains("SetPowerLimit")));
    }
  }

  private static void whatIsKnownIsShown(ScadaClient client) throws Exception {
    // Nobody listens at the charger's address: it is known that it is gone, and nothing else is.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(client.read("C1.Health.Link").value().value())
                  .isEqualTo(LinkState.DOWN.ordinal());
              assertThat(client.read("C1.Measurements.Voltage").statusCode().value())
                  .isEqualTo(StatusCodes.Bad_NoCommunication);
            });
    assertThat(client.state("C1")).isEqualTo("Idle");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(client.read("C1.Alarms.LinkLost.ActiveState.Id").value().value())
                    .isEqualTo(true));
    assertThat(client.read("C1.Alarms.LinkLost.Severity").value().value())
        .isEqualTo(UShort.valueOf(850));
    assertThat(client.read("C1.Alarms.GuardTripped.ActiveState.Id").value().value())
        .as("the lost link is told once")
        .isEqualTo(false);
  }

  private static void commandsReachTheSession(ScadaClient client) throws Exception {
    assertThat(call(client, "SetPowerLimit", 5000.0)).isEqualTo(CommandResult.ACCEPTED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(client.read("C1.Setpoints.PowerLimit").value().value())
                    .isEqualTo(5000.0));
    // Making one is computing: on a busy machine the first answer may be that it is under way.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(call(client, "SetPolicy", "map")).isEqualTo(CommandResult.ACCEPTED));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(client.read("C1.Policy.ActivePolicy").value().value()).isEqualTo("map"));
    assertThat(call(client, "SetPolicy", "nonsense")).isEqualTo(CommandResult.UNKNOWN_POLICY);
    assertThat(call(client, "StopCharging", "Done for today.")).isEqualTo(CommandResult.ACCEPTED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(client.state("C1")).isEqualTo("Finished"));
    assertThat(client.read("C1.Session.Reason").value().value())
        .isEqualTo("Stopped over OPC UA by scada: Done for today.");
    assertThat(call(client, "StartCharging")).isEqualTo(CommandResult.ACCEPTED);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(client.state("C1")).isEqualTo("Idle"));
  }

  private StationConfig config() throws IOException {
    try (ServerSocket charger = new ServerSocket(0);
        ServerSocket station = new ServerSocket(0)) {
      Path file =
          Files.writeString(
              folder.resolve("station.yaml"),
              """
              http: {port: 0}
              opcua:
                port: %d
                users: {scada: {password: correct horse, role: engineer}}
                alarms: {LinkLost: {onDelaySeconds: 0.5, severity: 850}}
                audit: {file: audit/audit.jsonl}
              connectors:
                - id: C1
                  charger: {endpoint: "opc.tcp://127.0.0.1:%d/none", user: u, password: p}
                  battery: {cell: lgm50, layout: 4s1p}
                  policy: "cccv:1"
                  estimator: physics
              """
                  .formatted(station.getLocalPort(), charger.getLocalPort()));
      return StationConfigReader.read(file);
    }
  }

  private static CommandResult call(ScadaClient client, String method, Object... inputs)
      throws Exception {
    return client.call("C1", "ChargerType." + method, inputs).result();
  }
}
