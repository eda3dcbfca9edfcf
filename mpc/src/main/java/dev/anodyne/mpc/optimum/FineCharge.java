package dev.anodyne.mpc.optimum;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.prediction.ConstraintClass;

/**
 * A current over time, simulated step by step with error control: what the limits see within every
 * move, and when the target is reached. The judge of plans that were made with long steps. Owns its
 * memory; not thread-safe.
 */
final class FineCharge {
  /** Longest step, s. Within it the anode potential of a steady current moves by µV. */
  private static final double STEP_SECONDS = 1.0;

  private final OptimumTask task;
  private final P2dState state;
  private final P2dWorkspace workspace;
  private final P2dOutputs outputs = new P2dOutputs();
  private double[][] worst = new double[ConstraintClass.count()][0];
  private double secondsToTarget;

  FineCharge(OptimumTask task) {
    this.task = task;
    state = task.start();
    workspace = task.model().newWorkspace();
  }

  /** Simulates a plan over all its moves. */
  SolveStatus run(ChargeMesh mesh, double[] amps) {
    state.copyFrom(task.start());
    worst = new double[ConstraintClass.count()][mesh.moves()];
    secondsToTarget = Double.NaN;
    double soc = task.startSoc();
    for (int j = 0; j < mesh.moves(); j++) {
      int steps = (int) Math.max(1, Math.ceil(mesh.seconds()[j] / STEP_SECONDS - 1e-9));
      double dt = mesh.seconds()[j] / steps;
      for (int i = 0; i < steps; i++) {
        SolveStatus status = step(amps[j], dt);
        if (!status.isUsable()) {
          return status;
        }
        note(j, i == 0);
        if (Double.isNaN(secondsToTarget) && outputs.soc >= task.limits().targetSoc()) {
          double share = (task.limits().targetSoc() - soc) / (outputs.soc - soc);
          secondsToTarget = mesh.startSeconds(j) + (i + share) * dt;
        }
        soc = outputs.soc;
      }
    }
    return SolveStatus.OK;
  }

  private SolveStatus step(double amps, double dt) {
    return P2dStepper.step(
        task.model(),
        state,
        P2dControl.CURRENT,
        amps,
        dt,
        task.limits().ambientTemperatureKelvin(),
        workspace,
        outputs);
  }

  private void note(int move, boolean first) {
    for (int c = 0; c < worst.length; c++) {
      ConstraintClass constraint = ConstraintClass.at(c);
      double value = value(constraint);
      double sign = constraint.sign();
      if (first || sign * value > sign * worst[c][move]) {
        worst[c][move] = value;
      }
    }
  }

  private double value(ConstraintClass constraint) {
    return switch (constraint) {
      case ANODE_POTENTIAL -> outputs.anodePotentialVolts;
      case VOLTAGE -> outputs.voltageVolts;
      case TEMPERATURE -> outputs.temperatureKelvin;
      case STOICHIOMETRY -> outputs.anodeSurfaceStoichiometryAtSeparator;
      case ELECTROLYTE -> outputs.electrolyteAtAnodeCollectorMolPerM3;
    };
  }

  /** The value nearest to (or furthest beyond) its limit within a move. */
  double worst(ConstraintClass constraint, int move) {
    return worst[constraint.ordinal()][move];
  }

  /** How far the charge goes beyond a limit at worst before the target, in slack units. */
  double worstExcess(ConstraintClass constraint) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : worst[constraint.ordinal()]) {
      most = Math.max(most, task.excess(constraint, value));
    }
    return most;
  }

  /** When the target state of charge was passed, s from the start; NaN when it was not. */
  double secondsToTarget() {
    return secondsToTarget;
  }
}
