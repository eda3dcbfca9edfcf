package dev.anodyne.test.benchmark.station;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * What the API says about every connector, asked one after the other.
 *
 * @param connectors in order
 * @param seconds that were waited for it, s
 */
record Census(List<One> connectors, double seconds) {
  /** One connector's own account of its loop; times in ms. */
  record One(
      String state,
      long cycles,
      long misses,
      double latenessP99,
      double solveP50,
      double solveP99) {}

  static Census take(RestLoad api, int count) throws IOException, InterruptedException {
    List<One> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      JsonNode one = StationFigures.json(api.text("/api/v1/sessions/" + StationFiles.id(i)));
      JsonNode timing = one.path("record").path("timing");
      if (timing.isMissingNode()) {
        throw new IOException("Connector " + StationFiles.id(i) + " gives no account: " + one);
      }
      all.add(
          new One(
              one.path("state").path("name").asText(),
              timing.path("cycles").asLong(),
              timing.path("misses").asLong(),
              timing.path("latenessMillisP99").asDouble(Double.NaN),
              timing.path("solveMillisP50").asDouble(Double.NaN),
              timing.path("solveMillisP99").asDouble(Double.NaN)));
    }
    return new Census(all, 0);
  }

  /** Waits until a share of them charge. */
  static Census awaitCharging(
      RestLoad api, int count, double share, long seconds, Consumer<String> progress)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      JsonNode list = StationFigures.json(api.text("/api/v1/sessions")).path("sessions");
      int charging = 0;
      for (JsonNode one : list) {
        charging += one.path("state").path("name").asText().equals("Charging") ? 1 : 0;
      }
      double waited = (System.nanoTime() - begin) * 1e-9;
      progress.accept(charging + " of " + count + " charge after %.0f s".formatted(waited));
      if (charging >= share * count) {
        return new Census(List.of(), waited);
      }
      if (waited > seconds) {
        throw new IOException("Only " + charging + " of " + count + " connectors charge.");
      }
      TimeUnit.SECONDS.sleep(2);
    }
  }

  long cycles() {
    return connectors.stream().mapToLong(One::cycles).sum();
  }

  long misses() {
    return connectors.stream().mapToLong(One::misses).sum();
  }

  double medianOf(ToDoubleFunction<One> value) {
    double[] sorted = connectors.stream().mapToDouble(value).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  double maxOf(ToDoubleFunction<One> value) {
    return connectors.stream().mapToDouble(value).max().orElse(Double.NaN);
  }
}
