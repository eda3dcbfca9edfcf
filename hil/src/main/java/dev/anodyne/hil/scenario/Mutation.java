package dev.anodyne.hil.scenario;

import dev.anodyne.hil.stl.Judgement;
import dev.anodyne.hil.stl.Tightened;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a check can fail at all: on the very run that it passed, it must fail as soon as its
 * limits are closer than what was seen.
 *
 * @param check its name
 * @param verdict on the run as it was
 * @param tightened on the same run with the limits moved
 */
public record Mutation(String check, Verdict verdict, Verdict tightened) {
  private static final double BEYOND = 1e-6;

  /** True for a check that failed as it was, or does when it is tightened. */
  public boolean canFail() {
    return verdict == Verdict.FAIL || tightened == Verdict.FAIL;
  }

  /** Tightens each check of a run. */
  public static List<Mutation> of(Scenario scenario, ScenarioResult result) {
    Trace trace = result.trace();
    List<Mutation> mutations = new ArrayList<>();
    for (int i = 0; trace != null && i < result.checks().size(); i++) {
      CheckResult seen = result.checks().get(i);
      Verdict tightened =
          seen.verdict() == Verdict.PASS
              ? new Judge(trace).judge(tightened(scenario.checks().get(i), seen, trace)).verdict()
              : seen.verdict();
      mutations.add(new Mutation(seen.name(), seen.verdict(), tightened));
    }
    return mutations;
  }

  private static Check tightened(Check check, CheckResult seen, Trace trace) {
    if (check instanceof Check.Temporal temporal) {
      double margin = Judgement.robustness(temporal.formula(), trace)[0];
      return new Check.Temporal(temporal.name(), Tightened.of(temporal.formula(), beyond(margin)));
    } else if (check instanceof Check.Share share) {
      // Less than the whole time may be missed: all of it is.
      double margin =
          share.share() < 1
              ? Arrays.stream(Judgement.robustness(share.formula(), trace)).max().orElse(0)
              : seen.margin();
      return new Check.Share(
          share.name(),
          Tightened.of(share.formula(), beyond(margin)),
          share.during(),
          share.share());
    }
    Check.Follow follow = (Check.Follow) check;
    double less = follow.share() < 1 ? follow.tolerance() : seen.margin();
    return new Check.Follow(
        follow.name(),
        follow.channel(),
        follow.course(),
        follow.reference(),
        follow.tolerance() - beyond(less),
        follow.timeToleranceSeconds(),
        follow.during(),
        follow.share());
  }

  private static double beyond(double margin) {
    return margin + Math.max(BEYOND, BEYOND * Math.abs(margin));
  }
}
