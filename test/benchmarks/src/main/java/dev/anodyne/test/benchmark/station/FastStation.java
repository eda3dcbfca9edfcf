package dev.anodyne.test.benchmark.station;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.test.benchmark.opcua.Part;
import dev.anodyne.test.benchmark.opcua.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A station whose time runs faster, as that of its simulated chargers does: the server that {@code
 * anodyne serve} starts, which cannot be told so.
 */
final class FastStation implements Part.Measured {
  private static final long LOOK_SECONDS = 5;

  private final Usage usage = new Usage();
  private MemoryTrace memory = new MemoryTrace("self");

  private FastStation() {}

  /** Arguments: the station's file, its speed. */
  public static void main(String[] args) throws IOException {
    Part.quiet();
    AnodyneServer server =
        AnodyneServer.start(
            StationConfigReader.read(Path.of(args[0])), Double.parseDouble(args[1]));
    FastStation station = new FastStation();
    ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    var unused = looks.scheduleAtFixedRate(station::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
    Part.obey("", station);
    server.close();
    System.exit(0);
  }

  private synchronized void look() {
    try {
      memory.look();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void begin() {
    usage.begin();
    memory = new MemoryTrace("self");
  }

  @Override
  public synchronized Map<String, Object> end() {
    Map<String, Object> measured = usage.end();
    measured.put("slope_mb_per_second", memory.slope());
    measured.put("growth_mb", memory.growth());
    return measured;
  }
}
