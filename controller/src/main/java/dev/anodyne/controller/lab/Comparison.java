package dev.anodyne.controller.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The demo's charge against its baselines, in words, as a table, as JSON and as files.
 *
 * @param setup window and limits of all of them
 * @param main the charge that the demo is about
 * @param baselines CC-CV at 1C, the fastest without plating, the full rate
 */
public record Comparison(ChargeSetup setup, RunResult main, List<RunResult> baselines) {
  /** Baselines' place of the fastest charge that does not plate; see {@link Baselines#await}. */
  private static final int FASTEST = 1;

  public Comparison {
    baselines = List.copyOf(baselines);
  }

  /** The demo's charge first. */
  public List<RunResult> all() {
    List<RunResult> all = new ArrayList<>();
    all.add(main);
    all.addAll(baselines);
    return all;
  }

  /** True when the target was reached and no limit was passed. */
  public boolean isGood() {
    return main.reached() && main.violations().isEmpty();
  }

  /** The result in one sentence. */
  public String headline() {
    String plain = new Results(setup, main).headline();
    RunResult fastest = baselines.get(FASTEST);
    if (!main.reached() || !fastest.reached()) {
      return plain;
    }
    double less = 100 * (1 - main.summary().minutes() / fastest.summary().minutes());
    return String.format(
        Locale.ROOT,
        "%s: %.0f %% %s time than the fastest CC-CV that does not plate.",
        plain.substring(0, plain.length() - 1),
        Math.abs(less),
        less >= 0 ? "less" : "more");
  }

  /** The table for a terminal. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(headline()).append("\n\n");
    int width = all().stream().mapToInt(run -> run.label().length()).max().orElse(0);
    text.append(
        String.format(
            Locale.ROOT,
            "%-" + width + "s  %8s  %18s  %12s  %8s%n",
            "",
            "minutes",
            "lowest anode (mV)",
            "plating (V·s)",
            "peak (°C)"));
    for (RunResult run : all()) {
      ChargeSummary s = run.summary();
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + width + "s  %8s  %18s  %13s  %9.1f%n",
              run.label(),
              run.reached() ? String.format(Locale.ROOT, "%.1f", s.minutes()) : "–",
              String.format(Locale.ROOT, "%+.1f", s.minAnodePotentialVolts() * 1e3),
              s.platingExposureVoltSeconds() > 0
                  ? String.format(Locale.ROOT, "%.3g", s.platingExposureVoltSeconds())
                  : "0",
              s.maxTemperatureCelsius()));
    }
    for (String violation : main.violations()) {
      text.append("limit passed: ").append(violation).append('\n');
    }
    return text.toString();
  }

  /** {@code summary.json}'s figures, the baselines' beside them. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>(main.summary().toMap());
    List<Object> others = new ArrayList<>();
    for (RunResult run : baselines) {
      Map<String, @Nullable Object> other = new LinkedHashMap<>();
      other.put("name", run.label());
      other.put("reached", run.reached());
      other.putAll(run.summary().toMap());
      others.add(other);
    }
    map.put("reached", main.reached());
    map.put("violations", main.violations());
    map.put("baselines", others);
    return map;
  }

  /**
   * Writes {@code trace.csv}, {@code summary.json} and {@code report.html}.
   *
   * @param directory made when it is not there
   * @param speed of the demo, for the report
   */
  public void write(Path directory, double speed) throws IOException {
    Trace.write(directory.resolve("trace.csv"), main.trace());
    Results.writeSummary(directory, main);
    List<Map.Entry<String, String>> config = new ArrayList<>(Results.configOf(setup));
    config.add(Map.entry("Plant", "nominal cells with production spread, full ageing, noise"));
    config.add(Map.entry("Link", "OPC UA, Basic256Sha256, sign and encrypt, user name"));
    config.add(Map.entry("Speed", Trace.number(speed)));
    boolean inStep = speed > Demo.FASTEST_BY_CLOCK;
    new Report(
            "demo report",
            headline(),
            Results.subtitle(setup) + ", " + Results.now(),
            all(),
            setup.limits(),
            setup.toSoc(),
            "The same plant from the same seed, within the same limits. The baselines run in process"
                + " with sensors that are right. Below 0 mV lithium can plate.",
            inStep
                ? "Above speed 10 the plant waits for every decision: no deadline applies."
                : main.summary().deadlineMisses() + " deadlines were missed.",
            config,
            "./anodyne demo --headless --cell "
                + setup.cell().name()
                + Results.options(setup)
                + " --speed "
                + Trace.number(speed),
            Results.now())
        .write(directory.resolve("report.html"));
  }
}
