package dev.anodyne.test.benchmark.opcua;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What this process uses of the machine, from one moment to another. */
public final class Usage {
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long cpuNanos;
  private long wallNanos;

  /** Counts from now on. */
  public void begin() {
    cpuNanos = system.getProcessCpuTime();
    wallNanos = System.nanoTime();
  }

  /** Since {@link #begin}, s. */
  public double seconds() {
    return (System.nanoTime() - wallNanos) * 1e-9;
  }

  /** Processor share of all cores, resident memory and threads. */
  public Map<String, Object> end() {
    double cpu = (system.getProcessCpuTime() - cpuNanos) * 1e-9;
    Map<String, Object> used = new LinkedHashMap<>();
    used.put("seconds", seconds());
    used.put("cpu_percent", 100 * cpu / seconds() / Runtime.getRuntime().availableProcessors());
    used.put("rss_mb", status("VmRSS:") / 1024.0);
    used.put("rss_peak_mb", status("VmHWM:") / 1024.0);
    used.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
    return used;
  }

  /** A number of the kernel's account of this process, kB; NaN where there is none. */
  private static double status(String key) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(key)) {
          return Double.parseDouble(line.substring(key.length()).replace("kB", "").strip());
        }
      }
    } catch (IOException e) {
      return Double.NaN;
    }
    return Double.NaN;
  }
}
