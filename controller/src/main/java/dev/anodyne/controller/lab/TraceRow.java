package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.Collision;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.SlackUse;

/**
 * One control period: what was true at its start, what was believed, and what was decided.
 *
 * @param timeSeconds since the start, s
 * @param chargeCurrentAmps true mean cell current, A
 * @param voltageVolts true voltage of the highest cell, V
 * @param temperatureKelvin true temperature of the hottest cell, K
 * @param soc true state of charge of the battery, 0–1
 * @param anodePotentialVolts true anode potential of the lowest cell, V
 * @param estimatedAnodePotentialVolts as the estimator believes, V; NaN without a belief
 * @param anodePotentialLowerBoundVolts as the estimator believes, V; NaN without a belief
 * @param decision which rung decided
 * @param activeConstraint what explains the current
 * @param solveMillis time the decision took, ms
 * @param slack soft limits that the decision's plan passes, and by how much
 * @param collision limits that leave no current or no way to the target
 */
public record TraceRow(
    double timeSeconds,
    double chargeCurrentAmps,
    double voltageVolts,
    double temperatureKelvin,
    double soc,
    double anodePotentialVolts,
    double estimatedAnodePotentialVolts,
    double anodePotentialLowerBoundVolts,
    DecisionSource decision,
    ActiveConstraint activeConstraint,
    double solveMillis,
    SlackUse slack,
    Collision collision) {
  /** A row with all limits kept. */
  public TraceRow(
      double timeSeconds,
      double chargeCurrentAmps,
      double voltageVolts,
      double temperatureKelvin,
      double soc,
      double anodePotentialVolts,
      double estimatedAnodePotentialVolts,
      double anodePotentialLowerBoundVolts,
      DecisionSource decision,
      ActiveConstraint activeConstraint,
      double solveMillis) {
    this(
        timeSeconds,
        chargeCurrentAmps,
        voltageVolts,
        temperatureKelvin,
        soc,
        anodePotentialVolts,
        estimatedAnodePotentialVolts,
        anodePotentialLowerBoundVolts,
        decision,
        activeConstraint,
        solveMillis,
        SlackUse.NONE,
        Collision.NONE);
  }
}
