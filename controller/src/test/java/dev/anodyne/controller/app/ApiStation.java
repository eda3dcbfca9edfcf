package dev.anodyne.controller.app;

import dev.anodyne.controller.http.Documented;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A station with tokens, storage and a policy file, and a client that checks every answer. */
final class ApiStation implements AutoCloseable {
  static final String OBSERVER = "0bserver0123456789abcdef0123456789abcdef";
  static final String OPERATOR = "0perator0123456789abcdef0123456789abcdef";
  static final String ENGINEER = "3ngineer0123456789abcdef0123456789abcdef";
  static final String ADMIN = "4dmin0123456789abcdef0123456789abcdef0123";
  static final String POLICY = "name: mine\nversion: \"1\"\npolicy: mpc\n";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A stop ramps for at most ten seconds; a busy machine needs longer for a charge's begin. */
  private static final long SETTLES_NANOS = 60_000_000_000L;

  final FakeStation station;
  final Path folder;
  final AnodyneServer server;
  private boolean changing = true;

  ApiStation(Path folder, String more) throws IOException {
    this.folder = folder;
    this.station = new FakeStation(folder);
    for (String token : new String[] {OBSERVER, OPERATOR, ENGINEER, ADMIN}) {
      Files.writeString(folder.resolve(token.substring(0, 5)), token + "\n");
    }
    Files.writeString(folder.resolve("mine.yaml"), POLICY);
    station.writeText(
        """
        http: {port: 0}
        storage: {}
        api:
          policies: made
          tokens:
            grafana: {tokenFile: 0bser, role: observer}
            desk: {tokenFile: 0pera, role: operator}
            lab: {tokenFile: 3ngin, role: engineer}
            chief: {tokenFile: 4dmin, role: admin}
        %s
        connectors:
        """
                .formatted(more)
            + FakeStation.connector("C1", ", policy: mine.yaml")
            + FakeStation.connector("C2", ""));
    this.server = station.start();
  }

  /** Asks, and holds the answer against the document. */
  HttpResponse<String> ask(
      String operation, String method, String path, String token, String body, String... headers)
      throws Exception {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, publisher);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
    Documented.check(operation, answer);
    return answer;
  }

  HttpResponse<String> get(String operation, String path, String token) throws Exception {
    return ask(operation, "GET", path, token, null);
  }

  HttpResponse<String> post(String operation, String path, String token, String body)
      throws Exception {
    return ask(operation, "POST", path, token, body);
  }

  /** A request as it is. */
  static HttpResponse<String> send(HttpRequest request) throws Exception {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  /** Something was commanded: what follows from it, such as a ramp, may take its time. */
  void changed() {
    changing = true;
  }

  /** As {@link #state}, once nothing changes by itself any more. */
  String settled() throws Exception {
    String last = state();
    long until = System.nanoTime() + SETTLES_NANOS;
    while (changing && System.nanoTime() - until < 0) {
      Thread.sleep(500);
      String next = state();
      boolean begun = !next.contains("targetSoc=null");
      boolean stopping =
          get("connectors", "/api/v1/connectors", ADMIN).body().contains("\"Stopping\"");
      changing = !begun || stopping || !next.equals(last);
      last = next;
    }
    return last;
  }

  /** What commands can change, to see that refused ones have not. */
  String state() throws Exception {
    StringBuilder state = new StringBuilder();
    for (String id : new String[] {"C1", "C2"}) {
      var card = new JsonObject(get("connector", "/api/v1/connectors/" + id, ADMIN).body());
      for (String key :
          new String[] {"policy", "targetSoc", "departure", "powerLimitWatts", "held"}) {
        state.append(key).append('=').append(card.getValue(key)).append(' ');
      }
      // A charge that runs goes on by itself; whether it is over is for commands to say.
      state.append(card.getJsonObject("state").getBoolean("over")).append('\n');
    }
    Map<String, Object> station =
        new JsonObject(get("station", "/api/v1/station", ADMIN).body()).getMap();
    return state + "limit=" + station.get("externalLimit") + Files.readString(mine()) + made();
  }

  /** The policies that were made over the API. */
  List<String> made() throws IOException {
    Path made = folder.resolve("made");
    if (!Files.isDirectory(made)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(made)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  Path mine() {
    return folder.resolve("mine.yaml");
  }

  @Override
  public void close() {
    server.close();
  }
}
