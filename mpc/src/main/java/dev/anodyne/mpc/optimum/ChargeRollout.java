package dev.anodyne.mpc.optimum;

import dev.anodyne.core.p2d.P2dRollout;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.prediction.ConstraintClass;

/**
 * A whole charge in one step a move, with sensitivities, corrected by what {@link FineCharge} saw
 * within the moves: values are those of the long steps plus that difference, as it was at the last
 * correction. So the slopes are the long steps' and the limits are kept by the fine simulation.
 */
final class ChargeRollout {
  private final OptimumTask task;
  private final P2dState start;
  private final P2dRollout rollout;
  private final double[] seconds;
  private final int[] moveOfStep;
  private final double[][] correction;

  ChargeRollout(OptimumTask task, ChargeMesh mesh) {
    this.task = task;
    start = task.start();
    int moves = mesh.moves();
    seconds = mesh.seconds();
    rollout = new P2dRollout(task.model(), moves, moves);
    moveOfStep = new int[moves];
    for (int k = 0; k < moves; k++) {
      moveOfStep[k] = k;
    }
    correction = new double[ConstraintClass.count()][moves];
  }

  SolveStatus run(double[] amps, boolean withSensitivities) {
    double ambient = task.limits().ambientTemperatureKelvin();
    SolveStatus status =
        rollout.run(start, amps.length, seconds, moveOfStep, amps, ambient, withSensitivities);
    for (int k = 0; status.isUsable() && k < amps.length; k++) {
      if (!Double.isFinite(rollout.value(ConstraintClass.ANODE_POTENTIAL.output(), k))) {
        return SolveStatus.NUMERICAL_FAILURE;
      }
    }
    return status;
  }

  /** Takes over the difference of a fine simulation of the currents that were run last. */
  void correctBy(FineCharge fine) {
    for (int c = 0; c < correction.length; c++) {
      ConstraintClass constraint = ConstraintClass.at(c);
      for (int k = 0; k < seconds.length; k++) {
        correction[c][k] = fine.worst(constraint, k) - rollout.value(constraint.output(), k);
      }
    }
  }

  /** The nearest a move comes to a limit, in the output's unit. */
  double value(ConstraintClass constraint, int move) {
    return rollout.value(constraint.output(), move) + correction[constraint.ordinal()][move];
  }

  double sensitivity(ConstraintClass constraint, int step, int move) {
    return rollout.sensitivity(constraint.output(), step, move);
  }

  /** How far a limit is exceeded at worst, in slack units, ≥ 0. */
  double slack(ConstraintClass constraint) {
    double slack = 0.0;
    for (int k = 0; k < seconds.length; k++) {
      slack = Math.max(slack, task.excess(constraint, value(constraint, k)));
    }
    return slack;
  }
}
