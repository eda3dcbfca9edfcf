package dev.anodyne.mpc.optimum;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.mpc.baseline.CurrentLaw;

/**
 * Plays a plan back by the clock, from the first decision on. Open loop: it looks at nothing but
 * the time, so on any cell but the one the plan was made for limits may be passed; what every
 * policy obeys (current, power, ramp, target) still holds.
 */
public final class OpenLoopLaw implements CurrentLaw {
  private static final double NANOS_PER_SECOND = 1e9;

  private final OpenLoopPlan plan;
  private final double periodSeconds;
  private boolean begun;
  private long beginNanos;

  /** Plays back {@code plan}, one mean current a period. */
  public OpenLoopLaw(OpenLoopPlan plan, double periodSeconds) {
    this.plan = plan;
    this.periodSeconds = periodSeconds;
  }

  @Override
  public double wantedAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    if (!begun) {
      begun = true;
      beginNanos = estimate.timeNanos();
    }
    double seconds = Math.max(0.0, (estimate.timeNanos() - beginNanos) / NANOS_PER_SECOND);
    return plan.meanAmps(seconds, seconds + periodSeconds);
  }

  @Override
  public ActiveConstraint explanation() {
    return ActiveConstraint.NONE;
  }
}
