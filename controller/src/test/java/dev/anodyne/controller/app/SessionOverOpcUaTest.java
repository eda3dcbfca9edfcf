package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.hil.bench.BenchConfig;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.security.PkiDirectory;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server as it is run: from its configuration file, by the clock, over OPC UA, on the bench's
 * simulated pack.
 */
class SessionOverOpcUaTest {
  /** A loss must be acted on within 3 s; the rest is for a loaded machine. */
  private static final Duration LOSS = Duration.ofMillis(4500);

  /** Connecting, with keys of 2048 bits on a loaded machine. */
  private static final Duration CONNECT = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private volatile double amps;
  private final AtomicReference<JsonObject> newest = new AtomicReference<>(new JsonObject());

  @Test
  void chargesSurvivesLossesAndStopsInOrder() throws Exception {
    BenchConfig bench = BenchConfig.load(benchFile());
    SimulatedPack pack = new SimulatedPack(bench.plant());
    pack.addTruthListener(truth -> amps = truth.chargeCurrentAmps());
    try (BenchServer charger = BenchServer.start(bench.settings(), pack)) {
      StationConfig station = StationConfigReader.read(stationFile(charger.endpointUrl()));
      OpcUaChargerConfig way = station.connectors().get(0).charger();
      try (PkiDirectory controller = PkiDirectory.open(way.pkiDirectory(), way.identity())) {
        PkiDirectory.trustEachOther(charger.pki(), controller);
      }
      try (AnodyneServer server = AnodyneServer.start(station)) {
        server
            .eventBus()
            .<JsonObject>consumer(Addresses.session("C1"), message -> newest.set(message.body()));
        awaitCharging();

        charger.stopServer();
        await().atMost(LOSS).until(() -> isSuspended() && amps == 0);
        assertThat(newest.get().getString("why")).contains("cannot be reached");
        charger.startServer();
        awaitCharging();

        charger.freezeValues();
        await().atMost(LOSS).until(() -> isSuspended() && amps == 0);
        charger.unfreezeValues();
        awaitCharging();
      }
      // The server waits for less than 0.2 A; the rest is on its way down.
      assertThat(amps).as("current after the server's end").isLessThan(0.2);
      await().atMost(LOSS).until(() -> amps < 0.01);
    }
  }

  private void awaitCharging() {
    await()
        .atMost(CONNECT)
        .until(
            () ->
                newest.get().getJsonObject("state") != null
                    && newest.get().getJsonObject("state").getString("name").equals("Charging")
                    && amps > 4);
  }

  private boolean isSuspended() {
    return newest.get().getJsonObject("state").getString("name").equals("Suspended");
  }

  private Path benchFile() throws Exception {
    return Files.writeString(
        folder.resolve("bench.yaml"),
        """
        cell: lgm50
        layout: 4s1p
        initialSoc: 0.3
        server: {port: 0, user: controller, password: secret, pki: bench}
        """);
  }

  private Path stationFile(String endpoint) throws Exception {
    return Files.writeString(
        folder.resolve("station.yaml"),
        """
        http: {port: 0}
        connectors:
          - id: C1
            charger: {endpoint: "%s", user: controller, password: secret, pki: controller}
            battery: {cell: lgm50, layout: 4s1p, heatTransfer: 40}
            policy: cccv:1
            estimator: physics
        """
            .formatted(endpoint));
  }
}
