package dev.anodyne.controller.lab.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All sessions of an evaluation, and what they add up to. */
public final class EvaluationResult {
  /** One row of the tables. */
  record Row(String name, String title, Phase phase, Bar.Scope scope, boolean aggregate) {
    String label() {
      return title + (phase == Phase.IDENTIFIED ? ", identified" : "");
    }
  }

  static final String ALL_FRESH = "fresh";
  static final String WHOLE_GRID = "grid";
  static final String BEYOND = "beyond";

  private final EvaluationRequest request;
  private final List<SessionScore> scores;
  private final double seconds;
  private final List<Row> rows = new ArrayList<>();
  private final Map<Row, Map<String, Figures>> figures = new LinkedHashMap<>();

  EvaluationResult(EvaluationRequest request, List<SessionScore> scores, double seconds) {
    this.request = request;
    this.scores = List.copyOf(scores);
    this.seconds = seconds;
    aggregate(ALL_FRESH, "fresh, 0 to 45 °C, to 3C", Bar.Scope.FRESH, k -> k == Stratum.Kind.FRESH);
    aggregate(
        WHOLE_GRID,
        "whole grid",
        Bar.Scope.GRID,
        k -> k == Stratum.Kind.GRID || k == Stratum.Kind.FRESH || k == Stratum.Kind.REFERENCE);
    aggregate(
        BEYOND, "beyond the training range", Bar.Scope.NONE, Stratum.Kind.EXTRAPOLATION::equals);
    for (Stratum s : Stratum.grid()) {
      for (Phase phase : s.phases()) {
        Row row = new Row(s.name(), s.title(), phase, Bar.Scope.of(s), false);
        put(row, score -> score.stratum.equals(s.name()) && score.phase == phase);
      }
    }
    put(
        new Row(OtherCode.NAME, "another code's 2C charge", Phase.FIRST, Bar.Scope.FRESH, false),
        score -> score.stratum.equals(OtherCode.NAME));
  }

  private void aggregate(
      String name, String title, Bar.Scope scope, Predicate<Stratum.Kind> which) {
    Map<String, Stratum.Kind> kinds = new LinkedHashMap<>();
    // Joining under load is judged for itself.
    Stratum.grid().stream().filter(s -> !s.underLoad()).forEach(s -> kinds.put(s.name(), s.kind()));
    for (Phase phase : Phase.values()) {
      put(
          new Row(name, title, phase, scope, true),
          score -> {
            Stratum.Kind kind = kinds.get(score.stratum);
            return kind != null && which.test(kind) && score.phase == phase;
          });
    }
  }

  private void put(Row row, Predicate<SessionScore> which) {
    Map<String, Figures> byEstimator = new LinkedHashMap<>();
    for (String estimator : request.estimators()) {
      List<SessionScore> own =
          scores.stream().filter(s -> s.estimator.equals(estimator)).filter(which).toList();
      if (!own.isEmpty()) {
        byEstimator.put(estimator, Figures.of(own));
      }
    }
    if (!byEstimator.isEmpty()) {
      rows.add(row);
      figures.put(row, byEstimator);
    }
  }

  EvaluationRequest request() {
    return request;
  }

  List<SessionScore> scores() {
    return scores;
  }

  /** How long it took, s. */
  public double seconds() {
    return seconds;
  }

  /** Aggregates first, then strata. */
  List<Row> rows() {
    return rows;
  }

  /** The row of a name, if there are sessions of it. */
  Optional<Row> row(String name, Phase phase) {
    return rows.stream().filter(r -> r.name().equals(name) && r.phase() == phase).findFirst();
  }

  /** Figures of a row by estimator. */
  Map<String, Figures> figures(Row row) {
    return figures.getOrDefault(row, Map.of());
  }
}
