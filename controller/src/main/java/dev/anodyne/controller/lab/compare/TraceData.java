package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.FanData;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.controller.lab.TraceRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A charge's traces and plans as the report's scripts draw them. */
final class TraceData {
  /** Samples a curve keeps; plots of half a screen show no more. */
  private static final int MOST_SAMPLES = 600;

  private static final int MOST_PLANS = 60;

  private TraceData() {}

  static Map<String, @Nullable Object> of(
      RunResult run, String label, int contender, String command) {
    List<TraceRow> rows = thinned(run.trace());
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("label", label);
    map.put("contender", contender);
    map.put("command", command);
    map.put("minutes", column(rows, r -> r.timeSeconds() / 60, 4));
    map.put("current", column(rows, TraceRow::chargeCurrentAmps, 3));
    map.put("voltage", column(rows, TraceRow::voltageVolts, 4));
    map.put("temperatureC", column(rows, r -> r.temperatureKelvin() - 273.15, 2));
    map.put("socPercent", column(rows, r -> r.soc() * 100, 2));
    map.put("anodeMv", column(rows, r -> r.anodePotentialVolts() * 1e3, 2));
    if (!run.summary().estimator().equals(Parts.TRUTH)) {
      map.put("estimateMv", column(rows, r -> r.estimatedAnodePotentialVolts() * 1e3, 2));
      map.put("boundMv", column(rows, r -> r.anodePotentialLowerBoundVolts() * 1e3, 2));
    }
    map.put("plans", FanData.of(run, MOST_PLANS));
    return map;
  }

  /** What the plots mark; the voltage limit only where the scenario gives one. */
  static Map<String, @Nullable Object> limits(Scenario s) {
    Map<String, @Nullable Object> limits = new LinkedHashMap<>();
    limits.put("voltageV", s.limits().maxVoltageVolts());
    limits.put("temperatureC", s.limits().maxTemperatureCelsius());
    limits.put("targetSocPercent", 100 * s.toSoc());
    return limits;
  }

  private static List<TraceRow> thinned(List<TraceRow> rows) {
    int stride = Math.max(1, (rows.size() + MOST_SAMPLES - 1) / MOST_SAMPLES);
    return IntStream.range(0, rows.size())
        .filter(i -> i % stride == 0 || i == rows.size() - 1)
        .mapToObj(rows::get)
        .toList();
  }

  private static List<@Nullable Double> column(
      List<TraceRow> rows, ToDoubleFunction<TraceRow> value, int digits) {
    double scale = Math.pow(10, digits);
    List<@Nullable Double> column = new ArrayList<>(rows.size());
    for (TraceRow row : rows) {
      double number = value.applyAsDouble(row);
      column.add(Double.isFinite(number) ? Math.rint(number * scale) / scale : null);
    }
    return column;
  }
}
