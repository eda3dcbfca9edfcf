package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.evaluation.EvaluationResult.Row;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.evaluation.IdentityViolations;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.ModelFile;
import dev.anodyne.estimators.network.NetworkModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The field's comparison of physics, learning and both (Borah et al. 2024), measured: accuracy,
 * computation, extrapolation, interpolation, and what is needed for it.
 */
final class TextbookTable {
  private final EvaluationResult result;
  private final List<List<String>> rows = new ArrayList<>();

  TextbookTable(EvaluationResult result) {
    this.result = result;
  }

  /** The first row is the header. */
  List<List<String>> rows() {
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(result.request().estimators());
    rows.add(header);
    Function<Figures, String> rmse = f -> Numbers.significant(1e3 * f.rmseVolts()) + " mV";
    add("Accuracy: fresh cell, RMSE", EvaluationResult.ALL_FRESH, Phase.FIRST, rmse);
    add(
        "… 99 % optimistic error below 30 mV",
        EvaluationResult.ALL_FRESH,
        Phase.FIRST,
        f -> Numbers.significant(1e3 * f.optimisticVolts()) + " mV");
    add("Interpolation: whole grid, first session", EvaluationResult.WHOLE_GRID, Phase.FIRST, rmse);
    add("… after one identified session", EvaluationResult.WHOLE_GRID, Phase.IDENTIFIED, rmse);
    add("… all but grown films, first session", EvaluationResult.WITHOUT_FILM, Phase.FIRST, rmse);
    add("… all but grown films, identified", EvaluationResult.WITHOUT_FILM, Phase.IDENTIFIED, rmse);
    add("Extrapolation: colder, −20 to −12 °C", "beyond-cold", Phase.FIRST, rmse);
    add("… hotter, 47 to 55 °C", "beyond-hot", Phase.FIRST, rmse);
    add("… faster, 4C", "beyond-fast", Phase.FIRST, rmse);
    add("… older, 12 to 20 % of the lithium lost", "beyond-old", Phase.FIRST, rmse);
    add("Another code's charge, RMSE", OtherCode.NAME, Phase.FIRST, rmse);
    add(
        "Bound: truth above it, whole grid",
        EvaluationResult.WHOLE_GRID,
        Phase.FIRST,
        f -> Numbers.significant(100 * f.aboveSamples()) + " %");
    add(
        "… truth above it, beyond the range",
        EvaluationResult.BEYOND,
        Phase.FIRST,
        f -> Numbers.significant(100 * f.aboveSamples()) + " %");
    add(
        "… median gap, reference charge",
        "reference",
        Phase.FIRST,
        f -> Numbers.significant(1e3 * f.gapVolts()) + " mV");
    identity("Interpretation: lithium that drifts", "%", IdentityViolations::lithiumDriftPercent);
    identity("… voltage not explained", "mV", IdentityViolations::voltageMillivolts);
    identity("… anode potential not explained", "mV", IdentityViolations::anodePotentialMillivolts);
    identity("… wrong signs", "%", IdentityViolations::signPercent);
    identity("… not monotonic in the current", "%", IdentityViolations::monotonicityPercent);
    add(
        "Computation: one update, median / p99",
        EvaluationResult.WHOLE_GRID,
        Phase.FIRST,
        f ->
            Numbers.significant(f.updateMedianMicros())
                + " / "
                + Numbers.significant(f.updateP99Micros())
                + " µs");
    List<String> hours = new ArrayList<>(List.of("Data requirement: simulated hours behind it"));
    for (String estimator : result.request().estimators()) {
      hours.add(hours(estimator));
    }
    rows.add(hours);
    return rows;
  }

  /** As its card says, calibration and test included; physics learns nothing. */
  private String hours(String estimator) {
    if (estimator.equals("physics")) {
      return "0 h";
    }
    Optional<NetworkModel> shipped =
        Arrays.stream(FeatureSet.values())
            .filter(k -> k.estimatorName().equals(estimator))
            .findFirst()
            .flatMap(k -> Estimators.shipped(k, result.request().cell()));
    NetworkModel model = shipped.orElseGet(() -> ModelFile.read(Path.of(estimator)));
    return Numbers.significant(model.card().hoursOfData()) + " h";
  }

  private void identity(String title, String unit, ToDoubleFunction<IdentityViolations> value) {
    add(
        title,
        EvaluationResult.WHOLE_GRID,
        Phase.FIRST,
        f -> Numbers.significant(value.applyAsDouble(f.violations())) + " " + unit);
  }

  private void add(String title, String name, Phase phase, Function<Figures, String> value) {
    Optional<Row> row =
        result.rows().stream().filter(r -> r.name().equals(name) && r.phase() == phase).findFirst();
    if (row.isEmpty()) {
      return;
    }
    List<String> cells = new ArrayList<>(List.of(title));
    for (String estimator : result.request().estimators()) {
      Figures f = result.figures(row.get()).get(estimator);
      cells.add(f == null ? "–" : value.apply(f));
    }
    rows.add(cells);
  }
}
