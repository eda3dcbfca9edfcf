package dev.anodyne.hil.scenario;

import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.ScenarioResult.FaultSpan;
import dev.anodyne.hil.verdict.Verdict;
import java.util.List;

/**
 * Makes a run's verdict: the worst of its checks. A run that broke is ERROR. One whose bench was
 * late is INVALID whatever its checks say: the lateness may be what violated them. One whose plant
 * could not be computed to the end is INVALID, unless a check was violated before.
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

  ScenarioResult result(Trace trace, List<FaultSpan> spans, RunEnd end) {
    Judge judge = new Judge(end.isEarly() ? trace.cut() : trace);
    List<CheckResult> checks = scenario.checks().stream().map(judge::judge).toList();
    Verdict worst = Verdict.worst(checks.stream().map(CheckResult::verdict).toList());
    String reason = "";
    if (!end.trouble().isEmpty()) {
      worst = Verdict.ERROR;
      reason = end.trouble();
    } else if (!end.worthless().isEmpty()) {
      worst = Verdict.INVALID;
      reason = end.worthless();
    } else if (!end.plantBroke().isEmpty()) {
      worst = worst.compareTo(Verdict.FAIL) >= 0 ? worst : Verdict.INVALID;
      reason = end.plantBroke();
    } else if (end.aborted()) {
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
