package dev.anodyne.controller.app;

import static dev.anodyne.controller.app.FakeStation.connector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.controller.station.sharing.SiteView;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sessions behind one grid connection that is too small for both. */
class SharedStationTest {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final double EFFICIENCY = 0.9;

  @TempDir private Path folder;
  private FakeStation station;
  private AnodyneServer server;
  private Site site;
  private volatile String why = "";

  @BeforeEach
  void start() throws Exception {
    station = new FakeStation(folder);
    station.writeText(
        """
        http: {port: 0}
        site: {limitWatts: 60, lowestLimitWatts: 10, budgetSeconds: 3, rampSeconds: 0, efficiency: 0.9}
        connectors:
        """
            + connector("A", "")
            + connector("B", ""));
    server = station.start();
    site = server.site();
    server
        .eventBus()
        .<JsonObject>consumer(
            Addresses.session("A"), record -> why = record.body().getString("why"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theLimitIsSharedAndTheChargesSaySo() {
    await().atMost(LONG).until(() -> amps("A") > 0.1 && amps("B") > 0.1 && shared());
    await().atMost(LONG).until(() -> why.contains("shared by 2; this connector has 0.0 kW"));
    assertThat(gridWatts()).isLessThanOrEqualTo(60);
    // At first each charger counts in full, since nobody knows what was commanded before.
    await().atMost(LONG).until(() -> site.view().possibleWatts() <= 60);
    assertThat(site.view().connectors()).hasSize(2).allMatch(c -> c.budgetWatts() > 25);
    await().atMost(LONG).until(() -> site.view().plan() != null);
    assertThat(site.view().plan().status()).isEqualTo("OPTIMAL");
  }

  @Test
  void aFallOfTheLimitReachesEveryCharger() {
    await().atMost(LONG).until(() -> gridWatts() > 40);
    site.setGridLimit(12, Double.POSITIVE_INFINITY);
    await().atMost(LONG).until(() -> gridWatts() <= 12);
    await().atMost(LONG).until(() -> site.view().possibleWatts() <= 12);
    site.clearGridLimit();
    await().atMost(LONG).until(() -> gridWatts() > 40);
    assertThat(gridWatts()).isLessThanOrEqualTo(60);
  }

  @Test
  void withoutTheSharingBudgetsRunOutAndNothingFlows() {
    await().atMost(LONG).until(() -> gridWatts() > 40);
    server.endSharing();
    await().atMost(LONG).until(() -> amps("A") == 0 && amps("B") == 0);
  }

  private boolean shared() {
    return site.view().status() == SiteView.Status.SHARED;
  }

  /** What the newest commands allow to both together, at the voltage that is measured. */
  private double gridWatts() {
    double watts = 0;
    for (String id : new String[] {"A", "B"}) {
      double volts = station.charger(id).status().measurement().voltageVolts();
      watts += amps(id) * volts / EFFICIENCY;
    }
    return watts;
  }

  private double amps(String id) {
    var applied = station.chargers.containsKey(id) ? station.charger(id).applied() : null;
    return applied == null || applied.isEmpty()
        ? 0
        : applied.get(applied.size() - 1).command().chargeCurrentAmps();
  }
}
