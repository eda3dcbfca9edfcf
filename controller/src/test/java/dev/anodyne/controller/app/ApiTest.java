package dev.anodyne.controller.app;

import static dev.anodyne.controller.app.ApiStation.ADMIN;
import static dev.anodyne.controller.app.ApiStation.ENGINEER;
import static dev.anodyne.controller.app.ApiStation.OBSERVER;
import static dev.anodyne.controller.app.ApiStation.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.http.Documented;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP API of a whole station: who may, what becomes of commands, and what is shown. */
class ApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  @TempDir private static Path folder;
  private static ApiStation api;

  @BeforeAll
  static void start() throws Exception {
    api = new ApiStation(folder, "");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                json(api.get("connector", "/api/v1/connectors/C2", ADMIN)).getValue("record")
                    != null);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return new JsonObject(answer.body());
  }

  @Test
  void everyReadAnswersAsTheDocumentSays() throws Exception {
    for (Documented.Call call : Documented.calls()) {
      if (call.method().equals("GET") && !call.path().contains("{")) {
        HttpResponse<String> answer = api.get(call.id(), call.path(), ADMIN);
        assertThat(answer.statusCode()).as(call.path()).isIn(200, 404);
      }
    }
    assertThat(json(api.get("connectors", "/api/v1/connectors", OBSERVER)).getJsonArray("items"))
        .hasSize(2);
    JsonObject first = json(api.get("connectors", "/api/v1/connectors?limit=1", OBSERVER));
    HttpResponse<String> second =
        api.get("connectors", "/api/v1/connectors?cursor=" + first.getString("next"), OBSERVER);
    assertThat(json(second).getJsonArray("items").getJsonObject(0).getString("id")).isEqualTo("C2");
    assertThat(json(second).getString("next")).isNull();
  }

  @Test
  void rolesSayWhoMay() throws Exception {
    assertThat(api.get("station", "/api/v1/station", null).statusCode()).isEqualTo(401);
    assertThat(api.get("station", "/api/v1/station", "x".repeat(40)).statusCode()).isIn(401, 429);
    assertThat(api.get("station", "/api/v1/station", OBSERVER).statusCode()).isEqualTo(200);
    String limit = "/api/v1/connectors/C2/limit";
    String body = "{\"watts\": 5000}";
    assertThat(api.post("setPowerLimit", limit, OBSERVER, body).statusCode()).isEqualTo(403);
    assertThat(api.post("setPowerLimit", limit, OPERATOR, body).statusCode()).isEqualTo(200);
    JsonObject card = json(api.get("connector", "/api/v1/connectors/C2", OBSERVER));
    assertThat(card.getDouble("powerLimitWatts")).isEqualTo(5000);
    String policy = "/api/v1/connectors/C2/policy";
    assertThat(api.post("setPolicy", policy, OPERATOR, "{\"policy\": \"mpc\"}").statusCode())
        .isEqualTo(403);
    assertThat(api.get("audit", "/api/v1/audit", ENGINEER).statusCode()).isEqualTo(403);
    JsonObject me = json(api.get("me", "/api/v1/me", OPERATOR));
    assertThat(me.getString("role")).isEqualTo("operator");
    assertThat(me.getJsonArray("may")).contains("start", "stop").doesNotContain("policy");
  }

  @Test
  void aCommandIsCarriedOutOnceUnderItsKey() throws Exception {
    String path = "/api/v1/connectors/C1/emergency-stop";
    HttpResponse<String> first =
        api.ask("emergencyStop", "POST", path, OPERATOR, "{}", "Idempotency-Key", "k1");
    assertThat(json(first).getString("result")).isEqualTo("ACCEPTED");
    HttpResponse<String> again =
        api.ask("emergencyStop", "POST", path, OPERATOR, "{}", "Idempotency-Key", "k1");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    HttpResponse<String> other =
        api.ask(
            "emergencyStop",
            "POST",
            path,
            OPERATOR,
            "{\"reason\": \"x\"}",
            "Idempotency-Key",
            "k1");
    assertThat(other.statusCode()).isEqualTo(422);
    // Without the key it is another command: the stop is in force already.
    assertThat(json(api.post("emergencyStop", path, OPERATOR, "{}")).getString("result"))
        .isEqualTo("NOTHING_TO_DO");
    String start = "/api/v1/connectors/C1/start";
    assertThat(api.post("startCharge", start, OPERATOR, null).statusCode()).isEqualTo(409);
    // The alarm that belongs to it comes, and is acknowledged together with the stop.
    await().atMost(PATIENCE).until(() -> alarm("C1.Alarms.EmergencyStop") != null);
    assertThat(api.post("resetHeld", "/api/v1/connectors/C1/reset", OPERATOR, null).statusCode())
        .isEqualTo(409);
    assertThat(
            api.post(
                    "acknowledgeHeld",
                    "/api/v1/connectors/C1/acknowledge",
                    OPERATOR,
                    "{\"comment\": \"seen\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(alarm("C1.Alarms.EmergencyStop").getString("acknowledgedBy")).isEqualTo("desk");
    assertThat(api.post("resetHeld", "/api/v1/connectors/C1/reset", OPERATOR, null).statusCode())
        .isEqualTo(200);
  }

  private static JsonObject alarm(String id) throws Exception {
    JsonArray all = json(api.get("alarms", "/api/v1/alarms", OBSERVER)).getJsonArray("items");
    return all.stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("id").equals(id))
        .findFirst()
        .orElse(null);
  }

  @Test
  void manyAtOnceUnderOneKeyAreOneCommand() throws Exception {
    List<CompletableFuture<String>> answers =
        IntStream.range(0, 12)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return api.ask(
                                    "setStationLimit",
                                    "PUT",
                                    "/api/v1/station/limit",
                                    OPERATOR,
                                    "{\"watts\": 90000}",
                                    "Idempotency-Key",
                                    "same")
                                .body();
                          } catch (Exception e) {
                            throw new IllegalStateException(e);
                          }
                        }))
            .toList();
    assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    JsonObject station = json(api.get("station", "/api/v1/station", OBSERVER));
    assertThat(station.getJsonObject("externalLimit").getDouble("watts")).isEqualTo(90000);
    assertThat(
            api.ask("clearStationLimit", "DELETE", "/api/v1/station/limit", OPERATOR, null)
                .statusCode())
        .isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              JsonArray rows =
                  json(api.get("audit", "/api/v1/audit?limit=500", ADMIN)).getJsonArray("items");
              long written =
                  rows.stream()
                      .map(JsonObject.class::cast)
                      .filter(row -> row.getString("target", "").contains("setStationLimit"))
                      .count();
              assertThat(written).isEqualTo(1);
            });
  }

  @Test
  void aBrowserLogsInWithACookieAndMustRepeatItsSecret() throws Exception {
    HttpResponse<String> wrong =
        api.post("login", "/api/v1/login", null, "{\"token\": \"" + "y".repeat(40) + "\"}");
    assertThat(wrong.statusCode()).isIn(401, 429);
    HttpResponse<String> in =
        api.post("login", "/api/v1/login", null, "{\"token\": \"" + OPERATOR + "\"}");
    assertThat(in.statusCode()).isEqualTo(200);
    String set = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set)
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict")
        .doesNotContain(OPERATOR);
    String cookie = set.split(";")[0];
    String path = "/api/v1/connectors/C2/limit";
    String body = "{\"watts\": 4000}";
    assertThat(api.ask("setPowerLimit", "POST", path, null, body, "Cookie", cookie).statusCode())
        .isEqualTo(403);
    String csrf = json(in).getString("csrf");
    HttpResponse<String> done =
        api.ask(
            "setPowerLimit", "POST", path, null, body, "Cookie", cookie, "X-Anodyne-CSRF", csrf);
    assertThat(done.statusCode()).isEqualTo(200);
    HttpResponse<String> foreign =
        api.ask(
            "setPowerLimit",
            "POST",
            path,
            null,
            body,
            "Cookie",
            cookie,
            "X-Anodyne-CSRF",
            csrf,
            "Origin",
            "https://evil.example");
    assertThat(foreign.statusCode()).isEqualTo(403);
    api.ask(
        "logout", "POST", "/api/v1/logout", null, null, "Cookie", cookie, "X-Anodyne-CSRF", csrf);
    assertThat(
            api.ask("station", "GET", "/api/v1/station", null, null, "Cookie", cookie).statusCode())
        .isEqualTo(401);
  }

  @Test
  void policiesAreReadCheckedAndWrittenInOneStep() throws Exception {
    JsonObject policy = json(api.get("policy", "/api/v1/policies/mine", OBSERVER));
    assertThat(policy.getString("text")).isEqualTo(ApiStation.POLICY);
    JsonObject verdict =
        json(
            api.post(
                "validatePolicy",
                "/api/v1/policies/validate",
                OBSERVER,
                new JsonObject()
                    .put("name", "mine")
                    .put("text", "name: mine\npolicy: mpc\nlimits: {maxCRate: 99}\n")
                    .encode()));
    assertThat(verdict.getBoolean("valid")).isFalse();
    JsonObject error = verdict.getJsonArray("errors").getJsonObject(0);
    assertThat(error.getInteger("line")).isEqualTo(3);
    assertThat(error.getString("key")).isEqualTo("limits.maxCRate");
    assertThat(verdict.getJsonArray("diff").encode()).contains("-").contains("+");
    String next = ApiStation.POLICY.replace("\"1\"", "\"2\"");
    String put = new JsonObject().put("text", next).put("replaces", "of another").encode();
    assertThat(api.ask("putPolicy", "PUT", "/api/v1/policies/mine", ENGINEER, put).statusCode())
        .isEqualTo(409);
    assertThat(Files.readString(api.mine())).isEqualTo(ApiStation.POLICY);
    String good =
        new JsonObject().put("text", next).put("replaces", policy.getString("textDigest")).encode();
    assertThat(api.ask("putPolicy", "PUT", "/api/v1/policies/mine", ENGINEER, good).statusCode())
        .isEqualTo(200);
    assertThat(Files.readString(api.mine())).isEqualTo(next);
    assertThat(api.ask("putPolicy", "PUT", "/api/v1/policies/mpc", ENGINEER, good).statusCode())
        .isEqualTo(422);
    Files.writeString(api.mine(), ApiStation.POLICY);
  }

  @Test
  void aWebSocketGetsTheSiteAndWhatChanges() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + OBSERVER)
            .buildAsync(
                URI.create(
                    api.server.url().replace("http", "ws")
                        + "/api/v1/events?view=site&connector=C2"),
                new WebSocket.Listener() {
                  private final StringBuilder text = new StringBuilder();

                  @Override
                  public CompletionStage<?> onText(WebSocket s, CharSequence data, boolean last) {
                    text.append(data);
                    if (last) {
                      events.add(new JsonObject(text.toString()).getString("event"));
                      text.setLength(0);
                    }
                    s.request(1);
                    return null;
                  }
                })
            .join();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(events).contains("station", "connectors", "alarms", "session"));
    socket.abort();
    HttpRequest plain =
        HttpRequest.newBuilder(URI.create(api.server.url() + "/api/v1/events"))
            .header("Authorization", "Bearer " + OBSERVER)
            .build();
    assertThat(ApiStation.send(plain).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesWhatIsTooLargeOrNoJsonOrNotAsked() throws Exception {
    String path = "/api/v1/connectors/C2/target";
    assertThat(
            api.post(
                    "setTarget",
                    path,
                    OPERATOR,
                    "{\"soc\": 0.5, \"x\": \"" + "y".repeat(70_000) + "\"}")
                .statusCode())
        .isEqualTo(413);
    assertThat(api.post("setTarget", path, OPERATOR, "[".repeat(5000)).statusCode()).isEqualTo(400);
    assertThat(api.post("setTarget", path, OPERATOR, "{\"soc\": 1e999}").statusCode())
        .isEqualTo(400);
    HttpRequest form =
        HttpRequest.newBuilder(URI.create(api.server.url() + path))
            .header("Authorization", "Bearer " + OPERATOR)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("soc=0.5"))
            .build();
    assertThat(ApiStation.send(form).statusCode()).isEqualTo(415);
    HttpRequest wrong =
        HttpRequest.newBuilder(URI.create(api.server.url() + "/api/v1/station"))
            .method("PATCH", BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = ApiStation.send(wrong);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void metricsTellOfTheLoopsAndReadinessOfItsParts() throws Exception {
    String text = api.get("metrics", "/metrics", OBSERVER).body();
    assertThat(text)
        .contains("anodyne_sessions{state=\"Idle\"}")
        .contains("anodyne_loop_lateness_seconds_bucket")
        .contains("anodyne_charger_stale{connector=\"C1\"}")
        .contains("anodyne_storage_up 1.0")
        .contains("anodyne_http_requests_seconds_bucket")
        .contains("jvm_memory_used_bytes");
    JsonObject ready = json(api.get("readiness", "/health/ready", null));
    assertThat(ready.getJsonArray("parts").encode()).contains("sessions").contains("storage");
  }
}
