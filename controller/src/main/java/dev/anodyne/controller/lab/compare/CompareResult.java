package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.Parts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All charges of a comparison, and what they come to.
 *
 * @param contenders in the order of the request; differences count against the first
 * @param rows scenario by scenario
 */
public record CompareResult(List<Contender> contenders, List<CompareRow> rows) {
  public CompareResult {
    contenders = List.copyOf(contenders);
    rows = List.copyOf(rows);
  }

  /** One way to part the scenarios: by temperature, by age, … */
  public record Breakdown(String title, Map<String, List<ContenderStats>> parts) {}

  /** Everything together, one entry a contender. */
  public List<ContenderStats> stats() {
    return stats(rows);
  }

  /** On what scenarios can differ, but for the seeds, and what a scenario has there. */
  private static final Map<String, Function<Scenario, String>> AXES = axes();

  private static Map<String, Function<Scenario, String>> axes() {
    Map<String, Function<Scenario, String>> axes = new LinkedHashMap<>();
    axes.put("Part", Scenario::block);
    axes.put("Cell", Scenario::cell);
    axes.put("Ambient", s -> Numbers.shortest(s.ambientCelsius()) + " °C");
    axes.put("Start", s -> Numbers.percent(s.fromSoc()));
    axes.put("Age", Scenario::aged);
    axes.put("Plant", Scenario::plant);
    axes.put("Sensors", Scenario::sensors);
    axes.put("Goal", s -> s.aim().name());
    axes.put("Period", s -> Numbers.shortest(s.periodSeconds()) + " s");
    axes.put("Battery", s -> s.known() ? "known" : "new");
    return axes;
  }

  /** Along every axis on which the scenarios differ. */
  public List<Breakdown> breakdowns() {
    List<Breakdown> all = new ArrayList<>();
    AXES.forEach((title, part) -> add(all, title, part));
    return all;
  }

  /** What a scenario has on an axis that {@link #breakdowns} names. */
  static String partOf(Scenario scenario, String axis) {
    return Objects.requireNonNull(AXES.get(axis)).apply(scenario);
  }

  /** The charges with the lowest true anode potential first. */
  List<CompareRow> worstFirst() {
    return rows.stream()
        .filter(r -> r.outcome() != null)
        .sorted(Comparator.comparingDouble(CompareResult::lowestVolts))
        .toList();
  }

  /** Charges that ended with an error. */
  public List<CompareRow> failures() {
    return rows.stream().filter(r -> r.outcome() == null).toList();
  }

  /** What tables call a contender; no two are called the same. */
  String label(Contender contender) {
    String label = shortLabel(contender);
    boolean alone = contenders.stream().filter(c -> shortLabel(c).equals(label)).count() == 1;
    return alone ? label : contender.policy() + " · " + contender.estimator();
  }

  private String shortLabel(Contender contender) {
    boolean several =
        contenders.stream().map(Contender::estimator).distinct().count() > 1
            && !Parts.isOracle(contender.policy());
    return contender.label(several);
  }

  static double lowestVolts(CompareRow row) {
    CompareRow.Outcome outcome = row.outcome();
    return outcome == null ? Double.NaN : outcome.summary().minAnodePotentialVolts();
  }

  private void add(List<Breakdown> all, String title, Function<Scenario, String> part) {
    Set<String> values = new LinkedHashSet<>();
    rows.forEach(r -> values.add(part.apply(r.scenario())));
    if (values.size() < 2) {
      return;
    }
    Map<String, List<ContenderStats>> parts = new LinkedHashMap<>();
    for (String value : values) {
      parts.put(
          value, stats(rows.stream().filter(r -> part.apply(r.scenario()).equals(value)).toList()));
    }
    all.add(new Breakdown(title, parts));
  }

  private List<ContenderStats> stats(List<CompareRow> of) {
    List<ContenderStats> stats = new ArrayList<>();
    @Nullable List<CompareRow> first = null;
    for (Contender contender : contenders) {
      List<CompareRow> own = of.stream().filter(r -> r.contender().equals(contender)).toList();
      stats.add(ContenderStats.of(label(contender), own, first));
      first = first == null ? own : first;
    }
    return stats;
  }
}
