package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Vehicles, batteries and allowances of a configured connector, five times faster than the clock.
 */
class SessionLifeTest {
  private static final double SPEED = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<JsonObject> records = new CopyOnWriteArrayList<>();
  private volatile FakeCharger charger;

  @BeforeEach
  void listen() {
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.session("C1"), message -> records.add(message.body()));
  }

  @AfterEach
  void close() throws Exception {
    BatteriesInUse.giveBack("C2");
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private ConnectorConfig connector(String more) throws Exception {
    Path station =
        Files.writeString(
            folder.resolve("station.yaml"),
            """
            batteries: batteries
            connectors:
              - id: C1
                charger: {endpoint: "opc.tcp://localhost:1", user: u, password: p}
                battery: {cell: lgm50, layout: 4s1p, heatTransfer: 40, id: usual}
                policy: "cccv:0.5"
                %s
            """
                .formatted(more));
    return StationConfigReader.read(station).connectors().get(0);
  }

  private void deploy(String more) throws Exception {
    ConnectorConfig c = connector(more);
    BatteryMemory battery = new BatteryMemory(c.batteryFile(), c, Clock.systemUTC());
    ChargeMaker maker = new ChargeMaker(c, battery, 0, Clock.systemDefaultZone());
    SessionSetup setup =
        new SessionSetup(
            SessionFactory.settings(c),
            clock -> charger = new FakeCharger(clock),
            new Guard(SessionFactory.settings(c).guardSettings()),
            new SessionSetup.Pace.RealTime(SPEED),
            new About("Test", "lgm50", "cccv", c.estimator()),
            battery,
            new PolicySource(c.id(), c.policy(), maker),
            maker);
    vertx
        .deployVerticle(new ChargeSessionVerticle(setup, NanoClock.SYSTEM))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private JsonObject control(JsonObject order) throws Exception {
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.control("C1"), order)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS)
        .body();
  }

  private static JsonObject authorise(String battery) {
    JsonObject order = new JsonObject().put("action", "authorise");
    return battery == null ? order : order.put("battery", new JsonObject().put("id", battery));
  }

  private JsonObject last() {
    return records.get(records.size() - 1);
  }

  private void awaitState(String name) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                !records.isEmpty() && last().getJsonObject("state").getString("name").equals(name));
  }

  /** A battery near 22 % after one near 66 %: no blend of the two. */
  @ParameterizedTest
  @ValueSource(strings = {"physics", "augmented"})
  void theNextVehicleIsMetWithoutTheBeliefAboutTheLast(String estimator) throws Exception {
    deploy("estimator: " + estimator);
    awaitState("Charging");
    double first = last().getDouble("soc");
    assertThat(first).isBetween(0.5, 0.8);
    charger.setPlugged(false);
    awaitState("Idle");
    charger.setCellVolts(3.5);
    charger.setPlugged(true);
    awaitState("Charging");
    String charge = last().getString("charge");
    List<Double> socs =
        records.stream()
            .filter(r -> r.getString("charge").equals(charge) && r.getValue("soc") != null)
            .filter(r -> !r.getJsonObject("state").getString("name").equals("Idle"))
            .map(r -> r.getDouble("soc"))
            .toList();
    assertThat(socs).isNotEmpty().allSatisfy(soc -> assertThat(soc).isLessThan(0.35));
  }

  @Test
  void nobodyChargesUnlessAllowedWhereThatIsAskedFor() throws Exception {
    deploy("authorisation: required\n    estimator: physics");
    awaitState("Connected");
    assertThat(charger.amps()).isZero();
    control(authorise(null));
    awaitState("Charging");
    charger.setPlugged(false);
    awaitState("Idle");
    charger.setPlugged(true);
    awaitState("Connected");
    assertThat(charger.amps()).as("an allowance is for one vehicle").isZero();
    String waiting = last().getString("charge");
    control(new JsonObject().put("action", "start").put("order", new JsonObject()));
    awaitState("Charging");
    assertThat(last().getString("charge")).as("a charge by an order").isNotEqualTo(waiting);
  }

  @Test
  void aBatteryThatIsNamedHasTheChargeMadeForItAndCannotChangeWhileItRuns() throws Exception {
    deploy("authorisation: required\n    estimator: physics");
    awaitState("Connected");
    control(authorise("van-7"));
    awaitState("Charging");
    assertThatThrownBy(() -> control(authorise("van-8")))
        .hasMessageContaining("'van-7' is under way");
    assertThat(control(authorise("van-7")).getString("state")).isEqualTo("Charging");
    assertThat(BatteriesInUse.elsewhere(folder.resolve("batteries/van-7.json"), "C2"))
        .as("a battery is at one connector at a time")
        .isEqualTo("C1");
    control(new JsonObject().put("action", "stop"));
    awaitState("Finished");
    await()
        .atMost(PATIENCE)
        .until(
            () -> BatteriesInUse.elsewhere(folder.resolve("batteries/van-7.json"), "C2") == null);
  }

  @Test
  void aKindOfCellThatCannotBeUsedIsRefusedAndTheSessionStays() throws Exception {
    deploy("authorisation: required\n    estimator: physics");
    awaitState("Connected");
    JsonObject cold = new JsonObject().put("id", "x").put("cell", "prada2013");
    assertThatThrownBy(() -> control(authorise(null).put("battery", cold)))
        .hasMessageContaining("prada2013 has no thermal data");
    assertThat(control(authorise(null)).getString("state")).isEqualTo("Connected");
    awaitState("Charging");
  }

  @Test
  void aBatteryThatIsChargedElsewhereIsRefused() throws Exception {
    deploy("estimator: physics");
    awaitState("Charging");
    control(new JsonObject().put("action", "stop"));
    awaitState("Finished");
    assertThat(BatteriesInUse.take(folder.resolve("batteries/van-7.json"), "C2")).isTrue();
    JsonObject van = new JsonObject().put("battery", new JsonObject().put("id", "van-7"));
    assertThatThrownBy(() -> control(new JsonObject().put("action", "start").put("order", van)))
        .hasMessageContaining("'van-7', which is being charged at C2");
  }

  @Test
  void aBatteryOfAnotherKindIsChargedWithinItsOwnLimits() throws Exception {
    deploy("estimator: physics\n    maxCRate: 1");
    awaitState("Charging");
    control(new JsonObject().put("action", "stop"));
    awaitState("Finished");
    JsonObject scooter =
        new JsonObject().put("id", "scooter").put("cell", "marquis2019").put("layout", "4s2p");
    JsonObject start = new JsonObject().put("battery", scooter);
    charger.setCellVolts(3.7); // Below the target in either kind of cell.
    control(new JsonObject().put("action", "start").put("order", start));
    awaitState("Charging");
    assertThat(last().getString("layout")).isEqualTo("4s2p");
    assertThat(last().getJsonObject("limits").getDouble("maxVoltageVolts"))
        .as("its own cut-off, not the configured battery's 4.2 V")
        .isEqualTo(4.1);
  }
}
