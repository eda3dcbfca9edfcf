package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.station.ConnectorListener;
import dev.anodyne.controller.station.ConnectorSupervision;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A station of a file whose chargers are made up: each note what they are commanded. */
final class FakeStation {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Every charger that a connector has had, in order. */
  final Map<String, List<FakeCharger>> chargers = new ConcurrentHashMap<>();

  /** Called with each connector's id before its charger is made. */
  volatile Consumer<String> making = id -> {};

  private final Path file;

  FakeStation(Path folder) {
    file = folder.resolve("station.yaml");
  }

  Path file() {
    return file;
  }

  /** One connector's text; {@code more} is flow style, such as {@code ", targetSoc: 0.7"}. */
  static String connector(String id, String more) {
    return ("  - {id: %s, charger: {endpoint: \"opc.tcp://127.0.0.1:9/%s\", user: u, password: p},"
            + " battery: {cell: lgm50, layout: 4s1p}, estimator: physics%s}\n")
        .formatted(id, id, more.contains("policy:") ? more : ", policy: \"cccv:1\"" + more);
  }

  /** Writes the file anew, at once or not at all. */
  void write(String... connectors) throws IOException {
    writeText("http: {port: 0}\nconnectors:\n" + String.join("", connectors));
  }

  void writeText(String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next.yaml"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  StationConfig read() {
    return StationConfigReader.read(file);
  }

  AnodyneServer start() {
    return AnodyneServer.start(
        file,
        connector ->
            SessionFactory.realTime(connector)
                .withCharger(
                    before ->
                        clock -> {
                          making.accept(connector.id());
                          FakeCharger made = new FakeCharger(clock);
                          chargers
                              .computeIfAbsent(connector.id(), id -> new CopyOnWriteArrayList<>())
                              .add(made);
                          return made;
                        }));
  }

  /** The charger that a connector has now. */
  FakeCharger charger(String id) {
    List<FakeCharger> all = chargers.get(id);
    return all.get(all.size() - 1);
  }

  static JsonObject get(AnodyneServer server, String path) throws Exception {
    return new JsonObject(
        CLIENT
            .send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                    .timeout(Duration.ofSeconds(20))
                    .build(),
                BodyHandlers.ofString())
            .body());
  }

  /** What has come and gone. */
  static final class Heard implements ConnectorListener {
    final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void added(ConnectorConfig connector, ConnectorSupervision supervision) {
      told.add("+" + connector.id());
    }

    @Override
    public void removed(String id) {
      told.add("-" + id);
    }
  }
}
