package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.SolveStatus;
import java.util.Arrays;

/** What to do when no fresh decision is there: the rest of the last plan, then nothing. */
final class LastPlan {
  /** A plan older than this no longer knows the battery. */
  private static final double LONGEST_USE_SECONDS = 10.0;

  private LastPlan() {}

  /** No current, and how it came to that. */
  static PolicyDecision none(SolveStatus status, ActiveConstraint constraint) {
    return new PolicyDecision(0, 0, PlanAhead.EMPTY, status, DecisionSource.ZERO, constraint, 0);
  }

  /**
   * A decision that rests on a sample which was decided on before: it may lower the current that is
   * commanded, but not raise it, since nobody knows yet what the last command did.
   */
  static PolicyDecision notAbove(PolicyDecision decision, double commandedCellAmps) {
    if (decision.chargeCurrentAmps() <= commandedCellAmps) {
      return decision;
    }
    return decision.withCurrent(commandedCellAmps, PlanAhead.EMPTY, decision.activeConstraint());
  }

  /**
   * The decision that an older one implies for now. Never more than the older one commanded: later
   * moves of a plan that rises count on measurements that confirm the first, and there are none.
   *
   * @param decision an earlier decision with its plan
   * @param elapsedSeconds time since it was made
   * @param validitySeconds how long a decision without a plan may be held
   * @return the planned current within the decided one, or none when the plan is too short or too
   *     old
   */
  static PolicyDecision shifted(
      PolicyDecision decision, double elapsedSeconds, double validitySeconds) {
    PlanAhead plan = decision.plan();
    if (plan.length() == 0 && elapsedSeconds >= 0 && elapsedSeconds < validitySeconds) {
      return late(decision, decision.chargeCurrentAmps(), plan);
    }
    int first = 0;
    while (first < plan.length() && plan.secondsAhead()[first] <= elapsedSeconds) {
      first++;
    }
    if (first >= plan.length() || elapsedSeconds > LONGEST_USE_SECONDS || elapsedSeconds < 0) {
      return none(SolveStatus.DEADLINE, ActiveConstraint.NONE);
    }
    double amps = Math.min(decision.chargeCurrentAmps(), plan.chargeCurrentAmps()[first]);
    return late(decision, amps, rest(plan, first, elapsedSeconds));
  }

  /**
   * A decision some periods later, as it was meant: its plan's current, or its own where it has no
   * plan as long as that, and never more than its own.
   *
   * @param elapsedSeconds time since it was made, ≥ 0
   */
  static PolicyDecision followed(PolicyDecision decision, double elapsedSeconds) {
    PlanAhead plan = decision.plan();
    int first = 0;
    while (first < plan.length() && plan.secondsAhead()[first] <= elapsedSeconds) {
      first++;
    }
    boolean planned = first < plan.length();
    return new PolicyDecision(
        planned
            ? Math.min(decision.chargeCurrentAmps(), plan.chargeCurrentAmps()[first])
            : decision.chargeCurrentAmps(),
        decision.voltageCeilingVolts(),
        planned ? rest(plan, first, elapsedSeconds) : PlanAhead.EMPTY,
        decision.status(),
        decision.source(),
        decision.activeConstraint(),
        0, // nothing was solved for it
        decision.heatWatts(),
        decision.slack(),
        decision.collision());
  }

  private static PolicyDecision late(PolicyDecision decision, double cellAmps, PlanAhead plan) {
    boolean nothing = decision.source() == DecisionSource.ZERO;
    return new PolicyDecision(
        cellAmps,
        decision.voltageCeilingVolts(),
        plan,
        SolveStatus.DEADLINE,
        nothing ? DecisionSource.ZERO : DecisionSource.SHIFTED_PLAN,
        decision.activeConstraint(),
        decision.solveNanos());
  }

  private static PlanAhead rest(PlanAhead plan, int first, double elapsedSeconds) {
    double[] ahead = from(plan.secondsAhead(), first);
    for (int i = 0; i < ahead.length; i++) {
      ahead[i] -= elapsedSeconds;
    }
    return new PlanAhead(
        ahead,
        from(plan.chargeCurrentAmps(), first),
        from(plan.voltageVolts(), first),
        from(plan.anodePotentialVolts(), first),
        from(plan.temperatureKelvin(), first),
        from(plan.soc(), first));
  }

  private static double[] from(double[] values, int first) {
    return Arrays.copyOfRange(values, first, values.length);
  }
}
