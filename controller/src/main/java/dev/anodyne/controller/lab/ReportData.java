package dev.anodyne.controller.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the report's script draws, as plain maps and lists. */
final class ReportData {
  /** Samples that a curve keeps, and plans: more than a screen has pixels. */
  private static final int MAX_SAMPLES = 4000;

  private static final int MAX_BASELINE_SAMPLES = 1200;

  /** A cell at rest is far above zero; what matters is near it. */
  private static final double ANODE_TOP_MILLIVOLTS = 150;

  private final Report report;

  ReportData(Report report) {
    this.report = report;
  }

  Map<String, @Nullable Object> toMap() {
    RunResult main = report.runs().get(0);
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("title", "Anodyne: " + report.subtitle());
    map.put("kind", report.kind());
    map.put("headline", report.headline());
    map.put("subtitle", report.subtitle());
    map.put("tiles", tiles(main));
    map.put("runs", runs());
    map.put("plans", FanData.of(main, MAX_SAMPLES));
    map.put("comparisonNote", report.comparisonNote());
    map.put("limits", limits());
    map.put("anodeTopMv", ANODE_TOP_MILLIVOLTS);
    map.put("violations", main.violations());
    map.put(
        "noViolations",
        "None was passed. Over every step of the plant, voltage, temperature and current stayed"
            + " within their limits and the anode potential of the lowest cell stayed at or above "
            + round(report.limits().minAnodePotentialVolts() * 1e3, 1)
            + " mV.");
    map.put("solveTimes", SolveHistogram.of(main, report.decisionNote()));
    map.put("constraints", bands(main, r -> words(r.activeConstraint().name())));
    map.put("sources", bands(main, r -> words(r.decision().name())));
    map.put("config", config());
    map.put("reproduce", report.reproduce());
    map.put("footer", "anodyne " + BuildInfo.version() + " · " + report.created());
    return map;
  }

  private List<Map<String, String>> tiles(RunResult main) {
    ChargeSummary s = main.summary();
    boolean plates = s.platingExposureVoltSeconds() > 0;
    List<Map<String, String>> tiles = new ArrayList<>();
    tiles.add(
        tile(
            text("%.1f", s.minutes()),
            "min",
            main.reached() ? "to the target" : "target not reached",
            main.reached() ? "" : "bad"));
    tiles.add(
        tile(
            text("%+.1f", s.minAnodePotentialVolts() * 1e3),
            "mV",
            "lowest anode potential",
            plates ? "bad" : "good"));
    tiles.add(
        tile(
            plates ? text("%.2g", s.platingExposureVoltSeconds()) : "0",
            "V·s",
            "plating exposure",
            plates ? "bad" : "good"));
    tiles.add(tile(text("%.1f", s.maxTemperatureCelsius()), "°C", "peak temperature", ""));
    if (hasBelief(main)) {
      tiles.add(tile(text("%.2f", s.estimatorRmseMillivolts()), "mV", "estimator error (RMS)", ""));
    }
    if (Double.isFinite(s.solveP99Millis())) {
      tiles.add(tile(text("%.1f", s.solveP99Millis()), "ms", "99 % of decisions within", ""));
    }
    return tiles;
  }

  /** An oracle's estimate is the truth: nothing to show. */
  private static boolean hasBelief(RunResult run) {
    return Double.isFinite(run.summary().estimatorRmseMillivolts())
        && !run.summary().estimator().equals(Parts.TRUTH);
  }

  private List<Map<String, @Nullable Object>> runs() {
    List<Map<String, @Nullable Object>> runs = new ArrayList<>();
    for (RunResult run : report.runs()) {
      runs.add(curves(run, runs.isEmpty()));
    }
    return runs;
  }

  private static Map<String, @Nullable Object> curves(RunResult run, boolean isMain) {
    List<TraceRow> rows = thinned(run.trace(), isMain ? MAX_SAMPLES : MAX_BASELINE_SAMPLES);
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("label", run.label());
    map.put("reached", run.reached());
    map.put("summary", run.summary().toMap());
    map.put("minutes", column(rows, r -> r.timeSeconds() / 60, 4));
    map.put("current", column(rows, TraceRow::chargeCurrentAmps, 4));
    map.put("voltage", column(rows, TraceRow::voltageVolts, 5));
    map.put("temperatureC", column(rows, r -> r.temperatureKelvin() - 273.15, 3));
    map.put("socPercent", column(rows, r -> r.soc() * 100, 3));
    map.put("anodeMv", column(rows, r -> r.anodePotentialVolts() * 1e3, 3));
    if (isMain && hasBelief(run)) {
      map.put("estimateMv", column(rows, r -> r.estimatedAnodePotentialVolts() * 1e3, 3));
      map.put("boundMv", column(rows, r -> r.anodePotentialLowerBoundVolts() * 1e3, 3));
    }
    return map;
  }

  private static List<TraceRow> thinned(List<TraceRow> rows, int atMost) {
    int stride = Math.max(1, (rows.size() + atMost - 1) / atMost);
    return IntStream.range(0, rows.size())
        .filter(i -> i % stride == 0 || i == rows.size() - 1)
        .mapToObj(rows::get)
        .toList();
  }

  private static List<@Nullable Double> column(
      List<TraceRow> rows, ToDoubleFunction<TraceRow> value, int digits) {
    List<@Nullable Double> column = new ArrayList<>(rows.size());
    for (TraceRow row : rows) {
      double number = value.applyAsDouble(row);
      column.add(Double.isFinite(number) ? round(number, digits) : null);
    }
    return column;
  }

  private Map<String, Double> limits() {
    RunLimits limits = report.limits();
    return Map.of(
        "currentA", limits.maxCurrentAmps(),
        "voltageV", limits.maxVoltageVolts(),
        "temperatureC", round(limits.maxTemperatureKelvin() - 273.15, 3),
        "targetSocPercent", round(report.targetSoc() * 100, 3));
  }

  private List<List<String>> config() {
    return report.config().stream().map(e -> List.of(e.getKey(), e.getValue())).toList();
  }

  /** Neighbouring rows of the same name become one band. */
  private static List<Map<String, Object>> bands(RunResult run, Function<TraceRow, String> nameOf) {
    List<Map<String, Object>> bands = new ArrayList<>();
    List<TraceRow> rows = run.trace();
    int start = 0;
    for (int i = 1; i <= rows.size(); i++) {
      String name = nameOf.apply(rows.get(start));
      if (i < rows.size() && nameOf.apply(rows.get(i)).equals(name)) {
        continue;
      }
      double to = i < rows.size() ? rows.get(i).timeSeconds() / 60 : run.summary().minutes();
      double from = rows.get(start).timeSeconds() / 60;
      bands.add(Map.of("name", name, "from", round(from, 4), "to", round(Math.max(from, to), 4)));
      start = i;
    }
    return bands;
  }

  private static Map<String, String> tile(String value, String unit, String label, String tone) {
    return Map.of("value", value.replace('-', '−'), "unit", unit, "label", label, "tone", tone);
  }

  /** {@code ANODE_POTENTIAL} as a person writes it; abbreviations keep their capitals. */
  private static String words(String name) {
    return name.equals("MPC") ? name : name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static double round(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.rint(value * scale) / scale;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
