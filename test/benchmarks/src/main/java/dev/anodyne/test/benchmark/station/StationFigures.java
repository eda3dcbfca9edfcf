package dev.anodyne.test.benchmark.station;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anodyne.test.benchmark.opcua.OpcUaFigures.Row;
import dev.anodyne.test.benchmark.opcua.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole station under load: {@code anodyne serve} drives simulated chargers, which stand in a
 * process of their own, while a few clients read its API and a dashboard is open. Taken only by
 * name, since each loads the whole machine for minutes.
 */
public final class StationFigures {
  /** Two hundred connectors with the predictive controller, which decides every five seconds. */
  public static final String MPC = "station-mpc";

  /** A thousand connectors with the rider. */
  public static final String RIDER = "station-rider";

  /** Twenty connectors over days. */
  public static final String DAYS = "station-days";

  /** From the start of the process until it is ready. */
  public static final String START = "station-start";

  /** Telemetry into the database. */
  public static final String STORE = "station-store";

  public static final List<String> NAMES = List.of(MPC, RIDER, DAYS, START, STORE);

  /** Lines of the whole station: recordings are written beside what is stored by default. */
  private static final String MORE =
      System.getProperty("anodyne.benchmark.station", "recordings: recordings\\n")
          .replace("\\n", "\n");

  /** What a dashboard that shows the whole site listens to. */
  private static final String DASHBOARD = "/api/v1/stream?view=site";

  /**
   * Far more than a thousand chargers need, and never a full collection: real ones do not all stand
   * still together for a second while one process looks for garbage.
   */
  private static final String FARM_HEAP =
      "10g -Xms10g -Xmn320m -XX:-UseSerialGC -XX:+UseParallelGC -XX:-UseAdaptiveSizePolicy";

  private static final long CONNECT_SECONDS = 300;
  private static final long WARM_UP_SECONDS = 30;
  private static final double NONE = Double.NaN;

  private StationFigures() {}

  /**
   * How much of it is run.
   *
   * @param minutes that are measured, after warming up
   * @param connectors 0 for as many as are asked for
   */
  public record Extent(double minutes, int connectors) {
    int or(int asked) {
      return connectors > 0 ? connectors : asked;
    }
  }

  /** What a station's load consists of. */
  private record Load(String policy, int count, double decideEverySeconds) {}

  /**
   * Measures one of {@link #NAMES}.
   *
   * @param log where errors of the processes go
   * @param progress takes what is being done, for people
   * @return its rows; empty when it failed
   */
  public static List<Row> measure(
      String name, Extent extent, PrintStream log, Consumer<String> progress) {
    @Nullable Path directory = null;
    try {
      directory = Files.createTempDirectory("anodyne-station");
      return switch (name) {
        case MPC -> load(directory, new Load("mpc", extent.or(200), 5), extent, progress);
        case RIDER -> load(directory, new Load("rider", extent.or(1000), 1), extent, progress);
        case DAYS -> DaysFigure.measure(directory, extent.or(20), extent.minutes(), progress);
        case START -> StartFigure.measure(directory, extent.or(20), progress);
        default -> StoreFigure.measure(directory, extent.minutes(), progress);
      };
    } catch (IOException e) {
      log.println(e);
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      tidy(directory, log);
    }
  }

  private static List<Row> load(Path directory, Load load, Extent extent, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path log = directory.resolve("errors.log");
    int count = load.count();
    progress.accept("starting " + count + " chargers");
    int port = freePort();
    try (Part farm =
        Part.start(
            StationFarm.class, log, FARM_HEAP, directory.toString(), "" + count, "0.6", "1", "1")) {
      String[] urls = farm.awaitReady(progress).split(",");
      StationFiles.Station station =
          new StationFiles.Station(
              count,
              load.policy(),
              port,
              1,
              MORE,
              "    decideEverySeconds: " + load.decideEverySeconds() + "\n");
      Path config = StationFiles.write(directory, urls, station);
      try (ServerProcess server =
              ServerProcess.start(config, port, directory.resolve("server.log"));
          RestLoad clients = new RestLoad(port, count)) {
        double ready = server.awaitReady();
        progress.accept("ready after %.1f s".formatted(ready));
        Census census = Census.awaitCharging(clients, count, 0.99, CONNECT_SECONDS, progress);
        clients.start();
        try (StreamProbe dashboard = new StreamProbe(port, DASHBOARD)) {
          pause(WARM_UP_SECONDS, "warming up", progress);
          LoadFigure figure = new LoadFigure(server, farm, clients, dashboard);
          figure.begin(count);
          figure.await(extent.minutes(), progress);
          List<Row> rows = figure.end(count + " connectors, " + load.policy(), count);
          rows.add(new Row("– start to ready", "s", NONE, ready));
          rows.add(new Row("– until all charged", "s", NONE, census.seconds()));
          return rows;
        }
      }
    }
  }

  /** Lets time pass. */
  static void pause(double seconds, String what, Consumer<String> progress)
      throws InterruptedException {
    long end = System.nanoTime() + Math.round(seconds * 1e9);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      progress.accept(what + ", %.0f s left".formatted(left * 1e-9));
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.SECONDS.toNanos(10)));
    }
  }

  static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Keeps what the processes complained about, and nothing else. */
  private static void tidy(@Nullable Path directory, PrintStream log) {
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (String name : List.of("errors.log", "server.log")) {
        Path said = directory.resolve(name);
        if (Files.exists(said)) {
          log.println(name + ":\n" + Files.readString(said));
        }
      }
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log.println(e);
    }
  }
}
