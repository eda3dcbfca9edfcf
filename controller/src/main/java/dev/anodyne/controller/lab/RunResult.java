package dev.anodyne.controller.lab;

import java.util.List;

/**
 * What a run left behind.
 *
 * @param label what tables and plots call it
 * @param reached whether the target state of charge was reached
 * @param summary its figures
 * @param trace one row a control period
 * @param violations limits that were passed, one sentence each
 */
public record RunResult(
    String label,
    boolean reached,
    ChargeSummary summary,
    List<TraceRow> trace,
    List<String> violations) {
  public RunResult {
    trace = List.copyOf(trace);
    violations = List.copyOf(violations);
  }

  /** The same run under another name. */
  public RunResult withLabel(String newLabel) {
    return new RunResult(newLabel, reached, summary, trace, violations);
  }
}
