package dev.anodyne.core.p2d;

/**
 * Predicts a horizon under piecewise-constant current, with forward sensitivities of every output
 * with respect to every current move, from linearised stages of the simulation itself. All arrays
 * are made once; a run allocates nothing. Not thread-safe.
 *
 * <p>Every horizon step is one step of the two-stage SDIRK method of order 2 (γ = 1 − 1/√2), split
 * only where Newton's method does not converge. The derivatives are exactly those of the discrete
 * prediction, with all that a step holds fixed (film, SEI current, porosity) following its
 * beginning. For parameters see {@link P2dSensitivities}, for the gradient of one scalar {@link
 * P2dAdjoint}.
 */
public final class P2dRollout {
  /** Outputs with sensitivities. */
  public enum Output {
    VOLTAGE,
    ANODE_POTENTIAL,
    TEMPERATURE,
    SOC,
    ANODE_SURFACE_STOICHIOMETRY_AT_SEPARATOR,
    /** Electrolyte concentration at the anode collector, mol/m³ (depletes first on charge). */
    ELECTROLYTE_AT_ANODE_COLLECTOR
  }

  private final P2dModel model;
  private final int maxSteps;
  private final int maxMoves;
  private final HorizonStepper stepper;
  private final SubStepRecord[] records;
  private final TangentColumns tangent;
  private final Horizon horizon;
  private final double[] state;
  private final double[][][] sensitivities;
  private int stepsDone;

  /** Room for a horizon of at most {@code maxSteps} steps and {@code maxMoves} moves. */
  public P2dRollout(P2dModel model, int maxSteps, int maxMoves) {
    Horizon.checkRoom(maxSteps, maxMoves);
    this.model = model;
    this.maxSteps = maxSteps;
    this.maxMoves = maxMoves;
    stepper = new HorizonStepper(model);
    records = new SubStepRecord[HorizonStepper.SPLIT];
    for (int i = 0; i < records.length; i++) {
      records[i] = new SubStepRecord(model);
    }
    tangent = new TangentColumns(model, maxMoves, model.lumped);
    horizon = new Horizon(maxSteps);
    state = new double[model.layout.size];
    sensitivities = new double[Horizon.OUTPUTS][maxSteps][maxMoves];
  }

  /** Another accepted last update of Newton's method, V; for finite differences. */
  void setNewtonVolts(double volts) {
    stepper.setNewtonVolts(volts);
  }

  /**
   * Simulates the horizon.
   *
   * @param start Not modified.
   * @param steps number of steps, ≤ maxSteps
   * @param dtSeconds length of each step, s
   * @param moveOfStep index of the move in force during each step, non-decreasing
   * @param moveAmps cell current of each move, A
   * @param ambientKelvin ambient temperature, K
   * @param withSensitivities whether to compute the derivatives too
   * @return OK, or NUMERICAL_FAILURE when a phase was depleted; {@link #stepsDone()} then tells how
   *     many steps hold
   */
  public SolveStatus run(
      P2dState start,
      int steps,
      double[] dtSeconds,
      int[] moveOfStep,
      double[] moveAmps,
      double ambientKelvin,
      boolean withSensitivities) {
    Horizon.checkSteps(steps, maxSteps, dtSeconds, moveOfStep.length);
    Horizon.checkMoves(steps, moveOfStep, Math.min(maxMoves, moveAmps.length));
    System.arraycopy(start.values(), 0, state, 0, state.length);
    if (!model.lumped) {
      state[StateLayout.T] = ambientKelvin;
    }
    stepsDone = 0;
    if (withSensitivities) {
      tangent.begin(moveOfStep[0] + 1);
    }
    for (int k = 0; k < steps; k++) {
      int move = moveOfStep[k];
      if (!step(dtSeconds[k], move, moveAmps[move], ambientKelvin, withSensitivities)) {
        return SolveStatus.NUMERICAL_FAILURE;
      }
      horizon.record(model, state, k);
      if (withSensitivities) {
        record(k, move);
      }
      stepsDone = k + 1;
    }
    return SolveStatus.OK;
  }

  private boolean step(double dt, int move, double amps, double ambient, boolean sensitive) {
    int parts = stepper.step(state, dt, amps, ambient, records, 0);
    if (!sensitive || parts == 0) {
      return parts > 0;
    }
    if (move + 1 > tangent.columns()) {
      tangent.grow(move + 1);
    }
    for (int i = 0; i < parts; i++) {
      if (!tangent.moveStep(records[i])) {
        return false;
      }
    }
    return true;
  }

  private void record(int k, int move) {
    for (int o = 0; o < Horizon.OUTPUTS; o++) {
      double[] row = sensitivities[o][k];
      Output output = Horizon.output(o);
      for (int p = 0; p < maxMoves; p++) {
        row[p] = p <= move ? tangent.output(output, p) : 0;
      }
    }
  }

  /** Steps of the last run that hold. */
  public int stepsDone() {
    return stepsDone;
  }

  /** An output at the end of a step. */
  public double value(Output output, int step) {
    return horizon.value(output, step);
  }

  /** ∂output(step)/∂moveAmps[move]; 0 for moves that begin later. */
  public double sensitivity(Output output, int step, int move) {
    return sensitivities[output.ordinal()][step][move];
  }

  /**
   * Takes over the state at the end of the last run.
   *
   * @param end Modified.
   */
  public void copyEndTo(P2dState end) {
    System.arraycopy(state, 0, end.values(), 0, state.length);
  }
}
