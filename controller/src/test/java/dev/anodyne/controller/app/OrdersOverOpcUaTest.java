package dev.anodyne.controller.app;

import static dev.anodyne.controller.app.FakeStation.connector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.station.ScadaClient;
import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.controller.station.sharing.SiteView;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a SCADA system orders of charges and of the site, over the wire; the API beside it. */
class OrdersOverOpcUaTest {
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final String MANAGEMENT = "Station.EnergyManagement";

  @TempDir private Path folder;
  private FakeStation station;
  private AnodyneServer server;
  private ScadaClient scada;
  private Site site;

  @BeforeEach
  void start() throws Exception {
    station = new FakeStation(folder);
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    station.writeText(
        """
        http: {port: 0}
        opcua: {port: %d, users: {scada: {password: correct horse, role: operator}}}
        site:
          limitWatts: 600
          lowestLimitWatts: 10
          safeLimitWatts: 50
          budgetSeconds: 3
          rampSeconds: 0
          battery: {powerWatts: 1000, capacityWattHours: 2000}
          generation: {forecast: [{from: "00:00", watts: 200}], firmShare: 0.5}
        connectors:
        """
                .formatted(port)
            + connector("A", ", authorisation: required")
            + connector("B", ""));
    server = station.start();
    site = server.site();
    scada = ScadaClient.connect(String.valueOf(server.opcuaUrl()), station.read(), folder);
  }

  @AfterEach
  void stop() {
    if (scada != null) {
      scada.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void anOrderNamesTheBatteryAndTheSiteSeesItsDeparture() throws Exception {
    await().atMost(LONG).until(() -> scada.state("B").equals("Charging"));
    CommandAnswer busy = order("B", "o-1", null, 0, "", "van-7", "", "", -1, -1);
    assertThat(busy.result()).isEqualTo(CommandResult.REFUSED_IN_STATE);
    assertThat(busy.message()).contains("Charging").doesNotContain("\n");
    done(scada.call("B", "ChargerType.StopCharging", "Another battery."));
    await().atMost(LONG).until(() -> scada.state("B").equals("Finished"));

    Instant departure = Instant.now().plusSeconds(5400);
    // Asked again until somebody answers in time: that is what the order's id is for.
    await()
        .atMost(LONG)
        .until(
            () ->
                order("B", "o-1", departure, 0.75, "fastest", "van-7", "lgm50", "4s2p", 2.5, 310)
                    .isDone());
    await().atMost(LONG).until(() -> scada.state("B").equals("Charging"));
    assertThat(scada.read("B.Setpoints.TargetSoc").value().value()).isEqualTo(0.75);
    assertThat(shownDeparture("B")).isBetween(departure.minusSeconds(1), departure.plusSeconds(60));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(connectorOf("B").departsInSeconds())
                    .isCloseTo(
                        Duration.between(Instant.now(), departure).toMillis() / 1000.0,
                        Offset.offset(60.0)));
    assertThat(order("B", "o-1", departure, 0.75, "", "van-7", "", "", -1, -1).result())
        .as("the same order begins nothing twice")
        .isEqualTo(CommandResult.NOTHING_TO_DO);
  }

  @Test
  void whatIsWrongIsRefusedAsByTheApiAndOnOneLine() throws Exception {
    await().atMost(LONG).until(() -> scada.state("A").equals("Connected"));
    same(
        "{\"battery\": {\"id\": \"van-7\", \"cell\": \"none\"}}",
        order("A", "", null, 0, "", "van-7", "none", "", -1, -1));
    same("{\"goal\": \"speed\"}", order("A", "", null, 0, "speed", "", "", "", -1, -1));
    same("{\"goal\": \"ageing\"}", order("A", "", null, 0, "ageing", "", "", "", -1, -1));
    assertThat(order("A", "", null, 0, "", "", "", "4s1p", -1, -1).message())
        .contains("battery.id is missing")
        .contains("allowed");
    assertThat(order("A", "no blanks", null, 0, "", "", "", "", -1, -1).message())
        .contains("orderId is 'no blanks'");
    CommandAnswer past = order("A", "", Instant.now().minusSeconds(60), 0, "", "", "", "", -1, -1);
    assertThat(past.result()).isEqualTo(CommandResult.OUT_OF_RANGE);
    assertThat(past.message()).contains("is not 1 to 2880 minutes ahead");
    assertThat(scada.state("A")).as("nothing was begun").isEqualTo("Connected");
  }

  @Test
  void aVehicleIsAllowedWithItsBattery() throws Exception {
    await().atMost(LONG).until(() -> scada.state("A").equals("Connected"));
    CommandAnswer wrong =
        scada.call("A", "ChargerType.Authorise", "Anna", "../etc", "", "", -1.0, -1.0);
    assertThat(wrong.result()).isEqualTo(CommandResult.NOT_POSSIBLE);
    assertThat(wrong.message()).contains("battery.id is '../etc'");
    done(scada.call("A", "ChargerType.Authorise", "Anna", "van-9", "", "", 1.0, -1.0));
    await().atMost(LONG).until(() -> scada.state("A").equals("Charging"));
  }

  @Test
  void departuresOfTheApisOrdersReachTheSite() throws Exception {
    await().atMost(LONG).until(() -> scada.state("A").equals("Connected"));
    String body = "{\"orderId\": \"o-2\", \"departureMinutes\": 90}";
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = post("A", body);
              assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            });
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(connectorOf("A").departsInSeconds())
                    .isCloseTo(5400.0, Offset.offset(120.0)));
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(scada.read("A.Session.Reason").value().value())
                    .asString()
                    .contains("There is time until the departure"));
    assertThat(shownDeparture("A"))
        .isBetween(Instant.now().plusSeconds(5280), Instant.now().plusSeconds(5400));
  }

  @Test
  void aLimitOfTheSiteEndsWithItsTimeAndItsOwnPowerIsTold() throws Exception {
    done(scada.call(MANAGEMENT, "EnergyManagementType.SetPowerLimitFor", 200.0, 4.0));
    assertThat(site.limitWatts()).isEqualTo(200);
    assertThat(site.view().externalLimit().validUntil()).isNotNull();
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(scada.read(MANAGEMENT + ".PowerLimit").value().value())
                    .isEqualTo(200.0));
    await().atMost(LONG).until(() -> site.limitWatts() == 50);
    assertThat(site.view().externalLimit().expired()).isTrue();
    done(scada.call(MANAGEMENT, "EnergyManagementType.SetPowerLimit", 300.0));
    assertThat(site.limitWatts()).isEqualTo(300);
    done(scada.call(MANAGEMENT, "EnergyManagementType.SetPowerLimit", 4e6));
    assertThat(site.limitWatts()).isEqualTo(600);
    done(scada.call(MANAGEMENT, "EnergyManagementType.TellSiteBattery", 0.7));
    assertThat(site.view().battery().soc()).isCloseTo(0.7, Offset.offset(0.01));
    done(scada.call(MANAGEMENT, "EnergyManagementType.TellGeneration", 150.0));
    assertThat(site.view().generation().measuredWatts()).isEqualTo(150);
  }

  private CommandAnswer order(
      String connector,
      String orderId,
      Instant departure,
      double target,
      String goal,
      String battery,
      String cell,
      String layout,
      double ageYears,
      double cycles)
      throws Exception {
    return scada.call(
        connector,
        "ChargerType.StartOrder",
        orderId,
        departure == null ? DateTime.MIN_VALUE : new DateTime(departure),
        target,
        goal,
        battery,
        cell,
        layout,
        ageYears,
        cycles);
  }

  /** One path: the sentence is the API's. */
  private void same(String body, CommandAnswer overOpcUa) throws Exception {
    HttpResponse<String> answer = post("A", body);
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(overOpcUa.isDone()).isFalse();
    assertThat(overOpcUa.message())
        .isEqualTo(new JsonObject(answer.body()).getString("detail"))
        .doesNotContain("\n");
  }

  private HttpResponse<String> post(String connector, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(server.url() + "/api/v1/connectors/" + connector + "/start"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  private SiteView.Connector connectorOf(String id) {
    return site.view().connectors().stream().filter(c -> c.id().equals(id)).findFirst().get();
  }

  private Instant shownDeparture(String id) throws Exception {
    return ((DateTime) scada.read(id + ".Setpoints.Departure").value().value()).getJavaInstant();
  }

  private static void done(CommandAnswer answer) {
    assertThat(answer.isDone()).as(answer.message()).isTrue();
  }
}
