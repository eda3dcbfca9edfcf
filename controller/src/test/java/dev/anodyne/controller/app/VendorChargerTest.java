package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.hil.bench.BenchConfig;
import dev.anodyne.hil.bench.BenchModel;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.plantsim.pack.PackState;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole charge over OPC UA from a station's file and a shipped mapping, on a bench that runs
 * faster than the clock and looks like a vendor's charger: numbered nodes, whole numbers, a status
 * word and a watchdog.
 */
class VendorChargerTest {
  private static final int SPEED = 30;

  /** Not quite two minutes of charge take four seconds; the rest is for a loaded machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final List<PackState> truths = new CopyOnWriteArrayList<>();
  private final List<JsonObject> records = new CopyOnWriteArrayList<>();

  @Test
  void chargesToTheTarget() throws Exception {
    BenchConfig bench = BenchConfig.load(benchFile());
    SimulatedPack pack = new SimulatedPack(bench.plant());
    pack.addTruthListener(truths::add);
    try (BenchServer charger =
        BenchServer.start(bench.settings().withModel(BenchModel.CENTIAMP), pack)) {
      ConnectorConfig connector =
          StationConfigReader.read(stationFile(charger.endpointUrl())).connectors().get(0);
      trustEachOther(charger, connector.charger());
      try (AnodyneServer server =
          AnodyneServer.start(
              HttpSettings.loopback(0), List.of(SessionFactory.realTime(connector, SPEED)))) {
        server
            .eventBus()
            .<JsonObject>consumer(
                Addresses.session("C1"), message -> records.add(message.body().copy()));
        await().atMost(PATIENCE).until(() -> name(records).equals("Finished"));
        await().atMost(PATIENCE).until(() -> amps() < 0.01);
      }
    }
    // The estimator's state of charge decides: two points for its error.
    assertThat(truths.get(truths.size() - 1).soc()).isBetween(0.34, 0.38);
    double most = truths.stream().mapToDouble(PackState::chargeCurrentAmps).max().orElse(0);
    // 2C of a cell of 5 Ah; hundredths of an ampere, rounded down, and the charger's 10 mA.
    assertThat(most).isBetween(9.9, 10.02);
  }

  private static String name(List<JsonObject> records) {
    return records.isEmpty()
        ? ""
        : records.get(records.size() - 1).getJsonObject("state").getString("name");
  }

  private double amps() {
    return truths.get(truths.size() - 1).chargeCurrentAmps();
  }

  private static void trustEachOther(BenchServer charger, OpcUaChargerConfig way) {
    try (PkiDirectory controller = PkiDirectory.open(way.pkiDirectory(), way.identity())) {
      PkiDirectory.trustEachOther(charger.pki(), controller);
    }
  }

  private Path benchFile() throws Exception {
    return Files.writeString(
        folder.resolve("bench.yaml"),
        """
        cell: lgm50
        layout: 4s1p
        initialSoc: 0.3
        server: {port: 0, user: controller, password: secret, pki: bench}
        pacing: {mode: accelerated, speed: %d, stepSeconds: 0.5}
        """
            .formatted(SPEED));
  }

  private Path stationFile(String endpoint) throws Exception {
    Path model = Path.of("../examples/chargers/vendor-centiamp.yaml").toAbsolutePath().normalize();
    return Files.writeString(
        folder.resolve("station.yaml"),
        """
        http: {port: 0}
        connectors:
          - id: C1
            charger: {endpoint: "%s", user: controller, password: secret, pki: controller, mapping: "%s"}
            battery: {cell: lgm50, layout: 4s1p, heatTransfer: 40}
            policy: cccv:2
            estimator: physics
            targetSoc: 0.36
            periodSeconds: 2
        """
            .formatted(endpoint, model));
  }
}
