package dev.anodyne.test.system;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A station's server as its operators run it: {@code anodyne serve}, a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern DASHBOARD = Pattern.compile("Dashboard: http://localhost:(\\d+)");
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final JavaProcess process;
  private final long startedNanos = System.nanoTime();
  private int port;

  private ServerProcess(JavaProcess process) {
    this.process = process;
  }

  /**
   * Starts one; it is not ready yet.
   *
   * @param folder takes what it prints
   */
  static ServerProcess start(Path folder, Path config) throws IOException {
    return new ServerProcess(JavaProcess.startServer(folder, arguments(config)));
  }

  private static String[] arguments(Path config) {
    return List.of("serve", "--config", config.toString(), "-v").toArray(String[]::new);
  }

  long startedNanos() {
    return startedNanos;
  }

  JavaProcess process() {
    return process;
  }

  /** Waits until it says that it runs; a shared machine may take its time. */
  void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (System.nanoTime() - end < 0) {
      String said = process.err();
      Matcher dashboard = DASHBOARD.matcher(said);
      if (said.contains("Running until") && dashboard.find()) {
        port = Integer.parseInt(dashboard.group(1));
        return;
      }
      if (!process.isAlive()) {
        throw new AssertionError("The server ended: " + said);
      }
      Thread.sleep(20);
    }
    throw new AssertionError("The server was not ready within 90 s: " + process.err());
  }

  int port() {
    return port;
  }

  /** A page's body and status. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).timeout(ANSWER).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** A session's newest record; null before the first, and while the server does not answer. */
  @Nullable JsonObject record(String connector) throws InterruptedException {
    try {
      HttpResponse<String> answer = get("/api/v1/sessions/" + connector);
      return answer.statusCode() == 200
          ? new JsonObject(answer.body()).getJsonObject("record")
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
