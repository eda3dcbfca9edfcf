package dev.anodyne.controller.app;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.storage.ChargeQuery;
import dev.anodyne.controller.storage.ChargeRow;
import dev.anodyne.controller.storage.StateRow;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.controller.storage.Telemetry;
import dev.anodyne.controller.storage.TelemetryColumn;
import dev.anodyne.controller.storage.TelemetryWord;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PolicyDecision;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session tells is found in the database; five times faster than the clock. */
class StoredSessionTest {
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void aChargeIsKeptFromItsVehicleToItsEnd() throws Exception {
    Instant begin = Instant.now();
    Vertx vertx = Vertx.vertx();
    try (StationStorage storage =
        StationStorage.start(
            new StorageConfig(
                new StorageConfig.SqliteFile(folder.resolve("station.db")),
                StorageConfig.Retention.USUAL,
                new StorageConfig.Spool(folder.resolve("spool"), 10_000_000)))) {
      vertx
          .deployVerticle(new ChargeSessionVerticle(setup(storage), NanoClock.SYSTEM))
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
      await().atMost(LONG).until(() -> charging(storage) > 10);
      vertx
          .eventBus()
          .send(
              Addresses.control("t"),
              new JsonObject().put("action", "stop").put("reason", "Enough."));
      await().atMost(LONG).until(() -> charges(storage).get(0).ended() != null);
      ChargeRow charge = charges(storage).get(0);
      assertThat(charge.connector()).isEqualTo("t");
      assertThat(charge.estimator()).isEqualTo("physics");
      assertThat(charge.state()).isEqualTo("Finished");
      assertThat(charge.reason()).contains("Enough.");
      assertThat(charge.targetReached()).isFalse();
      assertThat(charge.begun()).isBetween(begin, Instant.now());
      assertThat(charge.figures().endSoc()).isEqualTo(0.4);
      assertThat(charge.figures().chargeAmpHours()).isPositive();
      assertSamples(telemetry(storage, charge));
      List<StateRow> states = storage.store().states(charge.id());
      assertThat(states).extracting(StateRow::state).contains("Charging").endsWith("Finished");
      long kept = telemetry(storage, charge).rows().size();
      Thread.sleep(1500);
      assertThat(telemetry(storage, charge).rows())
          .as("nothing is added to a charge that is over")
          .hasSize((int) kept);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  private static SessionSetup setup(StationStorage storage) {
    ChargingPolicy policy =
        new ChargingPolicy() {
          @Override
          public PolicyDecision next(CellEstimate e, ChargeLimits l) {
            return decision(10);
          }
        };
    return new SessionSetup(
            new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND),
            FakeCharger::new,
            () -> (m, c) -> estimate(m, 0.4),
            () -> policy,
            new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)),
            new SessionSetup.Pace.RealTime(5),
            new About("Test", "none", "none", "none"))
        .withListeners(List.of(storage.listener("t", "physics")));
  }

  private static void assertSamples(Telemetry telemetry) {
    assertThat(telemetry.rows())
        .extracting(Telemetry.Row::timeMicros)
        .isSorted()
        .doesNotHaveDuplicates();
    Telemetry.Row full =
        telemetry.rows().stream()
            .filter(row -> row.mean(TelemetryColumn.COMMANDED_CURRENT) == 10)
            .findFirst()
            .orElseThrow();
    assertThat(full.mean(TelemetryColumn.WANTED_CURRENT)).isEqualTo(10);
    assertThat(full.mean(TelemetryColumn.SOC)).isEqualTo(0.4);
    assertThat(full.mean(TelemetryColumn.PACK_POWER))
        .isEqualTo(
            full.mean(TelemetryColumn.PACK_VOLTAGE) * full.mean(TelemetryColumn.PACK_CURRENT),
            within(1e-9));
    assertThat(full.word(TelemetryWord.LINK)).isEqualTo("UP");
    assertThat(full.word(TelemetryWord.ESTIMATE)).isEqualTo("VALID");
  }

  private static long charging(StationStorage storage) {
    List<ChargeRow> charges = charges(storage);
    return charges.isEmpty()
        ? 0
        : telemetry(storage, charges.get(0)).rows().stream()
            .filter(row -> row.mean(TelemetryColumn.PACK_CURRENT) > 5)
            .count();
  }

  private static List<ChargeRow> charges(StationStorage storage) {
    storage.awaitFirstTry(LONG.toMillis());
    return storage.store().charges(ChargeQuery.newest(10)).items();
  }

  private static Telemetry telemetry(StationStorage storage, ChargeRow charge) {
    return storage.store().telemetry(charge.id(), null, null, Duration.ZERO).orElseThrow();
  }
}
