package dev.anodyne.test.benchmark.station;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anodyne.test.benchmark.opcua.OpcUaFigures.Row;
import dev.anodyne.test.benchmark.opcua.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a station does and takes between two moments, from everybody who can tell. */
final class LoadFigure {
  /** What is asked. */
  private static final double LATENESS_MILLIS = 100;

  /** The metric's name, without its unit. */
  private static final String LATENESS = "anodyne_loop_lateness";

  private static final double MEMORY_MB = 2048;
  private static final double READ_MILLIS = 50;

  /** Mean rate of the dashboard's updates, Hz. */
  private static final double UPDATES_PER_SECOND = 2;

  /** Decisions that may come late: one in a thousand. */
  private static final double MISSED_PERCENT = 0.1;

  private static final double NONE = Double.NaN;

  private final ServerProcess server;
  private final Part farm;
  private final RestLoad clients;
  private final StreamProbe dashboard;
  private final MemoryTrace memory;
  private final List<Row> rows = new ArrayList<>();
  private long beginNanos;
  private ServerProcess.@Nullable Used before;
  private @Nullable Census first;
  private Meters metersBefore = new Meters(Map.of());

  LoadFigure(ServerProcess server, Part farm, RestLoad clients, StreamProbe dashboard) {
    this.server = server;
    this.farm = farm;
    this.clients = clients;
    this.dashboard = dashboard;
    memory = new MemoryTrace("" + server.pid());
  }

  void begin(int connectors) throws IOException, InterruptedException {
    first = Census.take(clients, connectors);
    metersBefore = Meters.parse(clients.text("/metrics"));
    before = server.used();
    farm.begin();
    clients.begin();
    dashboard.begin();
    beginNanos = System.nanoTime();
  }

  void await(double minutes, Consumer<String> progress) throws IOException, InterruptedException {
    long end = System.nanoTime() + Math.round(minutes * 60e9);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      progress.accept(
          "measuring, %.1f minutes left, %.0f MB".formatted(left / 60e9, memory.look()));
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.SECONDS.toNanos(10)));
    }
  }

  List<Row> end(String what, int connectors) throws IOException, InterruptedException {
    double seconds = (System.nanoTime() - beginNanos) * 1e-9;
    Histogram reads = clients.end();
    Histogram gaps = dashboard.end();
    ServerProcess.Used after = server.used();
    JsonNode chargers = farm.end();
    Census last = Census.take(clients, connectors);
    row(what + ": charging", "", NONE, at(chargers, "charging"));
    row("– measured for", "s", NONE, seconds);
    loop(last, seconds);
    row("– commands written a second", "", NONE, at(chargers, "writes_per_second"));
    memory(after, seconds);
    row("– API reads, %d: median".formatted(reads.getTotalCount()), "ms", NONE, millis(reads, 50));
    row("– – 99 of 100 within", "ms", READ_MILLIS, millis(reads, 99));
    row("– – not answered with 200", "", 0, clients.failed());
    dashboard(gaps, seconds);
    row("– – its stream", "kB/s", NONE, dashboard.bytes() * 1e-3 / seconds);
    row("– simulated chargers: processors, both cores", "%", NONE, at(chargers, "cpu_percent"));
    row("– – memory", "MB", NONE, at(chargers, "rss_mb"));
    row("– – vehicles that came", "", NONE, at(chargers, "new_vehicles"));
    row("– – lowest true anode potential", "mV", NONE, at(chargers, "lowest_anode_mv"));
    row("– – – at a state of charge of", "%", NONE, 100 * at(chargers, "lowest_anode_soc"));
    row("– – – with", "A", NONE, at(chargers, "lowest_anode_amps"));
    row("– – – after its vehicle came", "s", NONE, at(chargers, "lowest_anode_seconds"));
    row("– – chargers that saw one below zero", "", 0, at(chargers, "below_zero"));
    return rows;
  }

  private void dashboard(Histogram gaps, double seconds) {
    double updates = gaps.getTotalCount() / seconds;
    row("– dashboard: updates a second", "", NONE, updates);
    // Asked is "at least": shown as the share of it that is missing. The window's edges cut an
    // update off.
    double least = UPDATES_PER_SECOND - 1 / seconds;
    row(
        "– – short of 2 a second by",
        "%",
        0,
        Math.max(0, 100 * (least - updates) / UPDATES_PER_SECOND));
    row(
        "– – from update to update, 99 of 100 within",
        "ms",
        NONE,
        gaps.getTotalCount() == 0 ? Double.MAX_VALUE : gaps.getValueAtPercentile(99));
  }

  private void loop(Census last, double seconds) throws IOException, InterruptedException {
    Census begun = first;
    if (begun == null) {
      throw new IllegalStateException("Nothing has begun.");
    }
    long cycles = last.cycles() - begun.cycles();
    long misses = last.misses() - begun.misses();
    row("– periods a second", "", NONE, cycles / seconds);
    Meters begin = metersBefore;
    Meters end = Meters.parse(clients.text("/metrics"));
    row("– loop lateness of all, half within", "ms", NONE, end.millisWithin(LATENESS, begin, 0.5));
    row("– – 99 of 100 within", "ms", LATENESS_MILLIS, end.millisWithin(LATENESS, begin, 0.99));
    row("– – 999 of 1000 within", "ms", NONE, end.millisWithin(LATENESS, begin, 0.999));
    row(
        "– – 99 of 100 within, the worst connector since its start",
        "ms",
        NONE,
        last.maxOf(Census.One::latenessP99));
    row("– decisions that came late", "%", MISSED_PERCENT, 100.0 * misses / Math.max(1, cycles));
    row("– decision, median connector: median", "ms", NONE, last.medianOf(Census.One::solveP50));
    row("– – 99 of 100 within", "ms", NONE, last.medianOf(Census.One::solveP99));
  }

  private void memory(ServerProcess.Used after, double seconds) {
    ServerProcess.Used begun = before;
    double cpu = begun == null ? NONE : after.cpuSeconds() - begun.cpuSeconds();
    int cores = Runtime.getRuntime().availableProcessors();
    row("– processors, all cores", "%", NONE, 100 * cpu / seconds / cores);
    row("– resident memory, peak", "MB", MEMORY_MB, after.peakMegabytes());
    row("– – now", "MB", NONE, after.rssMegabytes());
    row("– – now, shared memory divided", "MB", NONE, after.pssMegabytes());
    row("– – slope over the last two thirds", "MB/min", NONE, 60 * memory.slope());
    row("– threads", "", NONE, after.threads());
  }

  private void row(String title, String unit, double asked, double value) {
    rows.add(new Row(title, unit, asked, value));
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) * 1e-3;
  }

  private static double at(JsonNode part, String key) {
    return part.path(key).asDouble(Double.NaN);
  }
}
