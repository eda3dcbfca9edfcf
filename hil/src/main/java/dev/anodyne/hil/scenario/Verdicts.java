package dev.anodyne.hil.scenario;

import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.ScenarioResult.FaultSpan;
import dev.anodyne.hil.verdict.Verdict;
import java.util.List;

/**
 * Makes a run's verdict: the worst of its checks. A run that broke is ERROR. One whose bench failed
 * is INVALID, unless a check was violated before: what was seen was seen.
 */
final class Verdicts {
  private final Scenario scenario;
  private final String sut;
  private final double wallSeconds;

  Verdicts(Scenario scenario, String sut, double wallSeconds) {
    this.scenario = scenario;
    this.sut = sut;
    this.wallSeconds = wallSeconds;
  }

  /**
   * @param trouble why the run broke; empty when it did not
   * @param invalid what the bench did wrong; empty when nothing
   * @param aborted whether a person ended it
   */
  ScenarioResult result(
      Trace trace, List<FaultSpan> spans, String trouble, String invalid, boolean aborted) {
    Judge judge = new Judge(trace);
    List<CheckResult> checks = scenario.checks().stream().map(judge::judge).toList();
    Verdict worst = Verdict.worst(checks.stream().map(CheckResult::verdict).toList());
    String reason = "";
    if (!trouble.isEmpty()) {
      worst = Verdict.ERROR;
      reason = trouble;
    } else if (!invalid.isEmpty() && worst != Verdict.FAIL && worst != Verdict.ERROR) {
      worst = Verdict.INVALID;
      reason = invalid;
    } else if (aborted) {
      worst = Verdict.worst(List.of(worst, Verdict.INCONCLUSIVE));
      reason = "Ended by hand at " + trace.time(trace.length() - 1) + " s.";
    }
    return new ScenarioResult(
        scenario.id(),
        scenario.title(),
        scenario.file(),
        scenario.verifies(),
        sut,
        scenario.plant().seed(),
        worst,
        scenario.stated(sut),
        reason,
        checks,
        spans,
        trace.time(trace.length() - 1),
        wallSeconds,
        trace);
  }
}
