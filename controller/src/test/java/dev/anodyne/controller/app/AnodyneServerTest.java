package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.PackLayout;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API over HTTP, on a made-up charge in lock-step that pauses after a minute. */
class AnodyneServerTest {
  /** Guards against hanging only. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final PreviewPlant PLANT = new PreviewPlant(60, plant -> {});
  private static AnodyneServer server;

  @BeforeAll
  static void start() {
    server = AnodyneServer.start(HttpSettings.loopback(0), List.of(setup("C1", PLANT)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static SessionSetup setup(String id, PreviewPlant plant) {
    SessionSettings settings =
        new SessionSettings(
            id, new PackLayout(4, 1), 0.8, 4.2, 318.15, 15, 0, 298.15, 1_000_000_000L);
    return new SessionSetup(
        settings,
        clock -> plant,
        () -> (m, c) -> plant.estimate(m),
        () -> plant::ride,
        new Guard(settings.guardSettings()),
        new SessionSetup.Pace.Lockstep(),
        new About("Bay 1", "lgm50", "mpc", "augmented"));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(PATIENCE);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(request(path).build(), BodyHandlers.ofString());
  }

  private static void awaitPoints(int count) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                new JsonObject(get("/api/v1/sessions/C1/history").body()).getInteger("pointCount")
                    >= count);
  }

  @Test
  void tellsHealth() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void listsSessionsAndGivesTheNewestRecord() throws Exception {
    awaitPoints(20);
    JsonArray all = new JsonObject(get("/api/v1/sessions").body()).getJsonArray("sessions");
    assertThat(all).hasSize(1);
    assertThat(all.getJsonObject(0).getString("title")).isEqualTo("Bay 1");
    JsonObject one = new JsonObject(get("/api/v1/sessions/C1").body());
    JsonObject record = one.getJsonObject("record");
    assertThat(record.getJsonObject("state").getString("name")).isEqualTo("Charging");
    assertThat(record.getJsonObject("plan").getJsonArray("secondsAhead")).hasSize(30);
    assertThat(record.getDouble("temperatureCelsius")).isBetween(20.0, 45.0);
  }

  @Test
  void historyHoldsEveryPointOnce() throws Exception {
    awaitPoints(60);
    JsonObject history = new JsonObject(get("/api/v1/sessions/C1/history").body());
    JsonObject points = history.getJsonObject("points");
    JsonArray time = points.getJsonArray("timeSeconds");
    for (int i = 0; i < 60; i++) {
      assertThat(time.getDouble(i)).isEqualTo(i);
    }
    points.forEach(
        column ->
            assertThat((JsonArray) column.getValue()).as(column.getKey()).hasSize(time.size()));
  }

  @Test
  void aLateListenerGetsTheWholeChargeAndWhatIsNew() throws Exception {
    awaitPoints(60);
    server
        .eventBus()
        .publish(
            Addresses.BENCH_TRUTH,
            new JsonObject().put("timeSeconds", 3.0).put("anodePotentialVolts", 0.0123));
    server.eventBus().publish(Addresses.DEMO_RESULT, new JsonObject().put("rows", new JsonArray()));
    await().atMost(PATIENCE).until(() -> get("/api/v1/demo/result").statusCode() == 200);
    JsonObject first = null;
    boolean result = false;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                CLIENT.send(request("/api/v1/stream").build(), BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8))) {
      String event = "";
      while (first == null || !result) {
        String line = in.readLine();
        if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ") && event.equals("session") && first == null) {
          first = new JsonObject(line.substring(6));
        } else if (line.startsWith("data: ") && event.equals("result")) {
          result = true;
        }
      }
    }
    assertThat(first.getInteger("from")).isZero();
    assertThat(first.getJsonObject("points").getJsonArray("timeSeconds").size())
        .isGreaterThanOrEqualTo(60);
    assertThat(first.getJsonObject("truth").getJsonArray("anodePotentialVolts")).contains(0.0123);
    assertThat(first.getJsonObject("summary").getJsonObject("record")).isNotNull();
  }

  @Test
  void servesThePageAndItsParts() throws Exception {
    for (String path :
        List.of("/", "/app.css", "/main.js", "/charts.js", "/lib/uPlot.esm.js", "/favicon.svg")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    }
    assertThat(get("/").body()).contains("<title>Anodyne</title>").doesNotContain("https://");
  }

  @Test
  void errorsAreProblems() throws Exception {
    for (String path :
        List.of("/api/v1/sessions/none", "/api/v1/nothing", "/nothing", "/..%2f..%2fetc/passwd")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isBetween(400, 404);
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(path)
          .hasValue("application/problem+json");
    }
    assertThat(new JsonObject(get("/api/v1/sessions/none").body()).getString("detail"))
        .contains("none")
        .contains("C1");
  }

  @Test
  void commandsFromForeignPagesAreRefused() throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            request("/api/v1/sessions/C1/stop")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
    HttpResponse<String> unknown =
        CLIENT.send(
            request("/api/v1/sessions/none/stop").POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(unknown.statusCode()).isEqualTo(404);
  }

  @Test
  void aPortInUseIsOneClearLine() {
    assertThatThrownBy(() -> AnodyneServer.start(HttpSettings.loopback(server.port()), List.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("port " + server.port())
        .hasMessageContaining("Maybe");
  }

  @Test
  void aSessionThatCannotBeMadeStopsTheStart() {
    PreviewPlant plant = new PreviewPlant(0, p -> {});
    SessionSetup good = setup("X", plant);
    SessionSetup bad =
        new SessionSetup(
            good.settings(),
            clock -> plant,
            () -> {
              throw new IllegalArgumentException("Estimator nobody is not known.");
            },
            good.policy(),
            good.guard(),
            good.pace(),
            good.about());
    assertThatThrownBy(() -> AnodyneServer.start(HttpSettings.loopback(0), List.of(bad)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("Estimator nobody is not known.");
    assertThatThrownBy(() -> AnodyneServer.start(HttpSettings.loopback(0), List.of(good, good)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void closingAndStoppingCommandZero() throws Exception {
    PreviewPlant plant = new PreviewPlant(1e9, p -> {});
    try (AnodyneServer own =
        AnodyneServer.start(HttpSettings.loopback(0), List.of(setup("S", plant)))) {
      await().atMost(PATIENCE).until(() -> plant.amps() > 1);
      HttpResponse<String> answer =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(own.url() + "/api/v1/sessions/S/stop"))
                  .POST(BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> plant.amps() == 0);
    }
    PreviewPlant other = new PreviewPlant(1e9, p -> {});
    AnodyneServer own = AnodyneServer.start(HttpSettings.loopback(0), List.of(setup("S", other)));
    await().atMost(PATIENCE).until(() -> other.amps() > 1);
    own.close();
    assertThat(other.amps()).isZero();
  }
}
