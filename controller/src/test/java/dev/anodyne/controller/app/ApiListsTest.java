package dev.anodyne.controller.app;

import static dev.anodyne.controller.app.ApiStation.ADMIN;
import static dev.anodyne.controller.app.ApiStation.ENGINEER;
import static dev.anodyne.controller.app.ApiStation.OBSERVER;
import static dev.anodyne.controller.app.ApiStation.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API keeps and makes: past alarms, new policies, the dashboard's own files. */
class ApiListsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @TempDir private static Path folder;
  private static ApiStation api;

  @BeforeAll
  static void start() throws Exception {
    api = new ApiStation(folder, "");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return new JsonObject(answer.body());
  }

  private static List<JsonObject> past(String query) throws Exception {
    HttpResponse<String> answer =
        api.get("alarmHistory", "/api/v1/alarms/history" + query, OBSERVER);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void whatHappenedToAlarmsIsKeptAndFoundByConnectorAndTime() throws Exception {
    String begin = Instant.now().minusSeconds(60).toString();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                json(api.get("connector", "/api/v1/connectors/C1", ADMIN)).getValue("record")
                    != null);
    api.post("emergencyStop", "/api/v1/connectors/C1/emergency-stop", OPERATOR, "{}");
    String alarm = "C1.Alarms.EmergencyStop";
    await().atMost(PATIENCE).until(() -> past("?connector=C1").stream().anyMatch(active(alarm)));
    api.post(
        "acknowledgeAlarm",
        "/api/v1/alarms/" + alarm + "/acknowledge",
        OPERATOR,
        "{\"comment\": \"A child pressed it.\"}");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                past("?connector=C1").stream()
                    .anyMatch(
                        e ->
                            e.getString("what").equals("ACKNOWLEDGED")
                                && "desk".equals(e.getString("user"))
                                && "A child pressed it.".equals(e.getString("comment"))));
    assertThat(past("?connector=C2")).noneMatch(e -> e.getString("alarm").startsWith("C1"));
    assertThat(past("?to=" + begin)).isEmpty();
    assertThat(past("?from=" + begin)).isNotEmpty().isSortedAccordingTo((a, b) -> newer(a, b));
    JsonObject first = json(api.get("alarmHistory", "/api/v1/alarms/history?limit=1", OBSERVER));
    String cursor = first.getString("next");
    assertThat(cursor).isNotNull();
    assertThat(past("?limit=1&cursor=" + cursor).get(0))
        .isNotEqualTo(first.getJsonArray("items").getJsonObject(0));
  }

  private static Predicate<JsonObject> active(String alarm) {
    return e -> e.getString("alarm").equals(alarm) && e.getBoolean("active");
  }

  private static int newer(JsonObject a, JsonObject b) {
    return Instant.parse(b.getString("at")).compareTo(Instant.parse(a.getString("at")));
  }

  private static HttpResponse<String> put(String name, String token, String text, String replaces)
      throws Exception {
    JsonObject body = new JsonObject().put("text", text);
    if (replaces != null) {
      body.put("replaces", replaces);
    }
    return api.ask("putPolicy", "PUT", "/api/v1/policies/" + name, token, body.encode());
  }

  private static HttpResponse<String> delete(String name, String token) throws Exception {
    return api.ask("deletePolicy", "DELETE", "/api/v1/policies/" + name, token, null);
  }

  @Test
  void aPolicyIsMadeTakenAndDeletedWhenNobodyUsesIt() throws Exception {
    String text = "name: dusk\nversion: \"1\"\npolicy: rider\n";
    assertThat(put("dusk", OPERATOR, text, "").statusCode()).isEqualTo(403);
    assertThat(put("dusk", ENGINEER, "name: dawn\npolicy: mpc\n", "").body())
        .contains("name is 'dawn'; allowed: 'dusk'");
    assertThat(put("dusk", ENGINEER, "policy: nonsense\n", "").statusCode()).isEqualTo(422);
    assertThat(put("dusk", ENGINEER, text, "a digest").statusCode()).isEqualTo(409);
    assertThat(put("mp.c", ENGINEER, "policy: mpc\n", "").statusCode()).isEqualTo(422);
    assertThat(api.made()).isEmpty();
    HttpResponse<String> made = put("dusk", ENGINEER, text, "");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(api.made()).containsExactly("dusk.yaml");
    assertThat(put("dusk", ENGINEER, text, "").statusCode()).as("it is there").isEqualTo(409);
    JsonObject read = json(api.get("policy", "/api/v1/policies/dusk", OBSERVER));
    assertThat(read.getString("text")).isEqualTo(text);
    assertThat(read.getBoolean("removable")).isTrue();

    api.post("setPolicy", "/api/v1/connectors/C2/policy", ENGINEER, "{\"policy\": \"dusk\"}");
    await().atMost(PATIENCE).until(() -> usedBy("dusk").contains("C2"));
    HttpResponse<String> used = delete("dusk", ENGINEER);
    assertThat(used.statusCode()).isEqualTo(409);
    assertThat(json(used).getString("detail")).contains("C2");
    api.post("setPolicy", "/api/v1/connectors/C2/policy", ENGINEER, "{\"policy\": \"mpc\"}");
    await().atMost(PATIENCE).until(() -> usedBy("dusk").isEmpty());
    assertThat(delete("dusk", OPERATOR).statusCode()).isEqualTo(403);
    assertThat(delete("dusk", ENGINEER).statusCode()).isEqualTo(200);
    assertThat(api.made()).isEmpty();
    assertThat(delete("dusk", ENGINEER).statusCode()).isEqualTo(404);
    assertThat(delete("mine", ENGINEER).statusCode()).as("configured").isEqualTo(422);
    assertThat(delete("mpc", ENGINEER).statusCode()).as("of the software").isEqualTo(422);
    String audit = api.get("audit", "/api/v1/audit", ADMIN).body();
    assertThat(audit).contains("deletePolicy").contains("putPolicy");
  }

  private static JsonArray usedBy(String policy) throws Exception {
    return json(api.get("policy", "/api/v1/policies/" + policy, OBSERVER)).getJsonArray("usedBy");
  }

  @Test
  void thePageIsAskedForAndItsFilesAreKept() throws Exception {
    HttpResponse<String> page = page("/", "identity", null);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    String tag = header(page, "ETag");
    assertThat(page("/", "gzip", tag).statusCode()).isEqualTo(304);
    Matcher main = Pattern.compile("src=\"(/v/\\w+/main.js)\"").matcher(page.body());
    assertThat(main.find()).isTrue();
    HttpResponse<String> script = page(main.group(1), "identity", null);
    assertThat(header(script, "Cache-Control")).contains("immutable");
    assertThat(header(script, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(page(main.group(1), "br, gzip", null), "Content-Encoding")).isEqualTo("gzip");
    assertThat(page(main.group(1), "gzip;q=0", null).headers().firstValue("Content-Encoding"))
        .isEmpty();
    HttpResponse<String> other = page("/v/another/main.js", "identity", null);
    assertThat(other.body()).isEqualTo(script.body());
    assertThat(header(other, "Cache-Control")).isEqualTo("no-cache");
    assertThat(page("/v/x/../../openapi.yaml", "identity", null).statusCode()).isEqualTo(404);
    assertThat(page("/nothing.js", "identity", null).statusCode()).isEqualTo(404);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static HttpResponse<String> page(String path, String encoding, String tag)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api.server.url() + path))
            .header("Accept-Encoding", encoding);
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    return ApiStation.send(request.build());
  }
}
