package dev.anodyne.mpc;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.SlackUse;
import dev.anodyne.mpc.prediction.ConstraintClass;
import dev.anodyne.mpc.prediction.Forecast;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.OutputOffsets;
import dev.anodyne.mpc.prediction.SoftLimits;

/** Where forecasts stand to the soft limits: sets these, and reads off what is near or beyond. */
final class PlanSlack {
  /**
   * What a plan is beyond a limit by up to this much is the curvature of the model, which
   * linearised limits do not see: 0.1 mV, 0.01 K, 0.0001, 1 mol/m³.
   */
  private static final double CURVATURE = 0.1;

  /** A limit this near counts as the one that explains the current, in slack units. */
  private static final double NEAR = 1.0;

  private final HorizonGrid grid;
  private final MpcSettings.Margins margins;
  private final SoftLimits soft;

  PlanSlack(HorizonGrid grid, MpcSettings.Margins margins) {
    this.grid = grid;
    this.margins = margins;
    soft = new SoftLimits(grid);
  }

  /** The limits as set last. */
  SoftLimits soft() {
    return soft;
  }

  /**
   * Takes over the limits and offsets of a decision.
   *
   * @param amps the current at which the anode potential's offset counts, A
   */
  void set(ChargeLimits limits, OutputOffsets offsets, double amps) {
    soft.set(
        ConstraintClass.ANODE_POTENTIAL,
        limits.minAnodePotentialVolts(),
        offsets.anodePotentialVolts(amps));
    soft.set(
        ConstraintClass.VOLTAGE,
        limits.maxVoltageVolts() - margins.voltageVolts(),
        offsets.voltageVolts());
    soft.set(
        ConstraintClass.TEMPERATURE,
        limits.maxTemperatureKelvin() - margins.temperatureKelvin(),
        offsets.temperatureKelvin());
    soft.set(ConstraintClass.STOICHIOMETRY, margins.maxAnodeSurfaceStoichiometry(), 0.0);
    soft.set(ConstraintClass.ELECTROLYTE, margins.minElectrolyteMolPerM3(), 0.0);
  }

  /** The largest slack that a forecast needs, of all classes. */
  double worst(Forecast forecast) {
    double worst = 0.0;
    for (int c = 0; c < ConstraintClass.count(); c++) {
      worst = Math.max(worst, soft.slack(ConstraintClass.at(c), forecast));
    }
    return worst;
  }

  /** By how much a forecast passes the limits, in the units of the outputs. */
  SlackUse used(Forecast forecast) {
    if (worst(forecast) <= CURVATURE) {
      return SlackUse.NONE;
    }
    return new SlackUse(
        used(ConstraintClass.ANODE_POTENTIAL, forecast),
        used(ConstraintClass.VOLTAGE, forecast),
        used(ConstraintClass.TEMPERATURE, forecast),
        used(ConstraintClass.STOICHIOMETRY, forecast),
        used(ConstraintClass.ELECTROLYTE, forecast));
  }

  private double used(ConstraintClass constraint, Forecast forecast) {
    double excess = worstExcess(constraint, forecast);
    return excess > CURVATURE ? excess / constraint.scale() : 0.0;
  }

  /** How far a forecast gets beyond a limit, in slack units; negative when it stays within. */
  double worstExcess(ConstraintClass constraint, Forecast forecast) {
    double worst = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < grid.steps(); k++) {
      worst = Math.max(worst, soft.excess(constraint, k, forecast.value(constraint, k)));
    }
    return worst;
  }

  /** The soft limit that a forecast reaches first; NONE when it reaches none. */
  ActiveConstraint firstReached(Forecast forecast) {
    for (int k = 0; k < grid.steps(); k++) {
      double nearest = -NEAR;
      ActiveConstraint found = ActiveConstraint.NONE;
      for (int c = 0; c < ConstraintClass.count(); c++) {
        ConstraintClass constraint = ConstraintClass.at(c);
        double excess = soft.excess(constraint, k, forecast.value(constraint, k));
        if (excess > nearest) {
          nearest = excess;
          found = constraint.constraint();
        }
      }
      if (found != ActiveConstraint.NONE) {
        return found;
      }
    }
    return ActiveConstraint.NONE;
  }
}
