package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.Progress;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.training.DataSet;
import dev.anodyne.estimators.training.TrainRequest;
import dev.anodyne.estimators.training.TrainedModel;
import dev.anodyne.estimators.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What estimators need to learn: each kind of network is trained on an eighth, a quarter, a half
 * and all of a data set's training batteries, and judged on the same grid. Calibration is the same
 * for all.
 *
 * @param epochs passes over the data, the same for all
 * @param points in order of kind and hours
 */
public record DataRequirement(int epochs, List<Point> points) {
  private static final double[] SHARES = {0.125, 0.25, 0.5, 1};

  /**
   * One trained model.
   *
   * @param estimator its kind
   * @param hours simulated hours that its weights were fitted to
   * @param freshVolts anode potential RMSE of fresh cells, V
   * @param gridVolts the same over the whole grid, first sessions, V
   * @param identifiedVolts the same after one identified session, V
   */
  public record Point(
      String estimator,
      double hours,
      double freshVolts,
      double gridVolts,
      double identifiedVolts) {}

  public DataRequirement {
    points = List.copyOf(points);
  }

  /**
   * Trains and judges. Takes a training a kind and share.
   *
   * @param request what to judge with; its estimators do not matter
   * @param epochs passes over the data
   * @param training hears about the training
   */
  public static DataRequirement measure(
      EvaluationRequest request, DataSet data, int epochs, Progress training, Progress judging)
      throws InterruptedException, IOException {
    Path folder = Files.createTempDirectory("anodyne-evaluate");
    try {
      Map<Path, Point> models = train(request, data, epochs, folder, training);
      List<String> names = models.keySet().stream().map(Path::toString).toList();
      EvaluationResult result = Evaluation.run(request.withEstimators(names), judging);
      List<Point> points = new ArrayList<>();
      models.forEach(
          (model, p) ->
              points.add(
                  new Point(
                      p.estimator(),
                      p.hours(),
                      rmse(result, EvaluationResult.ALL_FRESH, Phase.FIRST, model),
                      rmse(result, EvaluationResult.WHOLE_GRID, Phase.FIRST, model),
                      rmse(result, EvaluationResult.WHOLE_GRID, Phase.IDENTIFIED, model))));
      return new DataRequirement(epochs, points);
    } finally {
      delete(folder);
    }
  }

  private static Map<Path, Point> train(
      EvaluationRequest request, DataSet data, int epochs, Path folder, Progress progress) {
    Map<Path, Point> models = new LinkedHashMap<>();
    int total = FeatureSet.values().length * SHARES.length;
    for (FeatureSet kind : FeatureSet.values()) {
      for (double share : SHARES) {
        DataSet part = data.withTrainingShare(share);
        int done = models.size();
        TrainRequest training =
            TrainRequest.of(request.cell(), kind)
                .withSeed(data.seed())
                .withEpochs(epochs)
                .withProgress(
                    (stage, of, detail) ->
                        progress.at(
                            (done + of) / total,
                            String.format(
                                Locale.ROOT, "%s on %.0f %%", kind.estimatorName(), 100 * share)));
        TrainedModel model = Trainer.train(training, part);
        Path file = folder.resolve(kind.estimatorName() + "-" + models.size() + ".json");
        model.save(file);
        double nan = Double.NaN;
        models.put(file, new Point(kind.estimatorName(), part.trainingHours(), nan, nan, nan));
      }
    }
    return models;
  }

  private static double rmse(EvaluationResult result, String row, Phase phase, Path model) {
    return result
        .row(row, phase)
        .map(r -> result.figures(r).get(model.toString()))
        .map(Figures::rmseVolts)
        .orElse(Double.NaN);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Points of one kind, fewest hours first. */
  List<Point> of(String estimator) {
    return points.stream()
        .filter(p -> p.estimator().equals(estimator))
        .sorted(Comparator.comparingDouble(Point::hours))
        .toList();
  }

  private List<String> kinds() {
    return points.stream().map(Point::estimator).distinct().toList();
  }

  /** For the report. */
  Map<String, @Nullable Object> plots() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(
        "note",
        "Anode potential RMSE, mV, after "
            + epochs
            + " epochs on a share of the same data set's training batteries.");
    map.put(
        "plots",
        List.of(
            plot("Fresh cells", Point::freshVolts),
            plot("Whole grid, first session", Point::gridVolts),
            plot("Whole grid, identified", Point::identifiedVolts)));
    return map;
  }

  private Map<String, @Nullable Object> plot(
      String title, java.util.function.ToDoubleFunction<Point> value) {
    List<Object> series = new ArrayList<>();
    for (String kind : kinds()) {
      series.add(
          Map.of(
              "label",
              kind,
              "values",
              of(kind).stream().map(p -> Math.rint(1e6 * value.applyAsDouble(p)) / 1e3).toList()));
    }
    Map<String, @Nullable Object> plot = new LinkedHashMap<>();
    plot.put("title", title + ", mV");
    plot.put("about", "");
    plot.put(
        "hours", of(kinds().get(0)).stream().map(p -> Math.rint(10 * p.hours()) / 10).toList());
    plot.put("series", series);
    return plot;
  }

  /** For {@code summary.json}. */
  List<Map<String, @Nullable Object>> toList() {
    return points.stream()
        .<Map<String, @Nullable Object>>map(
            p -> {
              Map<String, @Nullable Object> map = new LinkedHashMap<>();
              map.put("estimator", p.estimator());
              map.put("training_hours", p.hours());
              map.put("fresh_rmse_mV", 1e3 * p.freshVolts());
              map.put("grid_rmse_mV", 1e3 * p.gridVolts());
              map.put("grid_identified_rmse_mV", 1e3 * p.identifiedVolts());
              return map;
            })
        .toList();
  }

  /** Rows of a table: kind, hours, errors. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("estimator", "training hours", "fresh, mV", "whole grid, mV", "identified, mV"));
    for (Point p : points) {
      rows.add(
          List.of(
              p.estimator(),
              Numbers.significant(p.hours()),
              Numbers.significant(1e3 * p.freshVolts()),
              Numbers.significant(1e3 * p.gridVolts()),
              Numbers.significant(1e3 * p.identifiedVolts())));
    }
    return rows;
  }
}
