package dev.anodyne.controller.app;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static dev.anodyne.controller.Images.planned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PolicyDecision;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Sessions by the clock, five times faster than it. */
class ChargeSessionVerticleTest {
  private static final double SPEED = 5;

  /** A loaded machine may stall this long; loop seconds at {@link #SPEED}. */
  private static final double STALL_SECONDS = 1.5;

  /** Guards against hanging only. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<JsonObject> records = new CopyOnWriteArrayList<>();
  private final AtomicBoolean policyClosed = new AtomicBoolean();
  private final AtomicInteger openPolicies = new AtomicInteger();

  /** Runs on the worker while a charge is being made. */
  private volatile Runnable making = () -> {};

  private volatile FakeCharger charger;
  private volatile BiFunction<CellEstimate, ChargeLimits, PolicyDecision> wish =
      (e, l) -> decision(10);

  @BeforeEach
  void listen() {
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.session("t"), message -> records.add(message.body()));
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private String deploy() throws Exception {
    return deploy(null);
  }

  private String deploy(@Nullable BatteryMemory battery) throws Exception {
    SessionSettings settings =
        new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND);
    ChargingPolicy policy =
        new ChargingPolicy() {
          @Override
          public PolicyDecision next(CellEstimate e, ChargeLimits l) {
            return wish.apply(e, l);
          }

          @Override
          public void close() {
            policyClosed.set(true);
            openPolicies.decrementAndGet();
          }
        };
    SessionSetup setup =
        new SessionSetup(
            settings,
            clock -> charger = new FakeCharger(clock),
            () -> (m, c) -> estimate(m, 0.4),
            () -> {
              making.run();
              openPolicies.incrementAndGet();
              return policy;
            },
            new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)),
            new SessionSetup.Pace.RealTime(SPEED),
            new About("Test", "none", "none", "none"),
            battery);
    return vertx
        .deployVerticle(new ChargeSessionVerticle(setup, NanoClock.SYSTEM))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private static void soon(org.awaitility.core.ThrowingRunnable check) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(check);
  }

  private String state() {
    return records.get(records.size() - 1).getJsonObject("state").getString("name");
  }

  private String charge() {
    return records.get(records.size() - 1).getString("charge");
  }

  private void awaitCharging() {
    soon(
        () -> {
          assertThat(charger.amps()).isEqualTo(10);
          assertThat(records).isNotEmpty();
          assertThat(state()).isEqualTo("Charging");
        });
  }

  @Test
  void decidesOnceAPeriodAndPublishesEveryCycle() throws Exception {
    deploy();
    awaitCharging();
    soon(() -> assertThat(records).hasSizeGreaterThan(10));
    JsonObject last = records.get(records.size() - 1);
    assertThat(last.getDouble("commandAmps")).isEqualTo(10);
    assertThat(last.getDouble("soc")).isEqualTo(0.4);
    assertThat(last.getString("why")).contains("anode potential");
    double seconds = last.getDouble("timeSeconds");
    // One point a period: the last one's time tells how many there may be.
    assertThat(records).hasSizeBetween((int) (seconds - STALL_SECONDS), (int) seconds + 2);
    assertThat(last.getJsonObject("timing").getInteger("misses")).isZero();
  }

  @Test
  void aLostLinkStopsTheCurrentWithinASecondAndTheChargeGoesOnByItself() throws Exception {
    deploy();
    awaitCharging();
    double lostAt = charger.seconds();
    charger.setLink(LinkState.DOWN);
    soon(() -> assertThat(charger.amps()).isZero());
    // 100 ms of the guard's look and the machine's stalls; the rule is 1 s at speed 1.
    assertThat(zeroAfter(lostAt) - lostAt).isLessThan(0.1 + STALL_SECONDS);
    soon(() -> assertThat(state()).isEqualTo("Suspended"));
    assertThat(records.get(records.size() - 1).getString("why")).contains("The cable is out");

    charger.setLink(LinkState.UP);
    awaitCharging();
  }

  /** When the first command of no current since then came, s of the loop. */
  private double zeroAfter(double seconds) {
    return charger.applied().stream()
        .filter(a -> a.seconds() >= seconds && a.command().chargeCurrentAmps() == 0)
        .findFirst()
        .orElseThrow()
        .seconds();
  }

  @Test
  void aChargerThatFallsSilentStopsTheCurrentWithinThreeSeconds() throws Exception {
    deploy();
    awaitCharging();
    double silentAt = charger.seconds();
    charger.fallSilent(true);
    soon(() -> assertThat(charger.amps()).isZero());
    assertThat(zeroAfter(silentAt) - silentAt).isLessThan(3 + STALL_SECONDS);
    soon(() -> assertThat(state()).isEqualTo("Suspended"));
    charger.fallSilent(false);
    awaitCharging();
  }

  @Test
  void aLateDecisionIsCountedAndTheRestOfThePlanIsUsed() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicBoolean slow = new AtomicBoolean();
    wish =
        (e, l) -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          if (slow.get()) {
            sleepMillis(500); // two and a half periods at this speed
          }
          inFlight.decrementAndGet();
          return planned(10, 9, 8, 7, 6, 5, 4);
        };
    deploy();
    awaitCharging();
    slow.set(true);
    soon(
        () ->
            assertThat(records)
                .anySatisfy(
                    r -> {
                      assertThat(r.getJsonObject("decision").getString("source"))
                          .isEqualTo("SHIFTED_PLAN");
                      assertThat(r.getDouble("commandAmps")).isBetween(4.0, 9.0);
                    }));
    JsonObject timing = records.get(records.size() - 1).getJsonObject("timing");
    assertThat(timing.getInteger("misses")).isPositive();
    assertThat(most.get()).as("solves at once").isEqualTo(1);
  }

  @Test
  void anEndlessDecisionEndsInNoCurrent() throws Exception {
    AtomicBoolean stuck = new AtomicBoolean();
    wish =
        (e, l) -> {
          while (stuck.get()) {
            sleepMillis(5);
          }
          return planned(10, 10, 10, 10);
        };
    deploy();
    awaitCharging();
    stuck.set(true);
    soon(() -> assertThat(charger.amps()).isZero());
    soon(
        () ->
            assertThat(records.get(records.size() - 1).getString("why"))
                .contains("No decision has come in time"));
    stuck.set(false);
    awaitCharging();
  }

  @Test
  void undeployingCommandsZeroBeforeItClosesAnything() throws Exception {
    String id = deploy();
    awaitCharging();
    vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(charger.isClosed()).isTrue();
    assertThat(charger.ampsAtClose()).isZero();
    assertThat(policyClosed).isTrue();
    int commands = charger.applied().size();
    sleepMillis(300);
    assertThat(charger.applied()).as("nothing is sent after the end").hasSize(commands);
  }

  @Test
  void aStopRequestEndsTheSession() throws Exception {
    deploy();
    awaitCharging();
    int before = charger.applied().size();
    JsonObject reply = order(new JsonObject().put("action", "stop").put("reason", "Enough."));
    assertThat(reply.getString("state")).isEqualTo("Stopping");
    soon(() -> assertThat(state()).isEqualTo("Finished"));
    assertThat(charger.amps()).isZero();
    assertThat(charger.applied().subList(before, charger.applied().size()))
        .as("the current only falls")
        .extracting(a -> -a.command().chargeCurrentAmps())
        .isSorted();
    sleepMillis(500);
    assertThat(charger.amps()).isZero();
  }

  @Test
  void anImmediateStopCommandsZeroAtOnce() throws Exception {
    deploy();
    awaitCharging();
    JsonObject stop = new JsonObject().put("action", "stop").put("immediately", true);
    assertThat(order(stop).getString("state")).isEqualTo("Finished");
    assertThat(charger.amps()).isZero();
  }

  @Test
  void aNewChargeStartsOnRequestOrWithTheNextVehicle() throws Exception {
    deploy();
    awaitCharging();
    assertThatThrownBy(() -> order(new JsonObject().put("action", "start")))
        .hasMessageContaining("The session is Charging; only one that is over");
    String first = charge();
    assertThat(first).matches("[0-9a-f-]{36}");
    order(new JsonObject().put("action", "stop"));
    soon(() -> assertThat(state()).isEqualTo("Finished"));
    assertThat(charge()).as("a charge that is over").isEqualTo(first);
    order(new JsonObject().put("action", "start"));
    awaitCharging();
    assertThat(charge()).as("another charge").isGreaterThan(first);

    order(new JsonObject().put("action", "stop"));
    soon(() -> assertThat(state()).isEqualTo("Finished"));
    String second = charge();
    charger.setPlugged(false);
    soon(() -> assertThat(state()).isEqualTo("Idle"));
    assertThat(charger.amps()).isZero();
    charger.setPlugged(true);
    awaitCharging();
    assertThat(charge()).isGreaterThan(second);
  }

  @Test
  void aVehicleThatLeavesEndsItsChargeAndTheNextOneBeginsAnew() throws Exception {
    deploy();
    awaitCharging();
    String first = charge();
    int made = openPolicies.get();
    charger.setPlugged(false);
    soon(() -> assertThat(state()).isEqualTo("Idle"));
    assertThat(records)
        .filteredOn(r -> r.getString("charge").equals(first))
        .last()
        .satisfies(
            end -> {
              assertThat(end.getJsonObject("state").getString("name")).isEqualTo("Finished");
              assertThat(end.getJsonObject("state").getString("reason"))
                  .isEqualTo("The vehicle has left.");
            });
    charger.setPlugged(true);
    awaitCharging();
    assertThat(charge()).as("another charge").isGreaterThan(first);
    assertThat(openPolicies.get()).as("the first one's policy is closed").isEqualTo(made);
  }

  @Test
  void aStartWaitsForTheDecisionThatIsBeingComputed() throws Exception {
    CountDownLatch deciding = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean slow = new AtomicBoolean();
    wish =
        (e, l) -> {
          if (slow.get()) {
            deciding.countDown();
            awaitLatch(goOn);
          }
          return decision(10);
        };
    deploy();
    awaitCharging();
    slow.set(true);
    awaitLatch(deciding);
    order(new JsonObject().put("action", "stop"));
    slow.set(false);
    Future<JsonObject> started = request(new JsonObject().put("action", "start"));
    sleepMillis(200);
    assertThat(started.isComplete()).as("answered before it is known").isFalse();
    goOn.countDown();
    assertThat(result(started).getString("state")).isEqualTo("Idle");
    awaitCharging();
  }

  @Test
  void aStopWhileTheNextChargeIsMadeStopsThatToo() throws Exception {
    deploy();
    awaitCharging();
    order(new JsonObject().put("action", "stop"));
    CountDownLatch goOn = new CountDownLatch(1);
    Future<JsonObject> started = startHeld(goOn);
    JsonObject reply = order(new JsonObject().put("action", "stop").put("reason", "Enough."));
    assertThat(reply.getString("state")).isEqualTo("Finished");
    assertThat(reply.getBoolean("wasOver")).as("there was something to stop").isFalse();
    int commands = charger.applied().size();
    goOn.countDown();
    assertThat(result(started).getString("state")).isEqualTo("Finished");
    soon(
        () ->
            assertThat(records.get(records.size() - 1).getJsonObject("state").getString("reason"))
                .isEqualTo("Enough."));
    sleepMillis(500); // two and a half periods
    assertThat(charger.applied().subList(commands, charger.applied().size()))
        .isNotEmpty()
        .allSatisfy(a -> assertThat(a.command().chargeCurrentAmps()).isZero());
    assertThat(order(new JsonObject().put("action", "stop")).getBoolean("wasOver")).isTrue();
  }

  @Test
  void aChargeThatIsBeingMadeWhileTheServerStopsIsClosedToo() throws Exception {
    String id = deploy();
    awaitCharging();
    order(new JsonObject().put("action", "stop"));
    CountDownLatch goOn = new CountDownLatch(1);
    var unused = startHeld(goOn);
    Future<Void> undeployed = vertx.undeploy(id);
    soon(() -> assertThat(charger.isClosed()).isTrue());
    assertThatThrownBy(() -> order(new JsonObject().put("action", "start")))
        .hasMessageContaining("The server stops");
    goOn.countDown();
    result(undeployed);
    assertThat(openPolicies).as("policies that nobody closes").hasValue(0);
    assertThat(charger.ampsAtClose()).isZero();
  }

  /** Asks for a new charge that is not made before somebody says so. */
  private Future<JsonObject> startHeld(CountDownLatch goOn) {
    CountDownLatch asked = new CountDownLatch(1);
    making =
        () -> {
          asked.countDown();
          awaitLatch(goOn);
        };
    Future<JsonObject> started = request(new JsonObject().put("action", "start"));
    awaitLatch(asked);
    return started;
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The fit takes seconds: a worker's business. This charge is too short to tell anything. */
  @Test
  void aChargeThatIsOverIsLearnedFromOnAWorkerOnce() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(BatteryMemory.class);
    ListAppender<ILoggingEvent> log =
        new ListAppender<>() {
          @Override
          protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing(); // an event's thread is whoever asks first
            super.append(event);
          }
        };
    log.start();
    Level level = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addAppender(log);
    Path file = folder.resolve("bus-17.json");
    try {
      String id = deploy(BatteryMemoryTest.memory(file));
      awaitCharging();
      soon(() -> assertThat(records).hasSizeGreaterThan(5));
      order(new JsonObject().put("action", "stop"));
      soon(() -> assertThat(log.list).hasSize(1));
      assertThat(log.list.get(0).getFormattedMessage())
          .contains("bus-17.json", "nothing changed", "The session");
      assertThat(log.list.get(0).getThreadName()).contains("worker");
      // Nothing is left to learn at the end.
      vertx.undeploy(id).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(log.list).hasSize(1);
      assertThat(file).doesNotExist();
    } finally {
      logger.detachAppender(log);
      logger.setLevel(level);
    }
  }

  private JsonObject order(JsonObject order) throws Exception {
    return result(request(order));
  }

  private Future<JsonObject> request(JsonObject order) {
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.control("t"), order)
        .map(reply -> reply.body());
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static void sleepMillis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
