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

/** A station heats a cold battery over OPC UA where the charger has a heater. */
class HeatedStationTest {
  private static final double COLD_KELVIN = 263.15;

  /** Connecting, with keys of 2048 bits on a loaded machine. */
  private static final Duration CONNECT = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private volatile double kelvin = COLD_KELVIN;
  private final AtomicReference<JsonObject> newest = new AtomicReference<>(new JsonObject());

  @Test
  void theColdBatteryIsHeatedAndNoLongerWhenTheChargeIsStopped() throws Exception {
    Path benchFile =
        Files.writeString(
            folder.resolve("bench.yaml"),
            """
            cell: lgm50
            layout: 4s1p
            initialSoc: 0.2
            ambientC: -10
            heatTransfer: 5
            thermal: {heatingWatts: 400, lagSeconds: 1}
            server: {port: 0, user: controller, password: secret, pki: bench}
            """);
    Path stationFile = folder.resolve("station.yaml");
    BenchConfig bench = BenchConfig.load(benchFile);
    SimulatedPack pack = new SimulatedPack(bench.plant());
    pack.addTruthListener(truth -> kelvin = truth.minCellTemperatureKelvin());
    try (BenchServer charger = BenchServer.start(bench.settings(), pack)) {
      Files.writeString(
          stationFile,
          """
          http: {port: 0}
          connectors:
            - id: C1
              charger: {endpoint: "%s", user: controller, password: secret, pki: controller}
              battery: {cell: lgm50, layout: 4s1p, heatTransfer: 5}
              policy: rider
              estimator: physics
              ambientC: -10
              goal: fastest
          """
              .formatted(charger.endpointUrl()));
      StationConfig station = StationConfigReader.read(stationFile);
      OpcUaChargerConfig way = station.connectors().get(0).charger();
      try (PkiDirectory controller = PkiDirectory.open(way.pkiDirectory(), way.identity())) {
        PkiDirectory.trustEachOther(charger.pki(), controller);
      }
      try (AnodyneServer server = AnodyneServer.start(station)) {
        server
            .eventBus()
            .<JsonObject>consumer(Addresses.session("C1"), message -> newest.set(message.body()));
        // 400 W into four cells of about 75 J/K: more than 1 K a second.
        await().atMost(CONNECT).until(() -> kelvin > COLD_KELVIN + 2);
        assertThat(newest.get().getDouble("packHeatWatts")).isPositive();
        server.eventBus().request(Addresses.control("C1"), new JsonObject().put("action", "stop"));
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> newest.get().getJsonObject("state").getBoolean("over"));
        assertThat(newest.get().getDouble("packHeatWatts")).isZero();
        // After three times the heater's lag 5 % of its heat are left: less than 0.1 K a second.
        Thread.sleep(3000);
        double then = kelvin;
        Thread.sleep(1000);
        assertThat(kelvin - then).isLessThan(0.1);
      }
    }
  }
}
