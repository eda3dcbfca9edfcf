package dev.anodyne.core.charging;

import dev.anodyne.core.p2d.SolveStatus;

/**
 * What a policy wants for one cell, and why. The guard has the last word.
 *
 * @param chargeCurrentAmps wanted cell current, A, ≥ 0
 * @param voltageCeilingVolts cell voltage the charger must not pass, V
 * @param plan the plan behind it
 * @param status how the solve ended
 * @param source which rung decided
 * @param activeConstraint the limit that explains the current
 * @param solveNanos time the decision took, ns
 * @param heatWatts wanted heat into the cell by heater or cooler, W; below 0 when it is cooled
 */
public record PolicyDecision(
    double chargeCurrentAmps,
    double voltageCeilingVolts,
    PlanAhead plan,
    SolveStatus status,
    DecisionSource source,
    ActiveConstraint activeConstraint,
    long solveNanos,
    double heatWatts) {

  /** Without heater and cooler. */
  public PolicyDecision(
      double chargeCurrentAmps,
      double voltageCeilingVolts,
      PlanAhead plan,
      SolveStatus status,
      DecisionSource source,
      ActiveConstraint activeConstraint,
      long solveNanos) {
    this(
        chargeCurrentAmps,
        voltageCeilingVolts,
        plan,
        status,
        source,
        activeConstraint,
        solveNanos,
        0.0);
  }

  /** The same decision with a heat into the cell, W. */
  public PolicyDecision withHeatWatts(double watts) {
    return new PolicyDecision(
        chargeCurrentAmps,
        voltageCeilingVolts,
        plan,
        status,
        source,
        activeConstraint,
        solveNanos,
        watts);
  }
}
