package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeSummary;
import dev.anodyne.controller.lab.RunResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one charge.
 *
 * @param scenario what was charged
 * @param contender who charged
 * @param key digest of everything that decides about the result
 * @param outcome its figures; null where the charge ended with an error
 * @param error why there are no figures, one line; empty when there are
 */
public record CompareRow(
    Scenario scenario, Contender contender, String key, @Nullable Outcome outcome, String error) {

  /**
   * The figures of a charge.
   *
   * @param reached whether the target was reached
   * @param violations limits that were passed, one sentence each
   * @param seconds time it took to compute, s
   * @param summary its figures
   * @param stay what it cost until the departure; null without one
   */
  public record Outcome(
      boolean reached,
      List<String> violations,
      double seconds,
      ChargeSummary summary,
      @Nullable StayFigures stay) {
    public Outcome {
      violations = List.copyOf(violations);
    }

    static Outcome of(RunResult run, double seconds) {
      StayFigures stay = run.stay().map(StayFigures::of).orElse(null);
      return new Outcome(run.reached(), run.violations(), seconds, run.summary(), stay);
    }
  }

  static CompareRow of(CompareTask task, Outcome outcome) {
    return new CompareRow(task.scenario(), task.contender(), task.key(), outcome, "");
  }

  static CompareRow failed(CompareTask task, RuntimeException e) {
    String text = e.getMessage() == null ? e.toString() : e.getMessage();
    String line = text.lines().findFirst().orElse(e.toString());
    return new CompareRow(task.scenario(), task.contender(), task.key(), null, line);
  }
}
