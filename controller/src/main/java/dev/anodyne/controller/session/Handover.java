package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import java.util.Arrays;

/**
 * Lets the current rise slowly after a change of policy, from the current that flowed then, until
 * the new policy no longer wants more than that. Falls are never held back: less is always allowed,
 * and may be needed. Not thread-safe.
 */
final class Handover {
  /** Largest rise in a second, as a share of the session's current limit: 0.06C of 3C. */
  static final double RISE_SHARE_PER_SECOND = 0.02;

  private final double riseAmpsPerSecond;
  private double heldAmps;
  private long heldNanos;
  private boolean over;

  /**
   * A handover that begins.
   *
   * @param flowingAmps cell current that flows now, A
   * @param limitAmps the session's cell current limit, A
   */
  Handover(double flowingAmps, double limitAmps, long nowNanos) {
    heldAmps = flowingAmps;
    heldNanos = nowNanos;
    riseAmpsPerSecond = RISE_SHARE_PER_SECOND * limitAmps;
  }

  /** Whether the new policy has caught up: nothing is held back any more. */
  boolean isOver() {
    return over;
  }

  /** The decision, with a current and a plan that rise no faster than allowed. */
  PolicyDecision limit(PolicyDecision decision, long nowNanos) {
    double elapsed = Math.max(0.0, (nowNanos - heldNanos) * 1e-9);
    double allowed = heldAmps + riseAmpsPerSecond * elapsed;
    if (!(decision.chargeCurrentAmps() > allowed)) {
      over = true;
      return decision;
    }
    heldAmps = allowed;
    heldNanos = nowNanos;
    return decision.withCurrent(allowed, limited(decision.plan()), ActiveConstraint.RAMP);
  }

  /** What a late decision would fall back on must not rise faster either. */
  private PlanAhead limited(PlanAhead plan) {
    double[] amps = Arrays.copyOf(plan.chargeCurrentAmps(), plan.length());
    double begin = 0.0;
    for (int k = 0; k < amps.length; k++) {
      amps[k] = Math.min(amps[k], heldAmps + riseAmpsPerSecond * begin);
      begin = plan.secondsAhead()[k];
    }
    return new PlanAhead(
        plan.secondsAhead(),
        amps,
        plan.voltageVolts(),
        plan.anodePotentialVolts(),
        plan.temperatureKelvin(),
        plan.soc());
  }
}
