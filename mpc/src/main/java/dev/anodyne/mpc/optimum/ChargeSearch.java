package dev.anodyne.mpc.optimum;

import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.lp.LpStatus;
import dev.anodyne.mpc.prediction.ConstraintClass;

/**
 * Trust-region successive linear programming on one mesh (cf. Fletcher, Practical Methods of
 * Optimization, ch. 14): the most charge by the end of the mesh. Merit only rises. Where as many
 * limits are active as there are moves, the method is Newton's and converges quadratically.
 */
final class ChargeSearch {
  private static final double ACCEPT = 0.05;
  private static final double GOOD = 0.75;
  private static final double SHRINK = 0.3;
  private static final double GROW = 2.0;

  /**
   * A promised gain below this share of the mean current ends the search: 0.02 s in half an hour.
   */
  private static final double CONVERGED_SHARE = 1e-5;

  /** The trust region at the start and at the least, as shares of the current limit. */
  private static final double FIRST_TRUST = 0.1;

  private static final double LEAST_TRUST = 1e-5;
  private static final int MOST_PROGRAMS = 80;

  private final OptimumTask task;
  private final OptimumProgram program;
  private ChargeRollout base;
  private ChargeRollout trial;
  private final ChargeMesh mesh;
  private int programs;
  private double promisedShare = Double.NaN;

  ChargeSearch(OptimumTask task, ChargeMesh mesh) {
    this.task = task;
    this.mesh = mesh;
    program = new OptimumProgram(task, mesh);
    base = new ChargeRollout(task, mesh);
    trial = new ChargeRollout(task, mesh);
  }

  /** Programs solved so far. */
  int programs() {
    return programs;
  }

  /** Gain that the last linear program still promised, as a share of the mean current. */
  double promisedShare() {
    return promisedShare;
  }

  /** Takes over what a fine simulation of a plan saw within its moves. */
  SolveStatus correctBy(FineCharge fine, double[] amps) {
    SolveStatus status = base.run(amps, false);
    if (status.isUsable()) {
      base.correctBy(fine);
      trial.run(amps, false);
      trial.correctBy(fine);
    }
    return status;
  }

  /**
   * Improves a plan in place.
   *
   * @return OK when nothing more is promised, ITERATION_LIMIT when the search ended before
   */
  SolveStatus improve(double[] amps) {
    SolveStatus status = base.run(amps, true);
    if (!status.isUsable()) {
      return status;
    }
    double[] answer = new double[amps.length];
    double merit = program.merit(amps, base);
    double limit = task.limits().maxChargeCurrentAmps();
    double trust = FIRST_TRUST * limit;
    while (programs < MOST_PROGRAMS) {
      if (!solve(base, amps, amps, trust, answer)) {
        return SolveStatus.NUMERICAL_FAILURE;
      }
      double promised = program.promisedMerit() - merit;
      promisedShare = promised / program.merit(amps, base);
      if (promised < CONVERGED_SHARE * Math.abs(merit)) {
        return SolveStatus.OK;
      }
      double gained = gain(answer, merit);
      if (!(gained >= GOOD * promised) && !Double.isNaN(gained)) {
        gained = corrected(amps, answer, trust, merit, gained);
      }
      if (gained >= ACCEPT * promised) {
        System.arraycopy(answer, 0, amps, 0, amps.length);
        merit += gained;
        swap();
        base.run(amps, true);
        trust *= gained > GOOD * promised ? GROW : 1.0;
      } else {
        trust *= SHRINK;
        if (trust < LEAST_TRUST * limit) {
          return SolveStatus.ITERATION_LIMIT;
        }
      }
    }
    return SolveStatus.ITERATION_LIMIT;
  }

  private boolean solve(
      ChargeRollout values, double[] at, double[] bar, double trust, double[] answer) {
    programs++;
    LpStatus status = program.solve(base, values, at, bar, trust, answer);
    return status.hasSolution();
  }

  /**
   * Second-order correction: the rows through what the answer really does. Keeps the better one.
   */
  private double corrected(
      double[] amps, double[] answer, double trust, double merit, double gained) {
    double[] better = new double[answer.length];
    if (!solve(trial, answer, amps, trust, better)) {
      return gained;
    }
    double again = gain(better, merit);
    if (again > gained) {
      System.arraycopy(better, 0, answer, 0, answer.length);
      return again;
    }
    return gained;
  }

  private double gain(double[] amps, double merit) {
    return trial.run(amps, false).isUsable() ? program.merit(amps, trial) - merit : Double.NaN;
  }

  private void swap() {
    ChargeRollout simulated = trial;
    trial = base;
    base = simulated;
  }

  /** How far the last accepted plan exceeds its limits at worst, in slack units. */
  double worstSlack() {
    double worst = 0.0;
    for (int c = 0; c < ConstraintClass.count(); c++) {
      worst = Math.max(worst, base.slack(ConstraintClass.at(c)));
    }
    return worst;
  }

  ChargeMesh mesh() {
    return mesh;
  }
}
