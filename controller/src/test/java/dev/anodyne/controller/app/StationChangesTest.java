package dev.anodyne.controller.app;

import static dev.anodyne.controller.app.FakeStation.connector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.session.Addresses;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors that come, change and go while their neighbours charge. */
class StationChangesTest {
  /** Making a session and charging, on a machine that is busy with other things. */
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private FakeStation station;
  private AnodyneServer server;
  private final FakeStation.Heard heard = new FakeStation.Heard();

  @BeforeEach
  void start() throws Exception {
    station = new FakeStation(folder);
    station.write(connector("A", ""), connector("B", ""));
    server = station.start();
    server.listen(heard);
    awaitCurrent("A");
    awaitCurrent("B");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void connectorsComeAndGoAndTheirNeighbourIsNotDisturbed() throws Exception {
    FakeCharger a = station.charger("A");
    done(server.add(config("C", "")));
    awaitCurrent("C");
    assertThat(ids()).containsExactly("A", "B", "C");
    done(server.remove("B", "Taken down."));
    assertThat(ids()).containsExactly("A", "C");
    FakeCharger b = station.charger("B");
    assertThat(b.isClosed()).isTrue();
    assertThat(b.ampsAtClose()).as("zero was commanded before the end").isZero();
    assertThat(heard.told).containsExactly("+C", "-B");
    assertThat(a.isClosed()).isFalse();
    assertThat(station.chargers.get("A")).as("A never lost its session").hasSize(1);
  }

  @Test
  void aConnectorThatIsSetUpAnewDoesNotChargeByItself() throws Exception {
    done(server.replace(config("B", ", targetSoc: 0.7")));
    assertThat(station.chargers.get("B")).hasSize(2);
    FakeCharger old = station.chargers.get("B").get(0);
    assertThat(old.isClosed()).isTrue();
    assertThat(old.ampsAtClose()).isZero();
    await()
        .atMost(LONG)
        .until(() -> state("B").getBoolean("over") && station.charger("B").applied().size() > 5);
    assertThat(station.charger("B").applied())
        .as("a vehicle that stays is not charged again")
        .allMatch(applied -> applied.command().chargeCurrentAmps() == 0);
    server.eventBus().publish(Addresses.control("B"), new JsonObject().put("action", "start"));
    awaitCurrent("B");
    assertThat(heard.told).containsExactly("-B", "+B");
  }

  @Test
  void whatCannotBeDoneLeavesTheStationAsItWas() throws Exception {
    assertThatThrownBy(() -> done(server.add(config("A", ""))))
        .hasMessageContaining("Connector A is there already");
    assertThatThrownBy(() -> done(server.remove("Z", "")))
        .hasMessageContaining("no connector Z; there are: A, B");
    station.making =
        id -> {
          throw new IllegalStateException("no such charger");
        };
    assertThatThrownBy(() -> done(server.add(config("C", ""))))
        .hasMessageContaining("no such charger");
    station.making = id -> {};
    assertThat(ids()).containsExactly("A", "B");
    assertThat(heard.told).containsExactly("+C", "-C");
    done(server.add(config("C", "")));
    awaitCurrent("C");
  }

  @Test
  void aReplacementThatCannotStartGivesTheOldOneBack() throws Exception {
    station.making =
        id -> {
          station.making = next -> {};
          throw new IllegalStateException("no such charger");
        };
    assertThatThrownBy(() -> done(server.replace(config("B", ", targetSoc: 0.7"))))
        .hasMessageContaining("no such charger");
    assertThat(ids()).containsExactly("A", "B");
    await().atMost(LONG).until(() -> station.chargers.get("B").size() == 2);
    assertThat(server.connector("B").targetSoc()).isEqualTo(0.8);
  }

  @Test
  void changesThatAreAskedForTogetherAreDoneOneAfterTheOther() throws Exception {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(server.add(config("N" + i, "")));
    }
    for (int i = 0; i < 4; i++) {
      all.add(server.remove("N" + i, "Not needed."));
    }
    for (CompletableFuture<Void> one : all) {
      done(one);
    }
    assertThat(ids()).containsExactly("A", "B");
    assertThat(heard.told).containsExactly("+N0", "+N1", "+N2", "+N3", "-N0", "-N1", "-N2", "-N3");
  }

  private ConnectorConfig config(String id, String more) throws Exception {
    station.write(connector(id, more));
    return station.read().connectors().get(0);
  }

  private void awaitCurrent(String id) {
    await()
        .atMost(LONG)
        .until(() -> station.chargers.containsKey(id) && station.charger(id).amps() > 1);
  }

  private JsonObject state(String id) throws Exception {
    return FakeStation.get(server, "/api/v1/sessions/" + id).getJsonObject("state");
  }

  private List<String> ids() throws Exception {
    JsonArray all = FakeStation.get(server, "/api/v1/sessions").getJsonArray("sessions");
    return all.stream().map(one -> ((JsonObject) one).getString("id")).sorted().toList();
  }

  private static void done(CompletableFuture<Void> change) throws Exception {
    change.get(60, TimeUnit.SECONDS);
  }
}
