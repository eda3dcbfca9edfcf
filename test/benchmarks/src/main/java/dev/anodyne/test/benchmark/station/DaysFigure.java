package dev.anodyne.test.benchmark.station;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anodyne.test.benchmark.opcua.OpcUaFigures.Row;
import dev.anodyne.test.benchmark.opcua.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Days of a station in minutes: charge after charge at every connector, at {@value #SPEED} times
 * the clock's speed and with a control period of {@value #PERIOD_SECONDS} s, so that a period lasts
 * a tenth of a second. What is asked of it is that its memory stays where it is.
 */
final class DaysFigure {
  private static final double SPEED = 600;
  private static final double PERIOD_SECONDS = 60;
  private static final double DAY_SECONDS = 86_400;

  /** Flat: as for the soak of the loop. */
  private static final double FLAT_MB = 10;

  private static final double NONE = Double.NaN;

  private DaysFigure() {}

  static List<Row> measure(
      Path directory, int connectors, double minutes, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path log = directory.resolve("errors.log");
    try (Part farm =
        Part.start(
            StationFarm.class,
            log,
            "1g",
            directory.toString(),
            "" + connectors,
            "0.6",
            "" + PERIOD_SECONDS,
            "" + SPEED)) {
      String[] urls = farm.awaitReady(progress).split(",");
      int port = StationFigures.freePort();
      Path config =
          StationFiles.write(
              directory,
              urls,
              new StationFiles.Station(
                  connectors, "mpc", port, PERIOD_SECONDS, "recordings: recordings\n", ""));
      try (Part station = Part.start(FastStation.class, log, "1g", config.toString(), "" + SPEED);
          RestLoad api = new RestLoad(port, connectors)) {
        station.awaitReady(progress);
        var unused = Census.awaitCharging(api, connectors, 0.5, 120, progress);
        StationFigures.pause(30, "warming up", progress);
        station.begin();
        farm.begin();
        Census first = Census.take(api, connectors);
        StationFigures.pause(60 * minutes, "running", progress);
        Census last = Census.take(api, connectors);
        return rows(connectors, station.end(), farm.end(), last.cycles() - first.cycles());
      }
    }
  }

  private static List<Row> rows(int connectors, JsonNode m, JsonNode farm, long cycles) {
    double days = at(m, "seconds") * SPEED / DAY_SECONDS;
    return List.of(
        new Row(connectors + " connectors, mpc: simulated days", "", NONE, days),
        new Row("– periods of all connectors", "", NONE, cycles),
        new Row("– vehicles that came", "", NONE, at(farm, "new_vehicles")),
        new Row(
            "– resident memory, last third − the one before", "MB", FLAT_MB, at(m, "growth_mb")),
        new Row(
            "– slope over the last two thirds",
            "MB/day",
            NONE,
            at(m, "slope_mb_per_second") * DAY_SECONDS / SPEED),
        new Row("– resident memory at the end", "MB", NONE, at(m, "rss_mb")),
        new Row("– peak", "MB", NONE, at(m, "rss_peak_mb")),
        new Row("– threads", "", NONE, at(m, "threads")),
        new Row("– processors, both cores", "%", NONE, at(m, "cpu_percent")));
  }

  private static double at(JsonNode part, String key) {
    return part.path(key).asDouble(Double.NaN);
  }
}
