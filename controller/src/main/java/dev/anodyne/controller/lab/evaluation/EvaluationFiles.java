package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.evaluation.EvaluationResult.Row;
import dev.anodyne.estimators.evaluation.IdentityViolations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.html}, {@code results.csv}, {@code summary.json} and {@code table.md} of an
 * evaluation.
 */
public final class EvaluationFiles {
  private static final List<String> COLUMNS =
      List.of(
          "Stratum",
          "Phase",
          "Battery",
          "Estimator",
          "Conditions",
          "Samples",
          "Samples without estimate",
          "Samples in range",
          "Lowest anode potential [V]",
          "RMSE [mV]",
          "Mean error [mV]",
          "Largest error [mV]",
          "99 % optimistic error below 30 mV [mV]",
          "Truth above bound [%]",
          "Truth above bound at lowest anode potential",
          "Median gap to bound [mV]",
          "Anode surface stoichiometry RMSE [%]",
          "Cathode surface stoichiometry RMSE [%]",
          "Anode stoichiometry RMSE [%]",
          "Cathode stoichiometry RMSE [%]",
          "Core temperature RMSE [K]",
          "State of charge error after 60 s [%]",
          "Update median [us]",
          "Update p99 [us]");

  private final EvaluationResult result;

  public EvaluationFiles(EvaluationResult result) {
    this.result = result;
  }

  /** Writes all files, each complete or not at all. */
  public void write(Path directory) throws IOException {
    OutputFiles.write(
        directory.resolve("results.csv"),
        writer -> {
          writer.append(String.join(",", COLUMNS)).append('\n');
          for (SessionScore s : result.scores()) {
            writer.append(line(s)).append('\n');
          }
        });
    String json = Json.pretty(summary());
    OutputFiles.write(directory.resolve("summary.json"), w -> w.append(json).append('\n'));
    new EvaluationReport(result).write(directory.resolve("report.html"));
    String table = EvaluationTable.markdown(result);
    OutputFiles.write(directory.resolve("table.md"), w -> w.append(table));
  }

  private static String line(SessionScore s) {
    return String.join(
        ",",
        s.stratum,
        s.phase.text(),
        Integer.toString(s.battery),
        s.estimator,
        '"' + s.conditions.replace("\"", "'") + '"',
        Integer.toString(s.judged()),
        Integer.toString(s.withoutEstimate()),
        Integer.toString(s.inRange()),
        number(s.lowestVolts(), 5),
        number(1e3 * s.rmseVolts(), 3),
        number(1e3 * s.meanErrorVolts(), 3),
        number(1e3 * s.largestVolts(), 3),
        number(1e3 * s.nearErrors.quantile(0.99), 3),
        number(100.0 * s.above() / s.judged(), 2),
        s.judged() == 0 ? "" : Boolean.toString(s.aboveAtLowest()),
        number(1e3 * s.gaps.quantile(0.5), 3),
        number(100 * s.rmse(Quantity.ANODE_SURFACE), 4),
        number(100 * s.rmse(Quantity.CATHODE_SURFACE), 4),
        number(100 * s.rmse(Quantity.ANODE), 4),
        number(100 * s.rmse(Quantity.CATHODE), 4),
        number(s.rmse(Quantity.CORE_TEMPERATURE), 3),
        number(100 * s.socError(), 3),
        number(s.updateMicros.quantile(0.5), 1),
        number(s.updateMicros.quantile(0.99), 1));
  }

  private static String number(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "";
  }

  /** Figures by row and estimator, for {@code summary.json} and {@code --json}. */
  public Map<String, @Nullable Object> summary() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("version", BuildInfo.version());
    map.put("cell", result.request().cell().name());
    map.put("estimators", result.request().estimators());
    map.put("batteries", result.request().numbers().size());
    map.put("period_s", result.request().periodSeconds());
    map.put("seconds", result.seconds());
    List<Object> rows = new ArrayList<>();
    for (Row row : result.rows()) {
      result.figures(row).forEach((estimator, f) -> rows.add(entry(row, estimator, f)));
    }
    map.put("figures", rows);
    result.dataRequirement().ifPresent(d -> map.put("data_requirement", d.toList()));
    return map;
  }

  private static Map<String, @Nullable Object> entry(Row row, String estimator, Figures f) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("stratum", row.name());
    map.put("phase", row.phase().text());
    map.put("aggregate", row.aggregate());
    map.put("estimator", estimator);
    map.put("sessions", f.sessions());
    map.put("rmse_mV", finite(1e3 * f.rmseVolts()));
    map.put("largest_mV", finite(1e3 * f.largestVolts()));
    map.put("p99_optimistic_mV", finite(1e3 * f.optimisticVolts()));
    map.put("samples_below_30_mV", f.nearSamples());
    map.put("above_bound_percent", finite(100 * f.aboveSamples()));
    map.put("sessions_above_bound_at_lowest", f.aboveSessions().hits());
    map.put("sessions_above_bound_throughout", f.throughout().hits());
    map.put("median_gap_mV", finite(1e3 * f.gapVolts()));
    map.put("anode_surface_rmse_percent", finite(100 * f.anodeSurfaceRmse()));
    map.put("cathode_surface_rmse_percent", finite(100 * f.cathodeSurfaceRmse()));
    map.put("rmse", byQuantity(f.rmse(), true));
    map.put("interval_coverage_percent", byQuantity(f.coverage(), false));
    map.put("identities", identities(f.violations()));
    map.put("soc_error_60s_worst_percent", finite(100 * f.socErrorWorst()));
    map.put("soc_error_60s_rms_percent", finite(100 * f.socErrorRms()));
    map.put("in_range_percent", finite(100 * f.inRange()));
    map.put("without_estimate_percent", finite(100 * f.withoutEstimate()));
    map.put("update_median_us", finite(f.updateMedianMicros()));
    map.put("update_p99_us", finite(f.updateP99Micros()));
    map.put("missed", Bar.missed(row, f).stream().map(Bar::text).toList());
    return map;
  }

  /** Errors in the quantities' units, or shares in percent. */
  private static Map<String, @Nullable Object> byQuantity(
      Map<Quantity, Double> values, boolean errors) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    values.forEach(
        (q, value) ->
            map.put(
                errors ? q.text() + " [" + q.unit() + "]" : q.text(),
                finite((errors ? q.scale() : 100) * value)));
    return map;
  }

  private static Map<String, @Nullable Object> identities(IdentityViolations v) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("lithium_drift_percent", finite(v.lithiumDriftPercent()));
    map.put("voltage_mV", finite(v.voltageMillivolts()));
    map.put("anode_potential_mV", finite(v.anodePotentialMillivolts()));
    map.put("sign_percent", finite(v.signPercent()));
    map.put("monotonicity_percent", finite(v.monotonicityPercent()));
    return map;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? Math.rint(value * 1e4) / 1e4 : null;
  }
}
