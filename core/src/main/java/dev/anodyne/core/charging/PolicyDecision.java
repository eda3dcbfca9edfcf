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
 * @param slack which soft limits the plan passes, since no current keeps them, and by how much
 * @param collision limits that contradict each other or the battery, so that they leave no current
 *     or no way to the target
 */
public record PolicyDecision(
    double chargeCurrentAmps,
    double voltageCeilingVolts,
    PlanAhead plan,
    SolveStatus status,
    DecisionSource source,
    ActiveConstraint activeConstraint,
    long solveNanos,
    double heatWatts,
    SlackUse slack,
    Collision collision) {

  /** Without heater and cooler, with all limits kept. */
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

  /** With all limits kept. */
  public PolicyDecision(
      double chargeCurrentAmps,
      double voltageCeilingVolts,
      PlanAhead plan,
      SolveStatus status,
      DecisionSource source,
      ActiveConstraint activeConstraint,
      long solveNanos,
      double heatWatts) {
    this(
        chargeCurrentAmps,
        voltageCeilingVolts,
        plan,
        status,
        source,
        activeConstraint,
        solveNanos,
        heatWatts,
        SlackUse.NONE,
        Collision.NONE);
  }

  /** The same decision with another current and plan, explained by another limit. */
  public PolicyDecision withCurrent(
      double newCurrentAmps, PlanAhead newPlan, ActiveConstraint newConstraint) {
    return new PolicyDecision(
        newCurrentAmps,
        voltageCeilingVolts,
        newPlan,
        status,
        source,
        newConstraint,
        solveNanos,
        heatWatts,
        slack,
        collision);
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
        watts,
        slack,
        collision);
  }

  /** The same decision, telling which soft limits it passes. */
  public PolicyDecision withSlack(SlackUse used) {
    return new PolicyDecision(
        chargeCurrentAmps,
        voltageCeilingVolts,
        plan,
        status,
        source,
        activeConstraint,
        solveNanos,
        heatWatts,
        used,
        collision);
  }

  /** The same decision, telling which limits collide. */
  public PolicyDecision withCollision(Collision found) {
    return new PolicyDecision(
        chargeCurrentAmps,
        voltageCeilingVolts,
        plan,
        status,
        source,
        activeConstraint,
        solveNanos,
        heatWatts,
        slack,
        found);
  }
}
