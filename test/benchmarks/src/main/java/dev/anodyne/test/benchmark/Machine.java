package dev.anodyne.test.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where figures were measured.
 *
 * @param processor its name, or the architecture where the system does not tell
 * @param cores cores that the Java machine sees
 * @param java version and vendor of the Java machine
 * @param system operating system and architecture
 * @param load one-minute load average before the run: above 0.5, others were at work; negative when
 *     unknown
 */
record Machine(String processor, int cores, String java, String system, double load) {
  static Machine here() {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")",
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processorName() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch"); // not Linux
    }
  }

  String describe() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores seen, one used; Java %s; %s; load before the run %.2f",
        processor,
        cores,
        java,
        system,
        load);
  }
}
