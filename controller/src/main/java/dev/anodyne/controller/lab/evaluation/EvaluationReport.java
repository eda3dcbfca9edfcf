package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.Page;
import dev.anodyne.controller.lab.evaluation.EvaluationResult.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** {@code report.html}: tables and plots of an evaluation in one file. */
final class EvaluationReport {
  private static final String FOLDER = "/dev/anodyne/controller/lab/evaluation/";
  private static final int WORST_OF_EACH = 2;
  private static final int MOST_POINTS = 4000;

  /** True anode potential and error that the scatter shows, mV. */
  private static final List<Integer> SCATTER_RANGE = List.of(-50, 150, -60, 60);

  /** Bound coverage below this looks all the same, %. */
  private static final int LEAST_SHARE_SHOWN = 80;

  private final EvaluationResult result;
  private final List<String> estimators;

  EvaluationReport(EvaluationResult result) {
    this.result = result;
    estimators = result.request().estimators();
  }

  /** Writes the page, complete or not at all. */
  void write(Path file) throws IOException {
    Page.write(file, Page.of(FOLDER + "evaluation.html", FOLDER + "evaluation.js", data()));
  }

  Map<String, @Nullable Object> data() {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("headline", headline());
    data.put(
        "subtitle",
        String.format(
            Locale.ROOT,
            "%s, %d sessions, a sample every %s s, %.0f s of computing",
            result.request().cell().name(),
            result.scores().size() / estimators.size(),
            Numbers.shortest(result.request().periodSeconds()),
            result.seconds()));
    data.put("footer", "anodyne " + BuildInfo.version());
    data.put("reproduce", result.request().command());
    data.put("estimators", estimators);
    data.put("textbook", new TextbookTable(result).rows());
    data.put("coverage", EvaluationTable.coverage(result));
    List<Object> bars = new ArrayList<>();
    for (Bar bar : Bar.values()) {
      bars.add(bars(bar));
    }
    data.put("bars", bars);
    data.put("cost", List.of(cost("Median", Figures::updateMedianMicros), p99()));
    data.put("scatterRange", SCATTER_RANGE);
    data.put("scatter", estimators.stream().map(this::scatter).toList());
    data.put("worst", worst());
    result.dataRequirement().ifPresent(d -> data.put("dataRequirement", d.plots()));
    return data;
  }

  private String headline() {
    Row row = result.row(EvaluationResult.ALL_FRESH, Phase.FIRST).orElse(null);
    if (row == null) {
      return "Estimators side by side";
    }
    Map<String, Figures> figures = result.figures(row);
    return figures.entrySet().stream()
        .min(Comparator.comparingDouble(e -> e.getValue().rmseVolts()))
        .map(
            best ->
                String.format(
                    Locale.ROOT,
                    "Fresh cells: %s finds the anode potential to %s mV",
                    best.getKey(),
                    Numbers.significant(1e3 * best.getValue().rmseVolts())))
        .orElse("Estimators side by side");
  }

  private Map<String, @Nullable Object> bars(Bar bar) {
    Map<String, @Nullable Object> chart = new LinkedHashMap<>();
    chart.put("title", Character.toUpperCase(bar.text().charAt(0)) + bar.text().substring(1));
    chart.put("unit", bar.unit());
    chart.put("about", bar.about());
    if (bar == Bar.ABOVE) {
      chart.put("from", LEAST_SHARE_SHOWN);
      chart.put("to", 100);
    }
    chart.put("open", bar == Bar.RMSE || bar == Bar.ABOVE || bar == Bar.GAP);
    List<Object> rows = new ArrayList<>();
    for (Row row : result.rows()) {
      double limit = bar.limit(row);
      rows.add(row(row, limit, bar::of, f -> bar.isMissed(row, f)));
    }
    chart.put("rows", rows);
    return chart;
  }

  private Map<String, @Nullable Object> cost(String title, ToDoubleFunction<Figures> value) {
    Map<String, @Nullable Object> chart = new LinkedHashMap<>();
    chart.put("title", title + " time of an update");
    chart.put("unit", "µs");
    chart.put("open", true);
    chart.put(
        "rows",
        result.rows().stream()
            .filter(Row::aggregate)
            .map(r -> row(r, Double.NaN, value, f -> false))
            .toList());
    return chart;
  }

  private Map<String, @Nullable Object> p99() {
    return cost("99th percentile of the", Figures::updateP99Micros);
  }

  private Map<String, @Nullable Object> row(
      Row row,
      double limit,
      ToDoubleFunction<Figures> value,
      java.util.function.Predicate<Figures> missed) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("label", row.label());
    map.put("aggregate", row.aggregate());
    map.put("limit", finite(limit));
    List<@Nullable Double> values = new ArrayList<>();
    List<Boolean> misses = new ArrayList<>();
    for (String estimator : estimators) {
      Figures f = result.figures(row).get(estimator);
      values.add(f == null ? null : finite(value.applyAsDouble(f)));
      misses.add(f != null && missed.test(f));
    }
    map.put("values", values);
    map.put("missed", misses);
    return map;
  }

  /** Errors over the truth, mV. */
  private Map<String, @Nullable Object> scatter(String estimator) {
    List<SessionScore> own =
        result.scores().stream().filter(s -> s.estimator.equals(estimator)).toList();
    int rows = own.stream().mapToInt(s -> s.trace.size() / SessionScore.TRACE_COLUMNS).sum();
    int stride = Math.max(1, (rows + MOST_POINTS - 1) / MOST_POINTS);
    List<Double> truth = new ArrayList<>();
    List<Double> error = new ArrayList<>();
    int n = 0;
    for (SessionScore s : own) {
      for (int i = 0; i < s.trace.size(); i += SessionScore.TRACE_COLUMNS) {
        if (n++ % stride == 0) {
          truth.add(millivolts(s.trace.get(i + 1)));
          error.add(millivolts(s.trace.get(i + 2) - s.trace.get(i + 1)));
        }
      }
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("title", estimator + ": estimate minus truth, mV");
    map.put("truth", truth);
    map.put("error", error);
    return map;
  }

  private List<Object> worst() {
    List<Object> worst = new ArrayList<>();
    for (String estimator : estimators) {
      result.scores().stream()
          .filter(s -> s.estimator.equals(estimator) && s.judged() > 0)
          .sorted(Comparator.comparingDouble(SessionScore::rmseVolts).reversed())
          .limit(WORST_OF_EACH)
          .forEach(s -> worst.add(trace(s)));
    }
    return worst;
  }

  private Map<String, @Nullable Object> trace(SessionScore s) {
    List<Double> minutes = new ArrayList<>();
    List<Double> truth = new ArrayList<>();
    List<Double> estimate = new ArrayList<>();
    List<Double> bound = new ArrayList<>();
    for (int i = 0; i < s.trace.size(); i += SessionScore.TRACE_COLUMNS) {
      minutes.add(Math.rint(s.trace.get(i) / 60 * 1e3) / 1e3);
      truth.add(millivolts(s.trace.get(i + 1)));
      estimate.add(millivolts(s.trace.get(i + 2)));
      bound.add(millivolts(s.trace.get(i + 3)));
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(
        "title",
        String.format(
            Locale.ROOT,
            "%s, %s, battery %d, %s: %s mV",
            s.estimator,
            s.stratum,
            s.battery,
            s.phase == Phase.FIRST ? "first session" : "after one identified session",
            Numbers.significant(1e3 * s.rmseVolts())));
    map.put("about", "Anode potential, mV. " + s.conditions + ".");
    map.put("minutes", minutes);
    map.put("truth", truth);
    map.put("estimate", estimate);
    map.put("bound", bound);
    map.put("command", result.request().command(s));
    return map;
  }

  private static double millivolts(double volts) {
    return Math.rint(volts * 1e5) / 100;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? Math.rint(value * 1e4) / 1e4 : null;
  }
}
