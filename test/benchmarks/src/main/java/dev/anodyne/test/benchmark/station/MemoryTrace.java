package dev.anodyne.test.benchmark.station;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** A process's resident memory over time, looked at now and then. Not thread-safe. */
final class MemoryTrace {
  private final Path status;
  private final long begin = System.nanoTime();
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> megabytes = new ArrayList<>();

  /** Of a process by its id, or by {@code self}. */
  MemoryTrace(String process) {
    status = Path.of("/proc", process, "status");
  }

  /** Notes what is resident now; gives it, MB. */
  double look() throws IOException {
    double now = ServerProcess.kilobytes(status, "VmRSS:") / 1024;
    seconds.add((System.nanoTime() - begin) * 1e-9);
    megabytes.add(now);
    return now;
  }

  /** Slope over the last two thirds, by least squares, MB/s; NaN with too few looks. */
  double slope() {
    SimpleRegression line = new SimpleRegression();
    for (int i = seconds.size() / 3; i < seconds.size(); i++) {
      line.addData(seconds.get(i), megabytes.get(i));
    }
    return line.getSlope();
  }

  /** What the last third has on average beyond the third before, MB. */
  double growth() {
    int third = megabytes.size() / 3;
    int size = megabytes.size();
    return mean(megabytes.subList(size - third, size))
        - mean(megabytes.subList(size - 2 * third, size - third));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
