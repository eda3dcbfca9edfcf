package dev.anodyne.test.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Figures of the whole closed loop, which JMH cannot take: what each decision finds depends on the
 * one before. {@link ClosedLoops} runs in a process of its own, compiled in the background as in a
 * station, with one processor and a heap of fixed size that is touched at the start, so that what
 * grows is not the heap.
 */
final class LoopFigures {
  /** Latency and allocation of a decision. */
  static final String LOOP = "loop";

  /** Memory over many decisions; taken only when asked for by name, since it takes minutes. */
  static final String SOAK = "soak";

  static final List<String> NAMES = List.of(LOOP, SOAK);

  private static final int LOOP_DECISIONS = 10_000;
  private static final int SOAK_DECISIONS = 100_000;

  /** The machine compiles and loads classes in this share of the decisions. */
  private static final double WARM_UP_SHARE = 0.05;

  /** What the median and the 99th percentile may take, and the deadline, ms. */
  private static final double MEDIAN_MILLIS = 8;

  private static final double SLOW_MILLIS = 20;
  private static final double DEADLINE_MILLIS = 500;

  /**
   * Flat means at most this growth from the first to the last third of 100,000 decisions, MB: 150
   * bytes a decision. A native solver that is not freed would be 100 kB a decision.
   */
  private static final double FLAT_MEGABYTES = 10;

  private static final List<String> FLAGS =
      List.of(
          "-Xms384m",
          "-Xmx384m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:ActiveProcessorCount=1",
          "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener");

  private LoopFigures() {}

  /**
   * Measures one of {@link #NAMES}.
   *
   * @param log where the process's errors go
   * @return its lines; empty when the process failed
   */
  static List<Line> measure(String name, PrintStream log) {
    try {
      JsonNode account = run(name.equals(LOOP) ? LOOP_DECISIONS : SOAK_DECISIONS, log);
      return name.equals(LOOP) ? latency(account) : memory(account);
    } catch (IOException e) {
      log.println(e);
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static JsonNode run(int decisions, PrintStream log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(FLAGS);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Djava.library.path=" + System.getProperty("java.library.path", ""));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ClosedLoops.class.getName());
    command.add(Integer.toString(decisions));
    File errors = File.createTempFile("anodyne-loop", ".log");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors).start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      log.println(java.nio.file.Files.readString(errors.toPath()));
      log.println(answer);
      if (code != 0) {
        throw new IOException("The closed loops ended with code " + code + ".");
      }
      return new ObjectMapper().readTree(answer.lines().reduce("", (a, b) -> b));
    } finally {
      var ignored = errors.delete();
    }
  }

  private static List<Line> latency(JsonNode a) {
    return List.of(
        line(
            LOOP,
            "Closed-loop decision, estimator + MPC: median",
            "ms",
            MEDIAN_MILLIS,
            a,
            "p50_ms"),
        line(LOOP, "– 99 of 100 within", "ms", SLOW_MILLIS, a, "p99_ms"),
        line(LOOP, "– 999 of 1000 within", "ms", Double.NaN, a, "p999_ms"),
        line(LOOP, "– longest of 10,000 (deadline)", "ms", DEADLINE_MILLIS, a, "max_ms"),
        line(LOOP, "– longest after the first 100", "ms", Double.NaN, a, "max_after_100_ms"),
        Line.checked(
            LOOP, "– heap a decision", "kB", Double.NaN, a.path("bytes").asDouble() / 1000));
  }

  private static Line line(
      String name, String title, String unit, double asked, JsonNode account, String key) {
    return Line.checked(name, title, unit, asked, account.path(key).asDouble(Double.NaN));
  }

  private static List<Line> memory(JsonNode account) {
    JsonNode all = account.path("rss_mb");
    int skipped = (int) (WARM_UP_SHARE * all.size());
    double[] rss = new double[all.size() - skipped];
    SimpleRegression line = new SimpleRegression();
    double decisionsPerLook = account.path("decisions").asDouble() / all.size();
    for (int i = 0; i < rss.length; i++) {
      rss[i] = all.get(skipped + i).asDouble(Double.NaN);
      if (i >= rss.length / 3) {
        line.addData(i * decisionsPerLook, rss[i] * (1 << 20));
      }
    }
    int third = rss.length / 3;
    double first = new Mean().evaluate(rss, 0, third);
    double last = new Mean().evaluate(rss, rss.length - third, third);
    return List.of(
        Line.checked(
            SOAK,
            "Resident memory, 100,000 decisions: last third − first",
            "MB",
            FLAT_MEGABYTES,
            last - first),
        Line.checked(SOAK, "– mean of the last third", "MB", Double.NaN, last),
        Line.checked(
            SOAK, "– slope over the last two thirds", "B/decision", Double.NaN, line.getSlope()),
        line(SOAK, "– longest decision", "ms", DEADLINE_MILLIS, account, "max_ms"));
  }
}
