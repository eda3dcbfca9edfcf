package dev.anodyne.controller.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run left behind.
 *
 * @param label what tables and plots call it
 * @param reached whether the target state of charge was reached
 * @param summary its figures
 * @param trace one row a control period
 * @param violations limits that were passed, one sentence each
 * @param plans what was planned at each decision, for policies that plan; empty where nobody keeps
 *     them
 * @param stay figures at the departure; empty when there was none
 */
public record RunResult(
    String label,
    boolean reached,
    ChargeSummary summary,
    List<TraceRow> trace,
    List<String> violations,
    List<TimedPlan> plans,
    Optional<Stay> stay) {
  public RunResult {
    trace = List.copyOf(trace);
    violations = List.copyOf(violations);
    plans = List.copyOf(plans);
  }

  /** A run without a departure. */
  public RunResult(
      String label,
      boolean reached,
      ChargeSummary summary,
      List<TraceRow> trace,
      List<String> violations,
      List<TimedPlan> plans) {
    this(label, reached, summary, trace, violations, plans, Optional.empty());
  }

  /** A run whose plans are not kept. */
  public RunResult(
      String label,
      boolean reached,
      ChargeSummary summary,
      List<TraceRow> trace,
      List<String> violations) {
    this(label, reached, summary, trace, violations, List.of());
  }

  /** The figures with what the decisions told about their limits: {@code summary.json}. */
  public Map<String, @Nullable Object> summaryMap() {
    Map<String, @Nullable Object> map = summary.toMap();
    map.putAll(new ToldLimits(trace).toMap());
    return map;
  }

  /** The same run under another name. */
  public RunResult withLabel(String newLabel) {
    return new RunResult(newLabel, reached, summary, trace, violations, plans, stay);
  }

  /** The same run with fewer plans or none: they are 7 kB each. */
  public RunResult withPlans(List<TimedPlan> fewer) {
    return new RunResult(label, reached, summary, trace, violations, fewer, stay);
  }

  /** The same run with its figures at the departure. */
  RunResult withStay(Optional<Stay> figures) {
    return new RunResult(label, reached, summary, trace, violations, plans, figures);
  }
}
