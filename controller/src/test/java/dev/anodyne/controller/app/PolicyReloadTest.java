package dev.anodyne.controller.app;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A policy's file changes while it is in use. The stand-in policies charge at its maxCRate, in A.
 */
class PolicyReloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double SPEED = 5;

  @TempDir Path folder;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Double> startSocs = new CopyOnWriteArrayList<>();
  private Path file;

  @BeforeEach
  void listen() {
    file = folder.resolve("p.yaml");
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void leave() {
    logger().detachAppender(log);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(PolicySource.class);
  }

  private void say(String name, double amps) throws IOException {
    Files.writeString(file, "{name: " + name + ", version: 1, limits: {maxCRate: " + amps + "}}\n");
  }

  private PolicySource source() {
    return new PolicySource(
        "t",
        file.toString(),
        (spec, soc) -> {
          startSocs.add(soc);
          if (spec.limits().maxCRate() > 15) {
            throw new IllegalArgumentException("no such current");
          }
          return charging(spec.limits().maxCRate());
        });
  }

  private static ChargingPolicy charging(double amps) {
    return (e, l) -> decision(amps);
  }

  @Test
  void onlySomethingNewAndUsableReplacesThePolicy() throws IOException {
    say("first", 5);
    PolicySource source = source();
    assertThat(source.changed(0.4)).as("nothing has changed").isEmpty();
    Files.writeString(file, "# a remark\n" + Files.readString(file));
    assertThat(source.changed(0.4)).as("it says the same").isEmpty();
    say("second", 6);
    PolicySource.Change change = source.changed(0.4).orElseThrow();
    assertThat(change.identity().name()).isEqualTo("second");
    assertThat(change.description()).contains("maxCRate: 6");
    assertThat(startSocs).containsExactly(0.4);
    assertThat(source.changed(0.4)).isEmpty();
    Files.delete(file);
    assertThat(source.changed(0.4)).as("gone for a moment").isEmpty();
  }

  @Test
  void aBrokenFileKeepsThePolicyAndSaysSoOnceInOneLine() throws IOException {
    say("first", 5);
    PolicySource source = source();
    Files.writeString(file, "name: second\nhorizon:\n  steps: 0\n");
    assertThat(source.changed(0.4)).isEmpty();
    assertThat(source.changed(0.4)).isEmpty();
    assertThat(source.identity().name()).isEqualTo("first");
    assertThat(warnings())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains("policy first")
                    .contains("stays")
                    .contains("p.yaml:3: horizon.steps is '0'")
                    .doesNotContain("\n"));
    say("third", 7);
    assertThat(source.changed(0.4)).isPresent();
  }

  @Test
  void aPolicyThatCannotBeMadeKeepsTheOldOne() throws IOException {
    say("first", 5);
    PolicySource source = source();
    say("second", 16);
    assertThat(source.changed(0.4)).isEmpty();
    assertThat(source.identity().name()).isEqualTo("first");
    assertThat(warnings()).hasSize(1);
    assertThat(source.fresh().next(null, null).chargeCurrentAmps()).isEqualTo(5);
  }

  @Test
  void aNewChargeReadsTheFileAnew() throws IOException {
    say("first", 5);
    PolicySource source = source();
    say("second", 6);
    assertThat(source.fresh().next(null, null).chargeCurrentAmps()).isEqualTo(6);
    Files.writeString(file, "nonsense");
    assertThat(source.fresh().next(null, null).chargeCurrentAmps()).isEqualTo(6);
    assertThatThrownBy(this::source).isInstanceOf(ConfigException.class);
  }

  /** The whole way: file, worker, loop, charger, stream. Wall time of about 3 s. */
  @Test
  void aRunningSessionChangesItsPolicyWithoutAJump() throws Exception {
    say("first", 5);
    PolicySource source = source();
    Vertx vertx = Vertx.vertx();
    try {
      List<JsonObject> records = new CopyOnWriteArrayList<>();
      vertx
          .eventBus()
          .<JsonObject>consumer(Addresses.session("t"), message -> records.add(message.body()));
      FakeCharger[] charger = new FakeCharger[1];
      deploy(vertx, source, charger);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(charger[0].amps()).isEqualTo(5));
      say("second", 7);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(charger[0].amps()).isEqualTo(7));
      assertThat(last(records).getJsonObject("policy").getString("name")).isEqualTo("second");
      assertThat(startSocs).as("first by its usual start, then from here").endsWith(0.4);
      List<Double> points =
          records.stream()
              .filter(r -> r.getBoolean("point"))
              .map(r -> r.getDouble("commandAmps"))
              .filter(amps -> amps > 0)
              .toList();
      for (int i = 1; i < points.size(); i++) {
        // 2 % of 15 A a second; a loaded machine may leave out a period or two.
        assertThat(points.get(i) - points.get(i - 1)).isBetween(0.0, 3 * 0.3 + 1e-9);
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  /** A charge begins while another policy is being made for the one before. */
  @Test
  void aPolicyThatIsChosenCountsForTheChargeThatHasBegunMeanwhile() throws Exception {
    say("first", 5);
    Path other =
        Files.writeString(
            folder.resolve("q.yaml"), "{name: second, version: 1, limits: {maxCRate: 7}}\n");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    PolicySource source =
        new PolicySource(
            "t",
            file.toString(),
            (spec, soc) -> {
              if (spec.limits().maxCRate() == 7) {
                asked.countDown();
                awaitLatch(goOn);
              }
              return charging(spec.limits().maxCRate());
            });
    Vertx vertx = Vertx.vertx();
    try {
      List<JsonObject> records = new CopyOnWriteArrayList<>();
      vertx
          .eventBus()
          .<JsonObject>consumer(Addresses.session("t"), message -> records.add(message.body()));
      FakeCharger[] charger = new FakeCharger[1];
      deploy(vertx, source, charger);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(charger[0].amps()).isEqualTo(5));
      Future<JsonObject> chosen =
          order(vertx, new JsonObject().put("action", "policy").put("policy", other.toString()));
      awaitLatch(asked);
      result(order(vertx, new JsonObject().put("action", "stop")));
      result(order(vertx, new JsonObject().put("action", "start")));
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(charger[0].amps()).isEqualTo(5));
      assertThat(last(records).getJsonObject("policy").getString("name")).isEqualTo("first");
      goOn.countDown();
      result(chosen);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(charger[0].amps()).isEqualTo(7));
      assertThat(last(records).getJsonObject("policy").getString("name")).isEqualTo("second");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private static void deploy(Vertx vertx, PolicySource source, FakeCharger[] charger)
      throws Exception {
    SessionSetup setup =
        new SessionSetup(
            new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND),
            clock -> charger[0] = new FakeCharger(clock),
            () -> (m, c) -> estimate(m, 0.4),
            source::fresh,
            new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)),
            new SessionSetup.Pace.RealTime(SPEED),
            new About("Test", "none", "none", "none"),
            null,
            source);
    result(vertx.deployVerticle(new ChargeSessionVerticle(setup, NanoClock.SYSTEM)));
  }

  private static Future<JsonObject> order(Vertx vertx, JsonObject order) {
    return vertx
        .eventBus()
        .<JsonObject>request(Addresses.control("t"), order)
        .map(reply -> reply.body());
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonObject last(List<JsonObject> records) {
    return records.get(records.size() - 1);
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(e -> e.getLevel().equals(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
