package dev.anodyne.mpc.optimum;

import dev.anodyne.mpc.lp.LpStatus;
import dev.anodyne.mpc.lp.OrToolsLinearProgram;
import dev.anodyne.mpc.prediction.ConstraintClass;
import java.util.ArrayList;
import java.util.List;

/**
 * The linear program over a whole charge:
 *
 * <pre>
 * max  Σⱼ Δtⱼ·Iⱼ/T − Σ_c ρ_c·s_c
 * s.t. lowⱼ ≤ Iⱼ ≤ highⱼ                         current, power, trust region
 *      Iⱼ − Iⱼ₋₁ ≤ ramp·period                    I₋₁ = 0
 *      yₖ(Ī) + Σⱼ ∂yₖ/∂Iⱼ·(Iⱼ − Īⱼ) ≤ limit_c + s_c    rows within reach of their limit
 * </pre>
 *
 * The most charge at a given time is the least time for that charge. Slack has an exact penalty: a
 * millivolt is worth about 1 % of the current, far less than ρ.
 */
final class OptimumProgram {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Penalty a slack unit, A. */
  private static final double SLACK_AMPS = 0.5;

  /** Rows further than this within their limit are left out, in slack units. */
  private static final double OUT_OF_REACH = 60.0;

  private final OptimumTask task;
  private final ChargeMesh mesh;
  private final double[] worth;
  private double promised;

  OptimumProgram(OptimumTask task, ChargeMesh mesh) {
    this.task = task;
    this.mesh = mesh;
    worth = new double[mesh.moves()];
    for (int j = 0; j < worth.length; j++) {
      worth[j] = mesh.seconds()[j] / mesh.endSeconds();
    }
  }

  /** Weighted mean current minus what the slack of a simulation costs, A. */
  double merit(double[] amps, ChargeRollout rollout) {
    double merit = 0.0;
    for (int j = 0; j < worth.length; j++) {
      merit += worth[j] * amps[j];
    }
    for (int c = 0; c < ConstraintClass.count(); c++) {
      merit -= SLACK_AMPS * rollout.slack(ConstraintClass.at(c));
    }
    return merit;
  }

  /**
   * Solves.
   *
   * @param slopes simulation with sensitivities at {@code bar}
   * @param values simulation at {@code at} that the rows pass through: the same, or that of a
   *     rejected answer (second-order correction)
   * @param bar centre of the trust region, A
   * @param trustAmps how far the currents may move
   * @param answer filled, A
   */
  LpStatus solve(
      ChargeRollout slopes,
      ChargeRollout values,
      double[] at,
      double[] bar,
      double trustAmps,
      double[] answer) {
    List<int[]> near = near(slopes, values);
    int moves = mesh.moves();
    int slacks = ConstraintClass.count();
    boolean ramped = Double.isFinite(task.limits().maxRampAmpsPerSecond());
    int rampRows = ramped ? moves : 0;
    OrToolsLinearProgram lp =
        new OrToolsLinearProgram(moves + slacks, Math.max(1, near.size() + rampRows));
    try {
      bound(lp, slopes, bar, trustAmps);
      for (int c = 0; c < slacks; c++) {
        lp.setVariableBounds(moves + c, 0.0, INFINITY);
        lp.setObjective(moves + c, -SLACK_AMPS);
      }
      if (ramped) {
        ramp(lp, near.size());
      }
      for (int r = 0; r < near.size(); r++) {
        row(lp, r, near.get(r), slopes, values, at);
      }
      LpStatus status = lp.solve(0);
      if (status.hasSolution()) {
        promised = lp.objectiveValue();
        for (int j = 0; j < moves; j++) {
          answer[j] = lp.value(j);
        }
      }
      return status;
    } finally {
      lp.close();
    }
  }

  /** The merit that the last answer would have were the model linear, A. */
  double promisedMerit() {
    return promised;
  }

  private void bound(OrToolsLinearProgram lp, ChargeRollout now, double[] bar, double trust) {
    for (int j = 0; j < bar.length; j++) {
      double volts = Math.min(task.limits().maxVoltageVolts(), now.value(voltage(), j));
      double cap =
          Math.min(task.limits().maxChargeCurrentAmps(), task.limits().maxPowerWatts() / volts);
      double low = Math.max(0.0, bar[j] - trust);
      lp.setVariableBounds(j, Math.min(low, cap), Math.min(cap, bar[j] + trust));
      lp.setObjective(j, worth[j]);
    }
  }

  private static ConstraintClass voltage() {
    return ConstraintClass.VOLTAGE;
  }

  /** A controller raises its command by at most this in one period; a fall is not limited. */
  private void ramp(OrToolsLinearProgram lp, int firstRow) {
    double rise = task.limits().maxRampAmpsPerSecond() * task.periodSeconds();
    for (int j = 0; j < mesh.moves(); j++) {
      lp.setCoefficient(firstRow + j, j, 1.0);
      if (j > 0) {
        lp.setCoefficient(firstRow + j, j - 1, -1.0);
      }
      lp.setRowBounds(firstRow + j, Double.NEGATIVE_INFINITY, rise);
    }
  }

  private void row(
      OrToolsLinearProgram lp,
      int row,
      int[] where,
      ChargeRollout slopes,
      ChargeRollout values,
      double[] at) {
    ConstraintClass constraint = ConstraintClass.at(where[0]);
    int step = where[1];
    double factor = constraint.sign() * constraint.scale();
    double bound = -task.excess(constraint, values.value(constraint, step));
    for (int j = 0; j <= step; j++) {
      double slope = factor * slopes.sensitivity(constraint, step, j);
      lp.setCoefficient(row, j, slope);
      bound += slope * at[j];
    }
    lp.setCoefficient(row, mesh.moves() + where[0], -1.0);
    lp.setRowBounds(row, Double.NEGATIVE_INFINITY, bound);
  }

  /** Class and step of the rows that are within reach of their limit. */
  private List<int[]> near(ChargeRollout slopes, ChargeRollout values) {
    List<int[]> rows = new ArrayList<>();
    for (int c = 0; c < ConstraintClass.count(); c++) {
      ConstraintClass constraint = ConstraintClass.at(c);
      for (int k = 0; k < mesh.moves(); k++) {
        double excess =
            Math.max(
                task.excess(constraint, slopes.value(constraint, k)),
                task.excess(constraint, values.value(constraint, k)));
        if (excess > -OUT_OF_REACH) {
          rows.add(new int[] {c, k});
        }
      }
    }
    return rows;
  }
}
