package dev.anodyne.test.benchmark.station;

import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.test.benchmark.opcua.OpcUaFigures.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * From the start of the process until it says that it is ready, seen from outside. The chargers
 * cannot be reached: a station must not wait for them. The first start of a new build makes the
 * archive of its classes and is not counted.
 */
final class StartFigure {
  private static final int STARTS = 10;

  /** What is asked. */
  private static final double READY_SECONDS = 1.5;

  private StartFigure() {}

  static List<Row> measure(Path directory, int connectors, Consumer<String> progress)
      throws IOException, InterruptedException {
    // The station's certificate is made once, not at every start.
    PkiDirectory.open(
            StationFarm.controllerPki(directory),
            ApplicationIdentity.onThisHost("Anodyne controller", "urn:anodyne:controller"))
        .close();
    String[] nobody = new String[1 + connectors / StationFarm.PER_SERVER];
    Arrays.fill(nobody, "opc.tcp://127.0.0.1:" + StationFigures.freePort());
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i <= STARTS; i++) {
      int port = StationFigures.freePort();
      Path config =
          StationFiles.write(
              directory, nobody, new StationFiles.Station(connectors, "mpc", port, 1, "", ""));
      try (ServerProcess server =
          ServerProcess.start(config, port, directory.resolve("server.log"))) {
        double ready = server.awaitReady();
        progress.accept("start %d of %d: %.2f s".formatted(i, STARTS, ready));
        if (i > 0) {
          seconds.add(ready);
        }
      }
    }
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = 0.5 * (sorted[STARTS / 2 - 1] + sorted[STARTS / 2]);
    String what = "Start to ready, " + connectors + " connectors: median of " + STARTS;
    return List.of(
        new Row(what, "s", READY_SECONDS, median),
        new Row("– fastest", "s", Double.NaN, sorted[0]),
        new Row("– slowest", "s", Double.NaN, sorted[STARTS - 1]));
  }
}
