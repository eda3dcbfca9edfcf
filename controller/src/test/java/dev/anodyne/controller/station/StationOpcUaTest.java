package dev.anodyne.controller.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.server.station.CommandResult;
import dev.anodyne.opcua.server.station.StationUris;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
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
        PkiDirectory pki = trusted(config)) {
      String url = String.valueOf(server.opcuaUrl());
      OpcUaClient client = connect(url, pki);
      try {
        whatIsKnownIsShown(client);
        commandsReachTheSession(client);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(Files.readAllLines(folder.resolve("audit/audit.jsonl")))
                        .anyMatch(l -> l.contains("LOGIN") && l.contains("scada"))
                        .anyMatch(l -> l.contains("CALL") && l.contains("SetPowerLimit")));
      } finally {
        client.disconnectAsync();
      }
    }
  }

  private static void whatIsKnownIsShown(OpcUaClient client) throws Exception {
    // Nobody listens at the charger's address: it is known that it is gone, and nothing else is.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(read(client, "C1.Health.Link").value().value())
                  .isEqualTo(LinkState.DOWN.ordinal());
              assertThat(read(client, "C1.Measurements.Voltage").statusCode().value())
                  .isEqualTo(StatusCodes.Bad_NoCommunication);
            });
    assertThat(state(client)).isEqualTo("Idle");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(read(client, "C1.Alarms.LinkLost.ActiveState.Id").value().value())
                    .isEqualTo(true));
    assertThat(read(client, "C1.Alarms.LinkLost.Severity").value().value())
        .isEqualTo(UShort.valueOf(850));
    assertThat(read(client, "C1.Alarms.GuardTripped.ActiveState.Id").value().value())
        .as("the lost link is told once")
        .isEqualTo(false);
  }

  private static void commandsReachTheSession(OpcUaClient client) throws Exception {
    assertThat(call(client, "SetPowerLimit", 5000.0)).isEqualTo(CommandResult.ACCEPTED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(read(client, "C1.Setpoints.PowerLimit").value().value())
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
                assertThat(read(client, "C1.Policy.ActivePolicy").value().value())
                    .isEqualTo("map"));
    assertThat(call(client, "SetPolicy", "nonsense")).isEqualTo(CommandResult.UNKNOWN_POLICY);
    assertThat(call(client, "StopCharging", "Done for today.")).isEqualTo(CommandResult.ACCEPTED);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(state(client)).isEqualTo("Finished"));
    assertThat(read(client, "C1.Session.Reason").value().value())
        .isEqualTo("Stopped over OPC UA by scada: Done for today.");
    assertThat(call(client, "StartCharging")).isEqualTo(CommandResult.ACCEPTED);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(state(client)).isEqualTo("Idle"));
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

  /** The client's folder; both sides trust each other, the station without a restart. */
  private PkiDirectory trusted(StationConfig config) {
    PkiDirectory client =
        PkiDirectory.open(
            folder.resolve("scada"),
            ApplicationIdentity.onThisHost("Scada", "urn:anodyne:test:scada"));
    Path trusted = config.opcua().pki().resolve("trusted/certs/scada.der");
    try {
      Files.write(trusted, client.certificate().getEncoded());
      client.trust(
          CertificateUtil.decodeCertificate(
              Files.readAllBytes(config.opcua().pki().resolve("own/certs/own.der"))));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return client;
  }

  private static OpcUaClient connect(String url, PkiDirectory pki) throws Exception {
    EndpointDescription endpoint =
        DiscoveryClient.getEndpoints(url + "/discovery").get(60, TimeUnit.SECONDS).stream()
            .filter(e -> SecurityPolicy.Basic256Sha256.getUri().equals(e.getSecurityPolicyUri()))
            .findFirst()
            .orElseThrow();
    OpcUaClient client =
        OpcUaClient.create(
            OpcUaClientConfig.builder()
                .setApplicationName(LocalizedText.english("Scada"))
                .setApplicationUri(pki.identity().uri())
                .setEndpoint(endpoint)
                .setKeyPair(pki.keyPair())
                .setCertificate(pki.certificate())
                .setCertificateChain(new X509Certificate[] {pki.certificate()})
                .setCertificateValidator(pki.validatorOfServers())
                .setIdentityProvider(new UsernameProvider("scada", "correct horse"))
                .build());
    // The station's watcher of its trust folder takes a moment.
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions()
        .until(() -> client.connectAsync().get(60, TimeUnit.SECONDS) != null);
    return client;
  }

  private static String state(OpcUaClient client) throws Exception {
    Object value = read(client, "C1.Session.CurrentState").value().value();
    return value instanceof LocalizedText text ? String.valueOf(text.text()) : "";
  }

  private static DataValue read(OpcUaClient client, String id) throws Exception {
    return client
        .readValues(0.0, TimestampsToReturn.Both, List.of(node(client, StationUris.INSTANCES, id)))
        .get(0);
  }

  private static CommandResult call(OpcUaClient client, String method, Object... inputs)
      throws Exception {
    Variant[] variants = new Variant[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      variants[i] = new Variant(inputs[i]);
    }
    CallMethodResult result =
        client.call(
                List.of(
                    new CallMethodRequest(
                        node(client, StationUris.INSTANCES, "C1"),
                        node(client, StationUris.TYPES, "ChargerType." + method),
                        variants)))
            .getResults()[0];
    assertThat(result.getStatusCode().isGood()).as("%s", result.getStatusCode()).isTrue();
    return CommandResult.values()[(Integer) result.getOutputArguments()[0].value()];
  }

  private static NodeId node(OpcUaClient client, String uri, String id) throws Exception {
    return new NodeId(client.readNamespaceTable().getIndex(uri), id);
  }
}
