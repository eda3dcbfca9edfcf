package dev.anodyne.controller.cli;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.app.ReadAhead;
import dev.anodyne.controller.config.StationSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A short life of a server with all its parts and no charger, during which the launcher lets the
 * JVM take note of the classes that a start needs. Nothing is charged and nothing is kept.
 */
@Command(
    name = "prepare",
    description = {
      "Make later starts of the server faster (the first start does it by itself).",
      "The archive lies in the distribution's folder, or in ANODYNE_CACHE."
    },
    footer = {"", "Example:", "  anodyne prepare"})
final class PrepareCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(PrepareCommand.class);

  /** Nobody listens on the port for discarding; the charger's client tries and waits. */
  private static final String STATION =
      """
      http: {bind: 127.0.0.1, port: 0}
      opcua:
        port: %d
        users: {nobody: {password: nobody, role: observer}}
      batteries: batteries
      recordings: recordings
      site:
        limitWatts: 60000
        connectors: {P1: {maxWatts: 22000}}
      connectors:
        - id: P1
          charger: {endpoint: "opc.tcp://127.0.0.1:9/none", user: none, password: none, pki: pki}
          battery: {cell: lgm50, layout: 4s1p, id: none}
          policy: mpc
      """;

  private static final List<String> PAGES =
      List.of("/", "/health/live", "/health/ready", "/api/v1/sessions", "/api/v1/station");

  /** A page that does not come in time is no reason to go without all the rest. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** For the first charge to be made, and the client's first tries. */
  private static final long LIFE_MILLIS = 3000;

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    Path folder = Files.createTempDirectory("anodyne-prepare-");
    try {
      Path station =
          Files.writeString(
              folder.resolve("station.yaml"), STATION.formatted(Checks.freePort("opcua.port", 0)));
      ReadAhead.begin();
      try (AnodyneServer server = AnodyneServer.start(station, StationSource.read(station))) {
        look(server.url());
        Thread.sleep(LIFE_MILLIS);
      }
      return ExitCode.DONE;
    } finally {
      delete(folder);
    }
  }

  private static void look(String url) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (String page : PAGES) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + page)).timeout(ANSWER).build();
      try {
        var unused = client.send(request, BodyHandlers.discarding());
      } catch (IOException e) {
        LOG.debug("{} did not answer.", page, e);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(PrepareCommand::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
