package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.prediction.Collisions;
import org.jspecify.annotations.Nullable;

/**
 * A charging policy made of one {@link CurrentLaw} and the limits every policy obeys. Without a
 * valid belief, or when the law has no answer, it commands no current and says so.
 */
public final class LawPolicy implements ChargingPolicy {
  private final CurrentLaw law;
  private final HardLimits hardLimits;
  private final NanoClock clock;
  private final @Nullable Collisions collisions;

  /** Decides by {@code law} every {@code periodSeconds}. */
  public LawPolicy(CurrentLaw law, double periodSeconds, NanoClock clock) {
    this(law, periodSeconds, 0.0, clock);
  }

  /** The same on a charger with a known dead time, s. */
  public LawPolicy(
      CurrentLaw law, double periodSeconds, double chargerDelaySeconds, NanoClock clock) {
    this(law, periodSeconds, chargerDelaySeconds, clock, null);
  }

  /**
   * The same, naming limits that collide.
   *
   * @param collisions finds them; null for a policy that names none
   */
  public LawPolicy(
      CurrentLaw law,
      double periodSeconds,
      double chargerDelaySeconds,
      NanoClock clock,
      @Nullable Collisions collisions) {
    this.collisions = collisions;
    this.law = law;
    this.hardLimits = new HardLimits(periodSeconds, chargerDelaySeconds);
    this.clock = clock;
  }

  @Override
  public PolicyDecision next(CellEstimate estimate, ChargeLimits limits) {
    PolicyDecision decision = decide(estimate, limits);
    return collisions == null ? decision : collisions.told(decision, estimate, limits);
  }

  private PolicyDecision decide(CellEstimate estimate, ChargeLimits limits) {
    long start = clock.nanoTime();
    if (!estimate.valid()) {
      return zero(limits, start, SolveStatus.NOT_RUN);
    }
    if (!isFinite(estimate)) {
      return zero(limits, start, SolveStatus.NUMERICAL_FAILURE);
    }
    double wanted = law.wantedAmps(estimate, limits, hardLimits.presentAmps(estimate, limits));
    if (Double.isNaN(wanted)) {
      return zero(limits, start, SolveStatus.NUMERICAL_FAILURE);
    }
    double amps = hardLimits.apply(wanted, estimate, limits);
    ActiveConstraint why = hardLimits.binding();
    return new PolicyDecision(
        amps,
        limits.maxVoltageVolts(),
        PlanAhead.EMPTY,
        SolveStatus.OK,
        DecisionSource.BASELINE,
        why == ActiveConstraint.NONE ? law.explanation() : why,
        clock.nanoTime() - start);
  }

  /** What every law looks at; a law that needs more answers NaN itself. */
  private static boolean isFinite(CellEstimate estimate) {
    return Double.isFinite(estimate.voltageVolts())
        && Double.isFinite(estimate.temperatureKelvin())
        && Double.isFinite(estimate.soc());
  }

  private PolicyDecision zero(ChargeLimits limits, long start, SolveStatus status) {
    return new PolicyDecision(
        hardLimits.zero(),
        limits.maxVoltageVolts(),
        PlanAhead.EMPTY,
        status,
        DecisionSource.ZERO,
        ActiveConstraint.NONE,
        clock.nanoTime() - start);
  }
}
