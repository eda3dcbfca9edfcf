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
 */
public record PolicyDecision(
    double chargeCurrentAmps,
    double voltageCeilingVolts,
    PlanAhead plan,
    SolveStatus status,
    DecisionSource source,
    ActiveConstraint activeConstraint,
    long solveNanos) {}
