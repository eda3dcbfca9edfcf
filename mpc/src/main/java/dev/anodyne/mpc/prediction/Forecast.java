package dev.anodyne.mpc.prediction;

import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dRollout;
import dev.anodyne.core.p2d.P2dRollout.Output;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;

/**
 * The cell model's future under the moves of a horizon, with sensitivities where asked for. Values
 * are the model's own; {@link SoftLimits} knows the offsets. Not thread-safe.
 */
public final class Forecast {
  private final HorizonGrid grid;
  private final P2dRollout rollout;

  /** Room for the forecasts of one horizon. */
  public Forecast(P2dModel model, HorizonGrid grid) {
    this.grid = grid;
    rollout = new P2dRollout(model, grid.steps(), grid.moves());
  }

  /**
   * Simulates.
   *
   * @param start Not modified.
   * @param moveAmps current of each move, A
   * @param ambientKelvin ambient temperature, K
   * @param withSensitivities whether {@link #sensitivity} will be asked
   */
  public SolveStatus run(
      P2dState start, double[] moveAmps, double ambientKelvin, boolean withSensitivities) {
    SolveStatus status =
        rollout.run(
            start,
            grid.steps(),
            grid.stepSeconds(),
            grid.moveOfStep(),
            moveAmps,
            ambientKelvin,
            withSensitivities);
    return status.isUsable() && !isFinite() ? SolveStatus.NUMERICAL_FAILURE : status;
  }

  /** The model's output at the end of a step. */
  public double value(ConstraintClass constraint, int step) {
    return rollout.value(constraint.output(), step);
  }

  /** Its derivative with respect to a move, a unit an ampere. */
  public double sensitivity(ConstraintClass constraint, int step, int move) {
    return rollout.sensitivity(constraint.output(), step, move);
  }

  /** The future for whoever looks at it, offsets included. */
  public PlanAhead toPlanAhead(double[] moveAmps, SoftLimits soft) {
    int steps = grid.steps();
    double[] seconds = new double[steps];
    double[] amps = new double[steps];
    double[] volts = new double[steps];
    double[] anode = new double[steps];
    double[] kelvin = new double[steps];
    double[] soc = new double[steps];
    for (int k = 0; k < steps; k++) {
      seconds[k] = grid.stepEndSeconds(k);
      amps[k] = moveAmps[grid.moveOfStep()[k]];
      volts[k] = corrected(ConstraintClass.VOLTAGE, soft, k);
      anode[k] = corrected(ConstraintClass.ANODE_POTENTIAL, soft, k);
      kelvin[k] = corrected(ConstraintClass.TEMPERATURE, soft, k);
      soc[k] = rollout.value(Output.SOC, k);
    }
    return new PlanAhead(seconds, amps, volts, anode, kelvin, soc);
  }

  private double corrected(ConstraintClass constraint, SoftLimits soft, int step) {
    return value(constraint, step) + soft.offset(constraint);
  }

  private boolean isFinite() {
    for (int k = 0; k < grid.steps(); k++) {
      for (int c = 0; c < ConstraintClass.count(); c++) {
        if (!Double.isFinite(value(ConstraintClass.at(c), k))) {
          return false;
        }
      }
    }
    return true;
  }
}
