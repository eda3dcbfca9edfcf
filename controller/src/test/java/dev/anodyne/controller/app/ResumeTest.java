package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a started session makes of a charge that was under way before, on the real verticle. */
class ResumeTest {
  private static final double SPEED = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<JsonObject> records = new CopyOnWriteArrayList<>();
  private volatile FakeCharger charger;
  private volatile LinkState link = LinkState.UP;
  private volatile boolean plugged = true;
  private FileLedger ledger;

  @BeforeEach
  void listen() {
    ledger = new FileLedger(folder.resolve("ledger"));
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.session("C1"), message -> records.add(message.body()));
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    ledger.close();
  }

  private ConnectorConfig connector() throws Exception {
    Path station =
        Files.writeString(
            folder.resolve("station.yaml"),
            """
            connectors:
              - id: C1
                charger: {endpoint: "opc.tcp://localhost:1", user: u, password: p}
                battery: {cell: lgm50, layout: 4s1p, heatTransfer: 40}
                policy: "cccv:0.5"
                estimator: physics
                resumeMinutes: 10
            """);
    return StationConfigReader.read(station).connectors().get(0);
  }

  private String deploy() throws Exception {
    ConnectorConfig c = connector();
    ChargeMaker maker = new ChargeMaker(c, null, 0, Clock.systemDefaultZone());
    SessionSetup setup =
        new SessionSetup(
                SessionFactory.settings(c),
                clock -> {
                  FakeCharger made = new FakeCharger(clock);
                  made.setLink(link);
                  made.setPlugged(plugged);
                  return charger = made;
                },
                new Guard(SessionFactory.settings(c).guardSettings()),
                new SessionSetup.Pace.RealTime(SPEED),
                new About("Test", "lgm50", "cccv", "physics"),
                null,
                new PolicySource(c.id(), c.policy(), maker),
                maker)
            .withLedger(ledger);
    return vertx
        .deployVerticle(new ChargeSessionVerticle(setup, NanoClock.SYSTEM))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private void undeploy(String id) throws Exception {
    vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** A charge as a killed process has left it. */
  private OpenCharge left(Duration away, String layout) throws Exception {
    Instant heard = Instant.now().minus(away);
    OpenCharge open =
        new OpenCharge(
            "0198c0de-0000-7000-8000-000000000001",
            "C1",
            heard.minusSeconds(600),
            "API",
            "",
            connector().cell().name(),
            layout,
            "{\"targetSoc\":0.9}",
            0.85,
            null,
            "Charging",
            heard,
            false);
    ledger.put(open);
    return open;
  }

  private static String state(JsonObject record) {
    return record.getJsonObject("state").getString("name");
  }

  private JsonObject last() {
    return records.get(records.size() - 1);
  }

  private void awaitState(String name) {
    await().atMost(PATIENCE).until(() -> !records.isEmpty() && state(last()).equals(name));
  }

  @Test
  void aChargeThatWasUnderWayGoesOnWithItsIdAndItsNewestTarget() throws Exception {
    OpenCharge before = left(Duration.ofMinutes(2), "4s1p");
    link = LinkState.CONNECTING;
    deploy();
    awaitState("Suspended");
    assertThat(records)
        .as("no current before fresh measurements")
        .allSatisfy(r -> assertThat(r.getDouble("commandAmps")).isZero());
    assertThat(charger.applied())
        .allSatisfy(a -> assertThat(a.command().chargeCurrentAmps()).isZero());
    charger.setLink(LinkState.UP);
    awaitState("Charging");
    assertThat(records).extracting(r -> r.getString("charge")).containsOnly(before.chargeId());
    assertThat(last().getJsonObject("limits").getDouble("targetSoc")).isEqualTo(0.85);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ledger
                    .open("C1")
                    .filter(o -> o.lastMeasured().isAfter(before.lastMeasured()))
                    .isPresent());
    OpenCharge now = ledger.open("C1").orElseThrow();
    assertThat(now.begun()).isEqualTo(before.begun());
    assertThat(now.order()).isEqualTo(before.order());
  }

  @Test
  void aVehicleThatLeftMeanwhileEndsItsCharge() throws Exception {
    OpenCharge before = left(Duration.ofMinutes(2), "4s1p");
    plugged = false;
    deploy();
    awaitState("Idle");
    assertEnded(before, "The vehicle has left.");
    assertThat(last().getString("charge")).isNotEqualTo(before.chargeId());
    await().atMost(PATIENCE).until(() -> ledger.open("C1").isEmpty());
    assertThat(charger.applied())
        .allSatisfy(a -> assertThat(a.command().chargeCurrentAmps()).isZero());
  }

  @Test
  void aServerThatWasAwayForLongEndsTheChargeAndBeginsAnother() throws Exception {
    OpenCharge before = left(Duration.ofMinutes(45), "4s1p");
    deploy();
    awaitState("Charging");
    assertEnded(before, "The server was away for 45 min, longer than the 10 min");
    assertThat(last().getString("charge")).isNotEqualTo(before.chargeId());
    assertThat(last().getJsonObject("limits").getDouble("targetSoc")).isEqualTo(0.8);
  }

  @Test
  void anotherBatteryInTheConfigurationEndsTheCharge() throws Exception {
    OpenCharge before = left(Duration.ofMinutes(2), "96s2p");
    deploy();
    awaitState("Charging");
    assertEnded(before, "The connector's configuration is for another battery now.");
  }

  private void assertEnded(OpenCharge before, String reason) {
    Optional<JsonObject> end =
        records.stream()
            .filter(r -> r.getString("charge").equals(before.chargeId()))
            .filter(r -> r.getJsonObject("state").getBoolean("over"))
            .findFirst();
    assertThat(end).isPresent();
    assertThat(end.get().getJsonObject("state").getString("reason")).startsWith(reason);
  }

  @Test
  void aChargeThatOnlyTheServersStopEndedIsBegunAgainAsItWasAskedFor() throws Exception {
    String first = deploy();
    awaitState("Charging");
    vertx
        .eventBus()
        .request(Addresses.control("C1"), new JsonObject().put("action", "target").put("soc", 0.95))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    await()
        .atMost(PATIENCE)
        .until(() -> ledger.open("C1").filter(o -> o.targetSoc() == 0.95).isPresent());
    String charge = last().getString("charge");
    undeploy(first);
    assertThat(charger.ampsAtClose()).isZero();
    assertThat(state(last())).isEqualTo("Finished");
    assertThat(ledger.open("C1").orElseThrow().isStopped()).isTrue();
    records.clear();
    deploy();
    awaitState("Charging");
    assertThat(last().getString("charge")).as("its first part has ended").isNotEqualTo(charge);
    assertThat(last().getJsonObject("limits").getDouble("targetSoc")).isEqualTo(0.95);
  }

  @Test
  void aChargeThatIsOverIsNotTakenUpAgain() throws Exception {
    String first = deploy();
    awaitState("Charging");
    await().atMost(PATIENCE).until(() -> ledger.open("C1").isPresent());
    vertx.eventBus().send(Addresses.control("C1"), new JsonObject().put("action", "stop"));
    awaitState("Finished");
    await().atMost(PATIENCE).until(() -> ledger.open("C1").isEmpty());
    undeploy(first);
    assertThat(ledger.open("C1")).isEmpty();
  }
}
