package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Parts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What to compare on what.
 *
 * @param contenders who charges; differences count against the first
 * @param grid what is charged
 */
public record CompareRequest(List<Contender> contenders, ScenarioGrid grid) {
  public CompareRequest {
    contenders = List.copyOf(contenders);
  }

  /** Every policy with every estimator; an oracle needs none and is there once. */
  public static CompareRequest of(
      List<String> policies, List<String> estimators, ScenarioGrid grid) {
    if (new HashSet<>(policies).size() < policies.size()) {
      throw new InputException(
          "--policies: " + String.join(",", policies) + " names one twice; allowed: each once.");
    }
    if (new HashSet<>(estimators).size() < estimators.size()) {
      throw new InputException(
          "--estimators: "
              + String.join(",", estimators)
              + " names one twice; allowed: each once.");
    }
    Set<Contender> contenders = new LinkedHashSet<>();
    for (String policy : policies) {
      for (String estimator : estimators) {
        contenders.add(new Contender(policy, Parts.isOracle(policy) ? Parts.TRUTH : estimator));
      }
    }
    return new CompareRequest(List.copyOf(contenders), grid);
  }

  /**
   * Looks everything up before minutes of computing.
   *
   * @throws InputException naming what cannot be used
   */
  public CompareRequest checked(ScenarioRunner runner) {
    grid.checked(runner);
    Set<String> cells = new HashSet<>();
    for (Scenario scenario : grid.scenarios()) {
      if (cells.add(scenario.cell())) {
        contenders.forEach(who -> Parts.check(runner.setup(scenario, who)));
      }
    }
    return this;
  }

  /** Scenario by scenario, so that an unfinished comparison is fair. */
  List<CompareTask> tasks(TaskDigest digest) {
    List<CompareTask> tasks = new ArrayList<>();
    for (Scenario scenario : grid.scenarios()) {
      for (Contender contender : contenders) {
        tasks.add(digest.task(scenario, contender));
      }
    }
    return tasks;
  }
}
