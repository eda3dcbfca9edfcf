package dev.anodyne.test.benchmark.opcua;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A thousand chargers with twenty tags each, told once a second: by the station's server to three
 * SCADA systems, and by a thousand chargers to the controller's client. Taken only by name, since
 * each loads the whole machine for one to three minutes.
 */
public final class OpcUaFigures {
  /** The station's server and its clients. */
  public static final String SCADA = "scada";

  /** The controller's client and its chargers. */
  public static final String CHARGERS = "chargers";

  public static final List<String> NAMES = List.of(SCADA, CHARGERS);

  private static final int COUNT = Integer.getInteger("anodyne.benchmark.chargers", 1000);
  private static final int CLIENTS = 3;
  private static final int WARM_UP_SECONDS = 10;
  private static final int SECONDS = 40;

  /** What is asked: share of the processors, memory, and from the source to the client. */
  private static final double CPU_PERCENT = 70;

  private static final double MEMORY_MB = 1536;
  private static final double LATENCY_MILLIS = 1000;

  /** Share of changes that may be missing: a second's tick may fall outside of the time, %. */
  private static final double MISSING_PERCENT = 5;

  private OpcUaFigures() {}

  /**
   * One figure's row.
   *
   * @param title what it is
   * @param unit of the value
   * @param asked what it must be at most; NaN when nothing is asked
   * @param value as measured
   */
  public record Row(String title, String unit, double asked, double value) {}

  /**
   * Measures one of {@link #NAMES}.
   *
   * @param log where errors of the processes go
   * @param progress takes what is being done, for people
   * @return its rows; empty when it failed
   */
  public static List<Row> measure(String name, PrintStream log, Consumer<String> progress) {
    @Nullable Path directory = null;
    try {
      directory = Files.createTempDirectory("anodyne-opcua");
      return name.equals(SCADA) ? scada(directory, progress) : chargers(directory, progress);
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

  private static List<Row> scada(Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path errors = directory.resolve("errors.log");
    progress.accept("starting a station of " + COUNT + " chargers");
    try (Part server =
        Part.start(
            ScadaStation.class, errors, "1g", directory.toString(), "" + COUNT, "" + CLIENTS)) {
      String url = server.awaitReady(progress);
      try (Part clients =
          Part.start(
              ScadaClients.class,
              errors,
              "1g",
              directory.toString(),
              url,
              "" + COUNT,
              "" + CLIENTS)) {
        clients.awaitReady(progress);
        List<JsonNode> measured = during(progress, server, clients);
        List<Row> rows = new ArrayList<>();
        use(rows, "Station's server, three encrypted clients", measured.get(0), true);
        use(rows, "– the three clients", measured.get(1), false);
        arrival(rows, measured.get(1), CLIENTS * COUNT * Snapshots.WATCHED.size());
        rows.add(new Row("– not good", "values", 0, number(measured.get(1), "bad")));
        return rows;
      }
    }
  }

  private static List<Row> chargers(Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path errors = directory.resolve("errors.log");
    progress.accept("starting " + COUNT + " chargers");
    try (Part farm =
        Part.start(ChargerFarm.class, errors, "2g", directory.toString(), "" + COUNT)) {
      String urls = farm.awaitReady(progress);
      long start = System.nanoTime();
      try (Part clients =
          Part.start(ChargerClients.class, errors, "1g", directory.toString(), urls, "" + COUNT)) {
        clients.awaitReady(progress);
        double connected = (System.nanoTime() - start) * 1e-9;
        List<JsonNode> measured = during(progress, clients, farm);
        List<Row> rows = new ArrayList<>();
        use(rows, COUNT + " sessions with chargers", measured.get(0), true);
        use(rows, "– the simulated chargers", measured.get(1), false);
        arrival(rows, measured.get(0), COUNT * ChargerClients.TAGS);
        rows.add(new Row("– chargers lost", "", 0, COUNT - number(measured.get(0), "up")));
        rows.add(new Row("– until all were connected", "s", Double.NaN, connected));
        return rows;
      }
    }
  }

  private static List<JsonNode> during(Consumer<String> progress, Part... parts)
      throws IOException, InterruptedException {
    progress.accept("warming up for " + WARM_UP_SECONDS + " s");
    TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
    for (Part part : parts) {
      part.begin();
    }
    for (int second = 0; second < SECONDS; second += 10) {
      progress.accept("measuring, " + (SECONDS - second) + " s left");
      TimeUnit.SECONDS.sleep(10);
    }
    List<JsonNode> measured = new ArrayList<>();
    for (Part part : parts) {
      measured.add(part.end());
    }
    return measured;
  }

  private static void use(List<Row> rows, String what, JsonNode part, boolean asked) {
    double none = Double.NaN;
    rows.add(
        new Row(
            what + ": processors, all cores",
            "%",
            asked ? CPU_PERCENT : none,
            number(part, "cpu_percent")));
    rows.add(
        new Row(
            "– resident memory, peak",
            "MB",
            asked ? MEMORY_MB : none,
            number(part, "rss_peak_mb")));
    rows.add(new Row("– threads", "", none, number(part, "threads")));
  }

  private static void arrival(List<Row> rows, JsonNode part, double everySecond) {
    double none = Double.NaN;
    double rate = number(part, "notifications_per_second");
    rows.add(new Row("– notifications a second", "", none, rate));
    rows.add(
        new Row(
            "– share of changes that did not arrive",
            "%",
            MISSING_PERCENT,
            Math.max(0, 100 * (1 - rate / everySecond))));
    rows.add(new Row("– source to client, median", "ms", none, number(part, "p50_ms")));
    rows.add(new Row("– 99 of 100 within", "ms", LATENCY_MILLIS, number(part, "p99_ms")));
    rows.add(new Row("– longest", "ms", none, number(part, "max_ms")));
  }

  private static double number(JsonNode part, String key) {
    return part.path(key).asDouble(Double.NaN);
  }

  /** Keeps what the processes complained about, and nothing else. */
  private static void tidy(@Nullable Path directory, PrintStream log) {
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      Path errors = directory.resolve("errors.log");
      if (Files.exists(errors)) {
        log.println(Files.readString(errors));
      }
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      log.println(e);
    }
  }
}
