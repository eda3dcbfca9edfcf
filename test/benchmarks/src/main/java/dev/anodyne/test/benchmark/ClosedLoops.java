package dev.anodyne.test.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.ClosedLoopRun;
import dev.anodyne.controller.lab.PlantChoice;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.session.LoopEvent;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A given number of decisions in real closed-loop charges, one after the other, at a period of one
 * second: the plant with full ageing and noisy sensors, the shipped estimator, the model-predictive
 * controller, the guard. Times, allocation and memory are taken between the status image and the
 * decision, from the very first one of the process on. Run in a process of its own; prints one JSON
 * document.
 */
final class ClosedLoops {
  /** Ambient temperatures of the charges, °C, in turn. */
  private static final double[] AMBIENT_CELSIUS = {25, 10, 40, 0};

  private static final double HEAT_TRANSFER = 40;

  /** A look at the process's memory every so many decisions. */
  private static final int RSS_STRIDE = 250;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final CellParameters cell = CellParameters.load("lgm50").withHeatTransfer(HEAT_TRANSFER);
  private final long[] nanos;
  private final List<Double> rssMegabytes = new ArrayList<>();
  private int decisions;
  private int charges;
  private long beganNanos;
  private long beganBytes;
  private long bytes;
  private int counted;

  private ClosedLoops(int most) {
    nanos = new long[most];
  }

  /** Takes the number of decisions as its argument. */
  public static void main(String[] args) throws IOException, InterruptedException {
    ClosedLoops loops = new ClosedLoops(Integer.parseInt(args[0]));
    while (loops.decisions < loops.nanos.length) {
      loops.charge();
    }
    System.out.println(new ObjectMapper().writeValueAsString(loops.account()));
  }

  private void charge() throws InterruptedException {
    double celsius = AMBIENT_CELSIUS[charges % AMBIENT_CELSIUS.length];
    charges++;
    ChargeSetup setup =
        new ChargeSetup(
            cell,
            PackLayout.SINGLE_CELL,
            "mpc",
            "augmented",
            0.1,
            0.8,
            celsius + 273.15,
            HEAT_TRANSFER,
            cell.upperCutOffVolts(),
            318.15,
            3,
            1,
            charges);
    var unused =
        ClosedLoopRun.run(
            setup, PlantChoice.of("nominal", setup), "", Progress.NONE, m -> {}, this::heard);
  }

  private void heard(LoopEvent event) {
    if (event instanceof LoopEvent.Deciding) {
      beganBytes = THREADS.getCurrentThreadAllocatedBytes();
      beganNanos = System.nanoTime();
    } else if (event instanceof LoopEvent.Decided && decisions < nanos.length) {
      nanos[decisions++] = System.nanoTime() - beganNanos;
      // Classes are loaded and code is compiled in the first half.
      if (decisions > nanos.length / 2) {
        bytes += THREADS.getCurrentThreadAllocatedBytes() - beganBytes;
        counted++;
      }
      if (decisions % RSS_STRIDE == 0) {
        rssMegabytes.add(residentMegabytes());
      }
    }
  }

  /** Memory of this process that is in the machine's, MB; NaN where the system does not tell. */
  private static double residentMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private Map<String, Object> account() {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("decisions", decisions);
    account.put("charges", charges);
    account.put("p50_ms", rank(sorted, 0.50));
    account.put("p99_ms", rank(sorted, 0.99));
    account.put("p999_ms", rank(sorted, 0.999));
    account.put("max_ms", rank(sorted, 1.0));
    account.put("max_at", indexOf(nanos, sorted[sorted.length - 1]));
    account.put("max_after_100_ms", largestAfter(100) * 1e-6);
    account.put("bytes", (double) bytes / Math.max(1, counted));
    account.put("rss_mb", rssMegabytes);
    return account;
  }

  private double largestAfter(int first) {
    return Arrays.stream(nanos).skip(first).max().orElse(0);
  }

  private static int indexOf(long[] values, long value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Nearest rank, ms. */
  private static double rank(long[] sorted, double share) {
    return sorted[Math.max(1, (int) Math.ceil(share * sorted.length)) - 1] * 1e-6;
  }
}
