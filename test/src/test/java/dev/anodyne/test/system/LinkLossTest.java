package dev.anodyne.test.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.app.SessionFactory;
import dev.anodyne.controller.app.SessionSetup;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.test.system.Station.Heard;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The link to the charger is lost in three ways while the battery charges, by the clock at speed 1.
 * Every time the controller stops the charge, says why, and goes on by itself.
 */
class LinkLossTest {
  /** From the loss to a session that is stopped and shown so. */
  private static final double STOP_SECONDS = 3;

  /**
   * A command is valid for 1.75 s; then the charger comes down from at most 15 A at 15 A/s: 2.75 s,
   * a step of the plant and as much for the machine to see it.
   */
  private static final double PLANT_ZERO_SECONDS = 3.0;

  /** Loading, connecting and the first decisions; a shared machine is slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration OUTAGE = Duration.ofSeconds(5);

  @TempDir static Path folder;
  private static Wire wire;

  /** The plant's true current at an instant. */
  private record Truth(long wallNanos, double amps) {}

  /** A loss as it was seen from outside. */
  private record Loss(long wallNanos, long lastSequence, JsonObject shown) {}

  @BeforeAll
  static void makeCertificates() {
    wire = new Wire(folder);
  }

  @Test
  @Timeout(180)
  void aKilledChargerProcess() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path config = benchYaml(port);
    try (JavaProcess first = bench(config);
        Station station = Station.start(realTime(Wire.url(port)))) {
      awaitCharging(station);
      Loss loss = lose("kill", station, first::kill);
      assertThat(reason(loss.shown())).startsWith("The charger");
      awaitReason(station, "The charger cannot be reached");
      long restart = System.nanoTime();
      try (JavaProcess second = bench(config)) {
        assertThat(second.isAlive()).isTrue();
        awaitCharging(station);
        assertGoesOnWithANewDecision(station, loss, restart);
      }
    }
  }

  @Test
  @Timeout(180)
  void aPulledConnection() {
    List<Truth> truths = new CopyOnWriteArrayList<>();
    try (BenchServer bench = bench(truths);
        Station station = Station.start(realTime(bench.endpointUrl()))) {
      awaitCharging(station);
      Loss loss = lose("pull", station, () -> bench.dropConnections(OUTAGE));
      assertThat(reason(loss.shown())).startsWith("The charger cannot be reached");
      awaitCharging(station);
      long back = loss.wallNanos() + OUTAGE.toNanos();
      assertGoesOnWithANewDecision(station, loss, back);
      assertPlantWasOff("pull", truths, loss.wallNanos(), back);
    }
  }

  @Test
  @Timeout(180)
  void frozenValues() throws InterruptedException {
    List<Truth> truths = new CopyOnWriteArrayList<>();
    try (BenchServer bench = bench(truths);
        Station station = Station.start(realTime(bench.endpointUrl()))) {
      awaitCharging(station);
      Loss loss = lose("freeze", station, bench::freezeValues);
      assertThat(reason(loss.shown())).startsWith("The charger's values stand still");
      Thread.sleep(
          Math.max(0, OUTAGE.toMillis() - (System.nanoTime() - loss.wallNanos()) / 1_000_000));
      long back = System.nanoTime();
      bench.unfreezeValues();
      awaitCharging(station);
      assertGoesOnWithANewDecision(station, loss, back);
      assertPlantWasOff("freeze", truths, loss.wallNanos(), back);
    }
  }

  private static SessionSetup realTime(String url) {
    return SessionFactory.realTime(Station.connector(wire.client(url)));
  }

  private static BenchServer bench(List<Truth> truths) {
    SimulatedPack pack = new SimulatedPack(Station.plant());
    pack.addTruthListener(
        truth -> truths.add(new Truth(System.nanoTime(), truth.chargeCurrentAmps())));
    return wire.bench(pack, Pacing.byClock(1));
  }

  /** The charger as a process of its own, up and listening. */
  private static JavaProcess bench(Path config) throws IOException {
    JavaProcess process = JavaProcess.start(folder, "hil", "serve", "--config", config.toString());
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(process.isAlive()).as(process.err()).isTrue();
              return process.err().contains("Bench ready at ");
            });
    return process;
  }

  private static Path benchYaml(int port) throws IOException {
    return Files.writeString(
        folder.resolve("bench.yaml"),
        """
        heatTransfer: 40
        server: {port: %d, user: %s, password: %s, pki: %s}
        """
            .formatted(port, Wire.USER, Wire.PASSWORD, wire.benchPki()));
  }

  /** Until more than 5 A a cell flow in earnest. */
  private static void awaitCharging(Station station) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              JsonObject record = station.shown().getJsonObject("record");
              return record != null
                  && record.getJsonObject("state").getString("name").equals("Charging")
                  && record.getValue("currentAmps") instanceof Double amps
                  && amps > 5;
            });
  }

  private static void awaitReason(Station station, String text) {
    await().atMost(PATIENCE).until(() -> reason(station.shown()).startsWith(text));
  }

  private static String reason(JsonObject shown) {
    return shown.getJsonObject("record").getJsonObject("state").getString("reason");
  }

  /** Cuts the link and waits until the API shows a stopped charge. */
  private static Loss lose(String name, Station station, Runnable cut) {
    long lastSequence = station.records().get(station.records().size() - 1).sequence();
    long lost = System.nanoTime();
    cut.run();
    JsonObject[] shown = new JsonObject[1];
    await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              shown[0] = station.shown();
              JsonObject record = shown[0].getJsonObject("record");
              return record.getDouble("commandAmps") == 0
                  && !record.getJsonObject("state").getString("name").equals("Charging");
            });
    double seconds = (System.nanoTime() - lost) * 1e-9;
    say("%s: stopped after %.2f s: %s", name, seconds, reason(shown[0]));
    assertThat(seconds).as("seconds from the loss to the stop").isLessThan(STOP_SECONDS);
    assertThat(shown[0].getJsonObject("state").getString("name")).isEqualTo("Suspended");
    assertThat(shown[0].getJsonObject("record").getString("why")).isEqualTo(reason(shown[0]));
    return new Loss(lost, lastSequence, shown[0]);
  }

  /** Nothing is commanded until the charger is back, and then a fresh decision of the policy. */
  private static void assertGoesOnWithANewDecision(Station station, Loss loss, long backNanos) {
    List<Heard> records = station.records();
    int stopped = 0;
    while (records.get(stopped).wallNanos() < loss.wallNanos()
        || !records.get(stopped).state().equals("Suspended")) {
      stopped++;
    }
    Heard first = null;
    for (Heard heard : records.subList(stopped, records.size())) {
      if (heard.commandAmps() > 0) {
        first = heard;
        break;
      }
      assertThat(heard.state()).isEqualTo("Suspended");
    }
    assertThat(first).as("a command after the loss").isNotNull();
    assertThat(first.wallNanos()).isGreaterThan(backNanos);
    assertThat(first.isCycle()).as("a whole cycle, not the guard's look").isTrue();
    assertThat(first.sequence()).isGreaterThan(loss.lastSequence());
    assertThat(first.source()).as("not the rest of an old plan").isEqualTo("MPC");
    assertThat(first.json().getJsonObject("decision").getDouble("solveMillis")).isPositive();
    say(
        "went on %.2f s after the charger was back, at %.1f A",
        (first.wallNanos() - backNanos) * 1e-9, first.commandAmps());
  }

  /** The charger's own watch: without commands it is at zero in time, and stays there. */
  private static void assertPlantWasOff(
      String name, List<Truth> truths, long lostNanos, long backNanos) {
    double zero = Double.NaN;
    for (Truth truth : truths) {
      double seconds = (truth.wallNanos() - lostNanos) * 1e-9;
      if (seconds > 0 && truth.wallNanos() < backNanos) {
        if (truth.amps() == 0 && Double.isNaN(zero)) {
          zero = seconds;
        }
        if (seconds > PLANT_ZERO_SECONDS) {
          assertThat(truth.amps()).as("true current %.2f s after the loss", seconds).isZero();
        }
      }
    }
    say("%s: the plant's true current was 0 after %.2f s", name, zero);
    assertThat(zero).isLessThanOrEqualTo(PLANT_ZERO_SECONDS);
  }

  private static void say(String format, Object... values) {
    System.out.println("LinkLossTest " + String.format(Locale.ROOT, format, values));
  }
}
