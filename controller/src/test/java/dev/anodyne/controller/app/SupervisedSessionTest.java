package dev.anodyne.controller.app;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.SessionReport;
import dev.anodyne.controller.station.StationControl;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.opcua.server.station.ChargerSnapshot;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import dev.anodyne.opcua.server.station.SessionPhase;
import dev.anodyne.opcua.server.station.StationCommand;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a station asks of a session, and what it hears of it; five times faster than the clock. */
class SupervisedSessionTest {
  private static final double SPEED = 5;
  private static final double NO_LIMIT = 1e5;

  /** Guards against hanging only. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final ConnectorSupervision supervision = new ConnectorSupervision("t", NO_LIMIT);
  private final List<ChargerSnapshot> snapshots = new CopyOnWriteArrayList<>();
  private final List<SessionReport> reports = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final StationControl control =
      new StationControl(vertx, Map.of("t", supervision), Map.of("map", "map"), Clock.systemUTC());
  private volatile FakeCharger charger;
  private volatile Runnable making = () -> {};
  private String deployment;

  @BeforeEach
  void deploy() throws Exception {
    supervision.listen(snapshots::add);
    ChargingPolicy policy =
        new ChargingPolicy() {
          @Override
          public PolicyDecision next(CellEstimate e, ChargeLimits l) {
            return decision(10);
          }
        };
    SessionSetup setup =
        new SessionSetup(
                new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND),
                clock -> charger = new FakeCharger(clock),
                () -> (m, c) -> estimate(m, 0.4),
                () -> {
                  making.run();
                  return policy;
                },
                new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)),
                new SessionSetup.Pace.RealTime(SPEED),
                new About("Test", "none", "none", "none"))
            .withSupervision(supervision)
            .withListeners(
                List.of(
                    report -> {
                      failures.incrementAndGet();
                      throw new IllegalStateException("A listener that fails.");
                    },
                    reports::add));
    deployment =
        vertx
            .deployVerticle(new ChargeSessionVerticle(setup, NanoClock.SYSTEM))
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    awaitAmps(10);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void snapshotsSayWhatTheSessionDoesAndWhen() {
    awaitPhase(SessionPhase.CHARGING);
    ChargerSnapshot s = latest();
    Instant now = Instant.now();
    assertThat(s.time()).isBetween(now.minusSeconds(5), now.plusMillis(50));
    assertThat(s.measuredAt()).isBetween(s.time().minusSeconds(5), s.time().plusMillis(50));
    assertThat(s.command().chargeCurrentAmps()).isEqualTo(10);
    assertThat(s.commandEnds()).isAfter(s.time());
    assertThat(s.timing().periodSeconds()).isEqualTo(1 / SPEED);
    assertThat(s.orders().targetSoc()).isEqualTo(0.8);
    assertThat(s.reasons().sentence()).contains("anode potential");
  }

  @Test
  void listenersHearEveryReportAndOneThatFailsDisturbsNobody() {
    awaitPhase(SessionPhase.CHARGING);
    await().atMost(PATIENCE).until(() -> reports.size() > 5);
    assertThat(failures).as("it is left out after its first failure").hasValue(1);
    SessionReport first = reports.get(0);
    assertThat(first.settings().id()).isEqualTo("t");
    Instant told = first.utc().apply(first.record().timeNanos());
    assertThat(told).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(reports)
        .as("in the order of the session's time")
        .isSortedAccordingTo(Comparator.comparingLong(r -> r.record().timeNanos()));
  }

  @Test
  void aPowerLimitHoldsTheCurrentAndIsTakenBack() {
    accepted(new StationCommand.SetPowerLimit("t", 78));
    // 78 W at 15.6 V; the sensor's last digits move.
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(charger.amps()).isBetween(4.9, 5.001));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(latest().reasons().sentence())
                    .isEqualTo("An operator's power limit caps the charge."));
    assertThat(latest().status().batteryLimits().maxPowerWatts())
        .as("what the battery allows is shown as it is")
        .isInfinite();
    accepted(new StationCommand.SetPowerLimit("t", NO_LIMIT));
    awaitAmps(10);
    accepted(new StationCommand.SetStationPowerLimit(0));
    awaitAmps(0);
    awaitPhase(SessionPhase.SUSPENDED);
    accepted(new StationCommand.SetStationPowerLimit(4e6));
    awaitAmps(10);
  }

  @Test
  void anEmergencyStopHoldsUntilItIsAcknowledgedAndReset() {
    accepted(new StationCommand.EmergencyStopRequest("t", "Smoke"));
    awaitAmps(0);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(latest().session().over()).isTrue());
    assertThat(latest().session().reason()).contains("Smoke").contains("anna");
    assertThat(latest().orders().emergencyStopped()).isTrue();
    assertThat(latest().status().faults()).as("the charger itself reports nothing").isEmpty();
    assertThat(ask(new StationCommand.StartCharging("t")).result())
        .isEqualTo(CommandResult.EMERGENCY_STOPPED);
    assertThat(ask(new StationCommand.Reset("t")).result())
        .isEqualTo(CommandResult.NOT_ACKNOWLEDGED);
    // Another vehicle does not charge either.
    charger.setPlugged(false);
    await().atMost(PATIENCE).pollDelay(Duration.ofMillis(1000)).until(() -> true);
    charger.setPlugged(true);
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ofMillis(600))
        .untilAsserted(() -> assertThat(charger.amps()).isZero());
    accepted(new StationCommand.Acknowledge("t", "Steam only"));
    assertThat(latest().orders().acknowledgedBy()).isEqualTo("anna");
    accepted(new StationCommand.Reset("t"));
    accepted(new StationCommand.StartCharging("t"));
    awaitAmps(10);
  }

  @Test
  void stopsAndStartsAnewAndSaysWhatIsNotPossible() {
    assertThat(ask(new StationCommand.StartCharging("t")).result())
        .isEqualTo(CommandResult.REFUSED_IN_STATE);
    accepted(new StationCommand.StopCharging("t", "Lunch"));
    awaitAmps(0);
    awaitPhase(SessionPhase.FINISHED);
    assertThat(latest().session().reason()).isEqualTo("Stopped over OPC UA by anna: Lunch");
    assertThat(ask(new StationCommand.StopCharging("t", "")).result())
        .isEqualTo(CommandResult.NOTHING_TO_DO);
    assertThat(ask(new StationCommand.SetTargetSoc("t", 0.9)).result())
        .isEqualTo(CommandResult.REFUSED_IN_STATE);
    assertThat(ask(new StationCommand.Acknowledge("t", "")).result())
        .isEqualTo(CommandResult.NOTHING_TO_DO);
    accepted(new StationCommand.StartCharging("t"));
    awaitAmps(10);
    accepted(new StationCommand.SetTargetSoc("t", 0.9));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(latest().orders().targetSoc()).isEqualTo(0.9));
    assertThat(ask(new StationCommand.SetPolicy("t", "nonsense")).result())
        .isEqualTo(CommandResult.UNKNOWN_POLICY);
    assertThat(ask(new StationCommand.SetPolicy("t", "map")).result())
        .as("this session's policy has no source")
        .isEqualTo(CommandResult.NOT_POSSIBLE);
    assertThat(
            ask(new StationCommand.SetDeparture("t", Instant.now().plusSeconds(7200), 0.9))
                .result())
        .isEqualTo(CommandResult.REFUSED_IN_STATE);
    assertThat(
            ask(new StationCommand.SetDeparture("t", Instant.now().minusSeconds(60), 0.9)).result())
        .isEqualTo(CommandResult.OUT_OF_RANGE);
  }

  /** The last report says that the session is over; the session itself knows better. */
  @Test
  void aStopReachesAChargeThatIsBeingMade() throws Exception {
    accepted(new StationCommand.StopCharging("t", "Lunch"));
    awaitPhase(SessionPhase.FINISHED);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    making =
        () -> {
          asked.countDown();
          try {
            assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    var started = control.execute(new StationCommand.StartCharging("t"), "anna");
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
    accepted(new StationCommand.StopCharging("t", "Fire drill"));
    goOn.countDown();
    assertThat(started.toCompletableFuture().get(60, TimeUnit.SECONDS).result())
        .isEqualTo(CommandResult.ACCEPTED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(latest().session().reason())
                    .isEqualTo("Stopped over OPC UA by anna: Fire drill"));
    assertThat(charger.amps()).isZero();
  }

  @Test
  void anOrderMakesTheReportOfADeadSessionNoNewer() throws Exception {
    vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    ChargerSnapshot before = latest();
    accepted(new StationCommand.SetPowerLimit("t", 78));
    assertThat(latest().orders().powerLimitWatts()).as("what was ordered is told").isEqualTo(78);
    assertThat(latest().heardNanos()).isEqualTo(before.heardNanos());
  }

  private CommandAnswer ask(StationCommand command) {
    try {
      return control.execute(command, "anna").toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void accepted(StationCommand command) {
    CommandAnswer answer = ask(command);
    assertThat(answer.result()).as(answer.message()).isEqualTo(CommandResult.ACCEPTED);
  }

  private ChargerSnapshot latest() {
    return snapshots.get(snapshots.size() - 1);
  }

  private void awaitAmps(double amps) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(charger.amps()).isEqualTo(amps));
  }

  private void awaitPhase(SessionPhase phase) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(latest().session().phase()).isEqualTo(phase));
  }
}
