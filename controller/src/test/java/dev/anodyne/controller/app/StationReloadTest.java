package dev.anodyne.controller.app;

import static dev.anodyne.controller.app.FakeStation.connector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.app.ReloadReport.Change;
import dev.anodyne.controller.app.ReloadReport.Effect;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.session.Addresses;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station's file is changed while charges run. */
class StationReloadTest {
  /** Making a session and charging, on a machine that is busy with other things. */
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private FakeStation station;
  private AnodyneServer server;
  private final FakeStation.Heard heard = new FakeStation.Heard();

  private void start(String... connectors) throws Exception {
    station = new FakeStation(folder);
    station.write(connectors);
    server = station.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aNeighbourOfWhatChangesChargesOnWithoutAHole() throws Exception {
    start(connector("A", ""), connector("B", ""), connector("C", ""));
    List<JsonObject> ofA = new CopyOnWriteArrayList<>();
    server.eventBus().<JsonObject>consumer(Addresses.session("A"), m -> ofA.add(m.body()));
    awaitCurrent("A");
    awaitCurrent("B");
    awaitCurrent("C");
    int first = ofA.size();
    station.write(
        connector("D", ""), connector("A", ""), connector("B", ", targetSoc: 0.75, ambientC: 20"));
    ReloadReport report = reload(true);
    assertThat(report.accepted()).isTrue();
    assertThat(effects(report))
        .containsExactlyInAnyOrder("C REMOVED", "D ADDED", "B APPLIED", "B PENDING");
    awaitCurrent("D");
    int seen = ofA.size();
    await().atMost(LONG).until(() -> ofA.size() > seen + 5);
    List<JsonObject> after = ofA.subList(first, ofA.size());
    for (int i = 1; i < after.size(); i++) {
      assertThat(after.get(i).getLong("sequence") - after.get(i - 1).getLong("sequence"))
          .as("no cycle of A is missing")
          .isBetween(0L, 1L);
    }
    assertThat(after).allMatch(r -> r.getDouble("commandAmps") > 0);
    assertThat(station.chargers.get("A")).hasSize(1);
  }

  @Test
  void whatARunningChargeCanTakeUpCountsAtOnceAndTheRestWhenItIsOver() throws Exception {
    start(connector("A", ""));
    awaitCurrent("A");
    station.write(
        connector(
            "A",
            ", policy: \"cccv:0.5\", targetSoc: 0.7, maxCRate: 1, maxVoltageVolts: 4.1,"
                + " maxTemperatureC: 50, minAnodePotentialVolts: 0.005, startSoc: 0.2"));
    ReloadReport report = reload(false);
    assertThat(report.changes()).hasSize(2);
    assertThat(keys(report, Effect.APPLIED))
        .containsExactly(
            "maxCRate", "maxVoltageVolts", "minAnodePotentialVolts", "policy", "targetSoc");
    assertThat(keys(report, Effect.PENDING))
        .as("a limit that is raised waits for a guard of its own")
        .containsExactly("maxTemperatureC", "startSoc");
    await()
        .atMost(LONG)
        .until(
            () -> {
              JsonObject record = record("A");
              return record.getJsonObject("policy").getString("name").equals("cccv:0.5")
                  && record.getJsonObject("limits").getDouble("targetSoc") == 0.7
                  && station.charger("A").amps() < 3;
            });
    assertThat(station.chargers.get("A")).as("the same session").hasSize(1);
    assertThat(keys(status(), Effect.PENDING)).containsExactly("maxTemperatureC", "startSoc");
    JsonObject shown = FakeStation.get(server, "/api/v1/station/reload");
    assertThat(shown.getBoolean("accepted")).isTrue();
    assertThat(shown.getJsonArray("changes").getJsonObject(0).getString("effect"))
        .isEqualTo("PENDING");
    assertThat(effects(reload(false))).as("nothing new is said").isEmpty();
    assertThat(keys(status(), Effect.PENDING)).as("and it is pending yet").hasSize(2);

    stopCharge("A");
    await().atMost(LONG).until(() -> station.chargers.get("A").size() == 2);
    await()
        .atMost(LONG)
        .until(
            () -> {
              ConnectorConfig runs = server.connector("A");
              return runs != null && runs.startSoc() == 0.2;
            });
    assertThat(status().changes()).isEmpty();
    await().atMost(LONG).until(() -> station.charger("A").applied().size() > 3);
    assertThat(station.charger("A").amps()).as("nobody has asked for a new charge").isZero();
  }

  @Test
  void aConnectorThatLeavesMayFinishItsChargeAndMayComeBack() throws Exception {
    start(connector("A", ""), connector("B", ""));
    awaitCurrent("A");
    awaitCurrent("B");
    station.write(connector("A", ""));
    assertThat(effects(reload(false))).containsExactly("B LEAVING");
    assertThat(effects(status())).containsExactly("B LEAVING");
    station.write(connector("A", ""), connector("B", ""));
    assertThat(effects(reload(false))).isEmpty();
    assertThat(status().changes()).isEmpty();
    assertThat(station.charger("B").isClosed()).isFalse();

    station.write(connector("A", ""));
    assertThat(effects(reload(false))).containsExactly("B LEAVING");
    stopCharge("B");
    await().atMost(LONG).until(() -> server.connector("B") == null);
    assertThat(station.charger("B").ampsAtClose()).isZero();
  }

  @Test
  void aFileThatIsWrongChangesNothing() throws Exception {
    start(connector("A", ""), connector("B", ""));
    awaitCurrent("A");
    station.write(connector("C", ""), connector("A", ", targetSoc: 0.7, policy: nonsense"));
    ReloadReport report = reload(true);
    assertThat(report.accepted()).isFalse();
    assertThat(report.message())
        .contains("station.yaml:4: connectors[1].policy")
        .contains("nonsense")
        .doesNotContain("\n");
    assertThat(report.changes()).isEmpty();
    assertThat(server.connector("C")).isNull();
    assertThat(server.connector("B")).isNotNull();
    assertThat(server.connector("A").targetSoc()).isEqualTo(0.8);
    assertThat(record("A").getJsonObject("limits").getDouble("targetSoc")).isEqualTo(0.8);
  }

  @Test
  void whatNeedsARestartIsSaidAndAFileThatSettlesIsReadByItself() throws Exception {
    start(connector("A", ""));
    server.watchFile(station.file());
    station.writeText(
        "http: {port: 0}\nrecordings: kept\nconnectors:\n"
            + connector("A", "")
            + connector("B", ""));
    await().atMost(LONG).until(() -> server.connector("B") != null);
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(status().message()).contains("recordings: recordings needs a restart"));
    assertThat(status().message()).contains("B is added");
  }

  /** Whatever is written one after the other, the station is what the file says. */
  @Test
  void afterAnyRowOfFilesTheStationIsWhatTheLastOneSays() throws Exception {
    Random random = new Random(7);
    Map<String, String> now = new TreeMap<>(Map.of("A", ""));
    start(connector("A", ""));
    server.listen(heard);
    awaitCurrent("A");
    for (int round = 0; round < 7; round++) {
      Map<String, String> next = mutated(now, random);
      Map<String, Long> sessions = sessions();
      station.write(
          next.entrySet().stream()
              .map(e -> connector(e.getKey(), e.getValue()))
              .toArray(String[]::new));
      ReloadReport report = reload(true);
      assertThat(report.accepted()).as(report.message()).isTrue();
      assertThat(report.changes()).noneMatch(c -> c.effect() == Effect.FAILED);
      for (String id : next.keySet()) {
        ConnectorConfig runs = server.connector(id);
        assertThat(runs).as("connector %s in round %d", id, round).isNotNull();
        if (next.get(id).equals(now.get(id))) {
          assertThat(sessions().get(id)).as("untouched %s", id).isEqualTo(sessions.get(id));
        }
      }
      for (String id : now.keySet()) {
        if (!next.containsKey(id)) {
          assertThat(server.connector(id)).isNull();
          assertThat(station.charger(id).ampsAtClose()).isZero();
        }
      }
      now = next;
    }
    for (String id : now.keySet()) {
      stopCharge(id);
    }
    Map<String, ConnectorConfig> wanted = new TreeMap<>();
    station.read().connectors().forEach(c -> wanted.put(c.id(), c));
    for (String id : wanted.keySet()) {
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                ConnectorConfig runs = server.connector(id);
                assertThat(runs).as("it is there again").isNotNull();
                assertThat(runs.targetSoc()).isEqualTo(wanted.get(id).targetSoc());
                assertThat(runs.ambientKelvin()).isEqualTo(wanted.get(id).ambientKelvin());
              });
    }
    assertThat(status().changes()).isEmpty();
  }

  /** Targets that no charge reaches meanwhile: what waits is done when one is over. */
  private static Map<String, String> mutated(Map<String, String> now, Random random) {
    Map<String, String> next = new TreeMap<>(now);
    String id = String.valueOf((char) ('A' + random.nextInt(4)));
    switch (random.nextInt(4)) {
      case 0 -> next.remove(id);
      case 1 -> next.put(id, ", targetSoc: 0." + (85 + 5 * random.nextInt(3)));
      case 2 -> next.put(id, ", ambientC: " + (15 + random.nextInt(3)));
      default -> next.put(id, "");
    }
    if (next.isEmpty()) {
      next.put("A", "");
    }
    return next;
  }

  /** How often each connector has come. */
  private Map<String, Long> sessions() {
    return heard.told.stream()
        .filter(one -> one.startsWith("+"))
        .collect(Collectors.groupingBy(one -> one.substring(1), Collectors.counting()));
  }

  private ReloadReport reload(boolean endNow) throws Exception {
    return server.reload(endNow).get(90, TimeUnit.SECONDS);
  }

  private ReloadReport status() throws Exception {
    return server.reloadStatus().get(60, TimeUnit.SECONDS);
  }

  private static List<String> effects(ReloadReport report) {
    return report.changes().stream().map(c -> c.where() + " " + c.effect()).toList();
  }

  private static List<String> keys(ReloadReport report, Effect effect) {
    return report.changes().stream()
        .filter(c -> c.effect() == effect)
        .map(Change::keys)
        .flatMap(k -> k.stream())
        .toList();
  }

  private void stopCharge(String id) {
    server
        .eventBus()
        .publish(Addresses.control(id), new JsonObject().put("action", "stop").put("reason", "X."));
  }

  private JsonObject record(String id) throws Exception {
    return FakeStation.get(server, "/api/v1/sessions/" + id).getJsonObject("record");
  }

  private void awaitCurrent(String id) {
    await()
        .atMost(LONG)
        .until(() -> station.chargers.containsKey(id) && station.charger(id).amps() > 1);
  }
}
