package dev.anodyne.mpc;

import dev.anodyne.mpc.lp.LinearProgram;
import dev.anodyne.mpc.lp.LpStatus;
import dev.anodyne.mpc.prediction.ConstraintClass;
import dev.anodyne.mpc.prediction.Forecast;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.SoftLimits;

/**
 * The linear program of one decision: charge as early as possible within limits that were
 * linearised around a forecast.
 *
 * <pre>
 * max  Σⱼ cⱼ·Iⱼ − λ·Σⱼ dⱼ − Σ_c ρ_c·s_c              cⱼ = worth of move j, Σ cⱼ = 1
 * s.t. lowⱼ ≤ Iⱼ ≤ highⱼ                              current, power, trust region
 *      dⱼ ≥ ±(Iⱼ − Iⱼ₋₁)                              I₋₁ is the current that flows now
 *      |Iⱼ − Iⱼ₋₁| ≤ ramp·Δt                        up and down
 *      Σⱼ Δtⱼ·Iⱼ ≤ charge left to the target
 *      yₖ(Ī) + Σⱼ ∂yₖ/∂Iⱼ·(Iⱼ − Īⱼ) ≤ limit_c + γₖ·s_c  one slack a class: anode potential, voltage,
 *                                                   temperature, stoichiometry, electrolyte
 *      the anode potential's rows of the first move once more, with κ·(I₀ − I₋₁) on the left
 * </pre>
 *
 * The objective is in amperes of weighted mean current; the penalties make slack worthwhile only
 * where no current satisfies a limit. The point around which it is linearised is always feasible.
 */
final class ChargeProgram implements AutoCloseable {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final HorizonGrid grid;
  private final LinearProgram program;
  private double[] worth;
  private final double moveCost;
  private final double riseMillivoltsPerAmp;
  private final double[] slackCost = new double[ConstraintClass.count()];
  private final int moves;

  /** Makes linear programs; a seam for tests. */
  @FunctionalInterface
  interface ProgramFactory {
    LinearProgram create(int variables, int rows);
  }

  /**
   * A program for a horizon.
   *
   * @param riseMillivoltsPerAmp anode potential kept for each ampere that the first move rises
   */
  ChargeProgram(
      HorizonGrid grid,
      MpcSettings.Weights weights,
      double riseMillivoltsPerAmp,
      ProgramFactory factory) {
    this.grid = grid;
    this.riseMillivoltsPerAmp = riseMillivoltsPerAmp;
    moves = grid.moves();
    moveCost = weights.move();
    worth = new double[moves];
    slackCost[ConstraintClass.ANODE_POTENTIAL.ordinal()] = weights.slackPerMillivolt();
    slackCost[ConstraintClass.VOLTAGE.ordinal()] = weights.slackPerMillivolt();
    slackCost[ConstraintClass.TEMPERATURE.ordinal()] = weights.slackPerTenthKelvin();
    slackCost[ConstraintClass.STOICHIOMETRY.ordinal()] = weights.slackPerPermille();
    slackCost[ConstraintClass.ELECTROLYTE.ordinal()] = weights.slackPerTenMolPerM3();
    int classes = ConstraintClass.count();
    program = factory.create(2 * moves + classes, riseRow(grid.lastStepOfMove(0)) + 1);
    setFixedParts();
  }

  private int change(int move) {
    return moves + move;
  }

  private int slack(int constraint) {
    return 2 * moves + constraint;
  }

  private int chargeRow() {
    return 3 * moves;
  }

  private int stateRow(int constraint, int step) {
    return 3 * moves + 1 + constraint * grid.steps() + step;
  }

  /**
   * The anode potential's limit once more for the steps of the first move, with what a rise costs.
   */
  private int riseRow(int step) {
    return stateRow(ConstraintClass.count(), 0) + step;
  }

  private void setFixedParts() {
    for (int j = 0; j < moves; j++) {
      program.setObjective(change(j), -moveCost);
      program.setVariableBounds(change(j), 0.0, INFINITY);
      // Rows 3j, 3j+1: d ∓ ΔI ≥ 0; row 3j+2: the ramp.
      setDifference(3 * j, j, -1.0);
      setDifference(3 * j + 1, j, 1.0);
      setDifference(3 * j + 2, j, 1.0);
      program.setCoefficient(3 * j, change(j), 1.0);
      program.setCoefficient(3 * j + 1, change(j), 1.0);
      program.setCoefficient(chargeRow(), j, grid.moveSeconds(j));
    }
    for (int c = 0; c < ConstraintClass.count(); c++) {
      program.setObjective(slack(c), -slackCost[c]);
      program.setVariableBounds(slack(c), 0.0, INFINITY);
    }
  }

  private void setDifference(int row, int move, double sign) {
    program.setCoefficient(row, move, sign);
    if (move > 0) {
      program.setCoefficient(row, move - 1, -sign);
    }
  }

  /** Sets what each move is worth, for the whole of a decision. Not copied. */
  void value(double[] worthOfMoves) {
    worth = worthOfMoves;
    for (int j = 0; j < moves; j++) {
      program.setObjective(j, worth[j]);
    }
  }

  /** Takes limits and sensitivities from a forecast made with sensitivities at {@code barAmps}. */
  void linearise(Forecast forecast, SoftLimits soft, double[] barAmps, double presentAmps) {
    for (int c = 0; c < ConstraintClass.count(); c++) {
      ConstraintClass constraint = ConstraintClass.at(c);
      double factor = constraint.sign() * constraint.scale();
      for (int k = 0; k < grid.steps(); k++) {
        int row = stateRow(c, k);
        double room = -soft.excess(constraint, k, forecast.value(constraint, k));
        int lastMove = grid.moveOfStep()[k];
        for (int j = 0; j <= lastMove; j++) {
          double slope = factor * forecast.sensitivity(constraint, k, j);
          program.setCoefficient(row, j, slope);
          room += slope * barAmps[j];
        }
        program.setCoefficient(row, slack(c), -soft.slackShare(k));
        setRoom(constraint, k, room, presentAmps);
      }
    }
    int anode = ConstraintClass.ANODE_POTENTIAL.ordinal();
    double factor =
        ConstraintClass.ANODE_POTENTIAL.sign() * ConstraintClass.ANODE_POTENTIAL.scale();
    for (int k = 0; k <= grid.lastStepOfMove(0); k++) {
      double slope = factor * forecast.sensitivity(ConstraintClass.ANODE_POTENTIAL, k, 0);
      program.setCoefficient(riseRow(k), 0, slope + riseMillivoltsPerAmp);
      program.setCoefficient(riseRow(k), slack(anode), -soft.slackShare(k));
    }
  }

  private void setRoom(ConstraintClass constraint, int step, double room, double presentAmps) {
    program.setRowBounds(stateRow(constraint.ordinal(), step), -INFINITY, room);
    if (constraint == ConstraintClass.ANODE_POTENTIAL && step <= grid.lastStepOfMove(0)) {
      program.setRowBounds(riseRow(step), -INFINITY, room + riseMillivoltsPerAmp * presentAmps);
    }
  }

  /**
   * Second-order correction: keeps the slopes of the last linearisation and lets them go through
   * what a rejected answer really does. Where outputs are curved (heat goes with the square of the
   * current) this finds the limit that the linearisation missed.
   *
   * @param base the forecast of the last {@link #linearise}
   * @param trial what the model says about {@code trialAmps}
   */
  void correct(
      Forecast base, Forecast trial, SoftLimits soft, double[] trialAmps, double presentAmps) {
    for (int c = 0; c < ConstraintClass.count(); c++) {
      ConstraintClass constraint = ConstraintClass.at(c);
      double factor = constraint.sign() * constraint.scale();
      for (int k = 0; k < grid.steps(); k++) {
        double room = -soft.excess(constraint, k, trial.value(constraint, k));
        for (int j = 0; j <= grid.moveOfStep()[k]; j++) {
          room += factor * base.sensitivity(constraint, k, j) * trialAmps[j];
        }
        setRoom(constraint, k, room, presentAmps);
      }
    }
  }

  /**
   * Sets the hard limits around a feasible point.
   *
   * @param barAmps within {@code highAmps} and the charge left
   * @param highAmps largest current of each move, A
   * @param trustAmps how far a move may go from {@code barAmps}, A
   * @param presentAmps current that flows now, A
   * @param rampAmpsPerSecond largest rate of change, A/s
   * @param chargeLeftAmpSeconds charge to the target, A·s
   */
  void bound(
      double[] barAmps,
      double[] highAmps,
      double trustAmps,
      double presentAmps,
      double rampAmpsPerSecond,
      double chargeLeftAmpSeconds) {
    double previous = presentAmps;
    for (int j = 0; j < moves; j++) {
      double low = Math.max(0.0, barAmps[j] - trustAmps);
      program.setVariableBounds(j, low, Math.min(highAmps[j], barAmps[j] + trustAmps));
      double base = j == 0 ? presentAmps : 0.0;
      double step = barAmps[j] - previous;
      double reach = rampAmpsPerSecond * grid.changeSeconds(j);
      program.setRowBounds(3 * j, -base, INFINITY);
      program.setRowBounds(3 * j + 1, base, INFINITY);
      program.setRowBounds(3 * j + 2, base + Math.min(-reach, step), base + Math.max(reach, step));
      previous = barAmps[j];
    }
    program.setRowBounds(chargeRow(), -INFINITY, chargeLeftAmpSeconds);
  }

  LpStatus solve(long timeLimitNanos) {
    return program.solve(timeLimitNanos);
  }

  /** Reads the currents of the last solve. */
  void read(double[] moveAmps) {
    for (int j = 0; j < moves; j++) {
      moveAmps[j] = Math.max(0.0, program.value(j));
    }
  }

  double objective() {
    return program.objectiveValue();
  }

  /** The program's objective, evaluated on a forecast instead of its linearisation. */
  double merit(double[] moveAmps, Forecast forecast, SoftLimits soft, double presentAmps) {
    double merit = 0.0;
    double previous = presentAmps;
    for (int j = 0; j < moves; j++) {
      merit += worth[j] * moveAmps[j] - moveCost * Math.abs(moveAmps[j] - previous);
      previous = moveAmps[j];
    }
    for (int c = 0; c < ConstraintClass.count(); c++) {
      double slack = soft.slack(ConstraintClass.at(c), forecast);
      if (ConstraintClass.at(c) == ConstraintClass.ANODE_POTENTIAL) {
        slack = Math.max(slack, riseSlack(forecast, soft, moveAmps[0] - presentAmps));
      }
      merit -= slackCost[c] * slack;
    }
    return merit;
  }

  private double riseSlack(Forecast forecast, SoftLimits soft, double riseAmps) {
    double slack = 0.0;
    for (int k = 0; k <= grid.lastStepOfMove(0); k++) {
      double excess =
          soft.excess(
              ConstraintClass.ANODE_POTENTIAL, forecast.value(ConstraintClass.ANODE_POTENTIAL, k));
      slack = Math.max(slack, (excess + riseMillivoltsPerAmp * riseAmps) / soft.slackShare(k));
    }
    return slack;
  }

  /** The next solve starts without a basis. */
  void restart() {
    program.restart();
  }

  @Override
  public void close() {
    program.close();
  }
}
