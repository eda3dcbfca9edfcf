package dev.anodyne.test.benchmark.station;

import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.storage.Sample;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.controller.storage.StoreStatus;
import dev.anodyne.test.benchmark.opcua.Part;
import dev.anodyne.test.benchmark.opcua.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a station's storage the telemetry of many connectors at a steady rate, and looks whether it
 * follows. The samples are as wide as a session's and every number is another one, as sensors' are.
 */
final class StoreLoad implements Part.Measured {
  private static final int TICK_MILLIS = 10;
  private static final long DRAIN_SECONDS = 60;
  private static final int CONNECTORS = 1000;

  private final Usage usage = new Usage();
  private final StationStorage storage;
  private final double samplesPerSecond;
  private long told;
  private long startNanos;
  private long writtenBefore;
  private long toldBefore;
  private volatile long mostWaiting;
  private volatile long mostSpooled;
  private volatile boolean ended;

  private StoreLoad(StationStorage storage, double valuesPerSecond) {
    this.storage = storage;
    this.samplesPerSecond = valuesPerSecond / Sample.VALUES;
  }

  /** Arguments: the folder, numbers a second. */
  public static void main(String[] args) throws IOException {
    Part.quiet();
    Path folder = Path.of(args[0]);
    StationStorage storage =
        StationStorage.start(
            new StorageConfig(
                new StorageConfig.SqliteFile(folder.resolve("station.db")),
                StorageConfig.Retention.USUAL,
                new StorageConfig.Spool(folder.resolve("spool"), 500_000_000)));
    storage.awaitFirstTry(TimeUnit.SECONDS.toMillis(30));
    StoreLoad load = new StoreLoad(storage, Double.parseDouble(args[1]));
    ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    load.startNanos = System.nanoTime();
    var unused = ticks.scheduleAtFixedRate(load::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    Part.obey("", load);
    System.exit(0);
  }

  /** Tells what is due: a rate that the machine holds up is caught up with. */
  private void tick() {
    if (ended) {
      return;
    }
    long due = (long) ((System.nanoTime() - startNanos) * 1e-9 * samplesPerSecond);
    while (told < due) {
      storage.tell(sample(told++));
    }
    StoreStatus status = storage.status();
    mostWaiting = Math.max(mostWaiting, status.inboxEntries());
    mostSpooled = Math.max(mostSpooled, status.spoolEntries());
  }

  private static Sample sample(long number) {
    double[] values = new double[Sample.VALUES];
    for (int i = 0; i < values.length; i++) {
      values[i] = 3.7 + Math.sin(number * 0.001 + i);
    }
    @Nullable String[] words = new @Nullable String[Sample.WORDS];
    for (int i = 0; i < words.length; i++) {
      words[i] = "OK";
    }
    Instant now = Instant.now();
    // Each of a charge's samples has a time of its own.
    long micros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1000 + number;
    String connector = StationFiles.id((int) (number % CONNECTORS) + 1);
    return new Sample("benchmark-" + connector, connector, micros, values, words);
  }

  @Override
  public void begin() {
    usage.begin();
    mostWaiting = 0;
    mostSpooled = 0;
    toldBefore = told;
    writtenBefore = storage.status().written();
  }

  @Override
  public Map<String, Object> end() {
    ended = true;
    double seconds = usage.seconds();
    long toldMeanwhile = told - toldBefore;
    StoreStatus atEnd = storage.status();
    Map<String, Object> measured = usage.end();
    measured.put("told_per_second", toldMeanwhile * Sample.VALUES / seconds);
    measured.put("written_per_second", (atEnd.written() - writtenBefore) * Sample.VALUES / seconds);
    measured.put("waiting_seconds", atEnd.inboxEntries() / samplesPerSecond);
    measured.put("most_waiting_seconds", mostWaiting / samplesPerSecond);
    measured.put("most_spooled", mostSpooled);
    long begin = System.nanoTime();
    while (storage.status().inboxEntries() > 0
        && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(DRAIN_SECONDS)) {
      Thread.onSpinWait();
    }
    measured.put("drained_seconds", (System.nanoTime() - begin) * 1e-9);
    measured.put("dropped", atEnd.droppedTelemetry() + atEnd.droppedEvents());
    storage.close();
    return measured;
  }
}
