package dev.anodyne.test.benchmark.station;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anodyne.test.benchmark.opcua.OpcUaFigures.Row;
import dev.anodyne.test.benchmark.opcua.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Telemetry into SQLite at the rate that is asked, in a process of its own. */
final class StoreFigure {
  /** What is asked. */
  private static final double VALUES_PER_SECOND = 50_000;

  /** A batch may wait for the next one; more is falling behind, s. */
  private static final double WAITING_SECONDS = 2;

  private static final double NONE = Double.NaN;

  private StoreFigure() {}

  static List<Row> measure(Path directory, double minutes, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (Part load =
        Part.start(
            StoreLoad.class,
            directory.resolve("errors.log"),
            "512m",
            directory.toString(),
            "" + 1.02 * VALUES_PER_SECOND)) {
      load.awaitReady(progress);
      StationFigures.pause(10, "warming up", progress);
      load.begin();
      StationFigures.pause(60 * minutes, "writing", progress);
      JsonNode m = load.end();
      long bytes = Files.size(directory.resolve("station.db"));
      return List.of(
          new Row(
              "Telemetry into SQLite: numbers told a second", "", NONE, at(m, "told_per_second")),
          // Asked is "at least": shown as the share of it that is missing.
          new Row("– numbers written a second", "", NONE, at(m, "written_per_second")),
          new Row(
              "– short of 50,000 a second by",
              "%",
              0,
              Math.max(0, 100 * (1 - at(m, "written_per_second") / VALUES_PER_SECOND))),
          new Row("– waiting at the end", "s", WAITING_SECONDS, at(m, "waiting_seconds")),
          new Row("– most that ever waited", "s", NONE, at(m, "most_waiting_seconds")),
          new Row("– until all was written", "s", NONE, at(m, "drained_seconds")),
          new Row("– spooled, given up", "entries", 0, at(m, "most_spooled") + at(m, "dropped")),
          new Row("– measured for", "s", NONE, at(m, "seconds")),
          new Row("– processors, both cores", "%", NONE, at(m, "cpu_percent")),
          new Row("– resident memory, peak", "MB", NONE, at(m, "rss_peak_mb")),
          new Row("– the database's file", "MB", NONE, bytes * 1e-6));
    }
  }

  private static double at(JsonNode part, String key) {
    return part.path(key).asDouble(Double.NaN);
  }
}
