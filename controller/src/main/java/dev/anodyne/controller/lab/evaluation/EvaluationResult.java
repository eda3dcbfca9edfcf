package dev.anodyne.controller.lab.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
  static final String WITHOUT_FILM = "grid-without-film";
  static final String BEYOND = "beyond";

  private static final Set<Stratum.Kind> IN_GRID =
      Set.of(Stratum.Kind.FRESH, Stratum.Kind.REFERENCE, Stratum.Kind.GRID);

  private final EvaluationRequest request;
  private final List<SessionScore> scores;
  private final double seconds;
  private Optional<DataRequirement> dataRequirement = Optional.empty();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Row, Map<String, Figures>> figures = new LinkedHashMap<>();

  EvaluationResult(EvaluationRequest request, List<SessionScore> scores, double seconds) {
    this.request = request;
    this.scores = List.copyOf(scores);
    this.seconds = seconds;
    aggregate(
        ALL_FRESH,
        "fresh, 0 to 45 °C, to 3C",
        Bar.Scope.FRESH,
        s -> s.kind() == Stratum.Kind.FRESH);
    aggregate(WHOLE_GRID, "whole grid", Bar.Scope.GRID, s -> IN_GRID.contains(s.kind()));
    aggregate(
        WITHOUT_FILM,
        "whole grid but grown films",
        Bar.Scope.GRID,
        s -> IN_GRID.contains(s.kind()) && s.health() != Health.FILM);
    aggregate(
        BEYOND,
        "beyond the training range",
        Bar.Scope.NONE,
        s -> s.kind() == Stratum.Kind.EXTRAPOLATION);
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

  private void aggregate(String name, String title, Bar.Scope scope, Predicate<Stratum> which) {
    // Joining under load is judged for itself.
    Set<String> names =
        Stratum.grid().stream()
            .filter(s -> !s.underLoad() && which.test(s))
            .map(Stratum::name)
            .collect(Collectors.toSet());
    for (Phase phase : Phase.values()) {
      put(
          new Row(name, title, phase, scope, true),
          score -> score.phase == phase && names.contains(score.stratum));
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

  /** The same with what learning needs. */
  public EvaluationResult with(DataRequirement measured) {
    EvaluationResult result = new EvaluationResult(request, scores, seconds);
    result.dataRequirement = Optional.of(measured);
    return result;
  }

  /** Empty when it was not measured. */
  Optional<DataRequirement> dataRequirement() {
    return dataRequirement;
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
