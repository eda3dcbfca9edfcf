package dev.anodyne.core.p2d;

/**
 * Predicts a horizon under piecewise-constant current, with forward sensitivities of every output
 * with respect to every current move, from the factorisations of the simulation itself. All arrays
 * are made once; a run allocates nothing. Not thread-safe.
 *
 * <p>Every horizon step is one step of the two-stage SDIRK method of order 2 (γ = 1 − 1/√2), split
 * only where Newton's method does not converge, so that the derivatives are exactly those of the
 * discrete prediction. SEI thickness, and porosity within a step, count as constants.
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

  /** Accepted last Newton update: the matrix is then that of the solution to 10⁻⁴, V. */
  private static final double NEWTON_VOLTS = 2e-6;

  private static final int SPLIT = 4;
  private static final int OUTPUTS = Output.values().length;

  private final P2dModel model;
  private final int maxSteps;
  private final int maxMoves;
  private final P2dWorkspace w;
  private final StageSensitivity stage;
  private final P2dOutputs outputs = new P2dOutputs();
  private final double[] state;
  private final double[] stepStart;

  /** Derivative of the state with respect to each move, and at the beginning of the step. */
  private final double[][] derivative;

  private final double[][] derivativeStart;

  /** Derivatives of the stage increments: stage, move, entry. */
  private final double[][][] increment;

  private final double[] rhs;
  private final double[][] values;
  private final double[][][] sensitivities;
  private final double[] voltSlope;
  private final double[] anodeSlope;
  private int stepsDone;

  /** Room for a horizon of at most {@code maxSteps} steps and {@code maxMoves} moves. */
  public P2dRollout(P2dModel model, int maxSteps, int maxMoves) {
    if (maxSteps < 1 || maxMoves < 1) {
      throw new IllegalArgumentException(
          "A rollout of " + maxSteps + " steps and " + maxMoves + " moves; allowed: 1 or more.");
    }
    this.model = model;
    this.maxSteps = maxSteps;
    this.maxMoves = maxMoves;
    w = model.newWorkspace();
    stage = new StageSensitivity(model, w);
    int n = model.layout.differential;
    state = new double[model.layout.size];
    stepStart = new double[model.layout.size];
    derivative = new double[maxMoves][n];
    derivativeStart = new double[maxMoves][n];
    increment = new double[Tableau.SDIRK2.stages][maxMoves][n];
    rhs = new double[n];
    values = new double[OUTPUTS][maxSteps];
    sensitivities = new double[OUTPUTS][maxSteps][maxMoves];
    voltSlope = new double[maxMoves];
    anodeSlope = new double[maxMoves];
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
    check(steps, dtSeconds, moveOfStep, moveAmps);
    System.arraycopy(start.values(), 0, state, 0, state.length);
    if (!model.lumped) {
      state[StateLayout.T] = ambientKelvin;
    }
    for (double[] d : derivative) {
      java.util.Arrays.fill(d, 0);
    }
    stepsDone = 0;
    for (int k = 0; k < steps; k++) {
      int move = moveOfStep[k];
      if (!step(dtSeconds[k], move, moveAmps[move], ambientKelvin, withSensitivities)) {
        return SolveStatus.NUMERICAL_FAILURE;
      }
      record(k, move, withSensitivities);
      stepsDone = k + 1;
    }
    return SolveStatus.OK;
  }

  private void check(int steps, double[] dtSeconds, int[] moveOfStep, double[] moveAmps) {
    if (steps < 1 || steps > maxSteps || dtSeconds.length < steps || moveOfStep.length < steps) {
      throw new IllegalArgumentException(
          "A horizon of "
              + steps
              + " steps; allowed: 1 to "
              + maxSteps
              + ", with a length and a move for each.");
    }
    for (int k = 0; k < steps; k++) {
      int before = k == 0 ? 0 : moveOfStep[k - 1];
      if (moveOfStep[k] < before
          || moveOfStep[k] >= maxMoves
          || moveOfStep[k] >= moveAmps.length
          || !(dtSeconds[k] > 0)) {
        throw new IllegalArgumentException(
            "Step "
                + k
                + " has move "
                + moveOfStep[k]
                + " and length "
                + dtSeconds[k]
                + " s; allowed: moves that do not decrease, below "
                + Math.min(maxMoves, moveAmps.length)
                + ", and lengths > 0.");
      }
    }
  }

  private boolean step(double dt, int move, double amps, double ambient, boolean sensitive) {
    System.arraycopy(state, 0, stepStart, 0, state.length);
    for (int p = 0; sensitive && p <= move; p++) {
      System.arraycopy(derivative[p], 0, derivativeStart[p], 0, rhs.length);
    }
    if (subStep(dt, move, amps, ambient, sensitive)) {
      return true;
    }
    System.arraycopy(stepStart, 0, state, 0, state.length);
    for (int p = 0; sensitive && p <= move; p++) {
      System.arraycopy(derivativeStart[p], 0, derivative[p], 0, rhs.length);
    }
    for (int part = 0; part < SPLIT; part++) {
      if (!subStep(dt / SPLIT, move, amps, ambient, sensitive)) {
        return false;
      }
    }
    return true;
  }

  private boolean subStep(double h, int move, double amps, double ambient, boolean sensitive) {
    Tableau tableau = Tableau.SDIRK2;
    SubStep.begin(model, state, P2dControl.CURRENT, amps, h, w);
    double gh = tableau.gamma * h;
    for (int s = 0; s < tableau.stages; s++) {
      SubStep.stageRhs(model, tableau, s, w);
      Guess.stage(model, w, tableau, s, h);
      if (!StageSolver.solve(model, w, P2dControl.CURRENT, amps, ambient, gh, NEWTON_VOLTS)) {
        return false;
      }
      StageSolver.finish(model, w, gh, s);
      Guess.remember(model, w, s);
      if (sensitive) {
        differentiate(tableau, s, gh, move);
      }
    }
    SubStep.commit(model, state, w);
    Guess.rates(model, state, w, tableau, h);
    if (sensitive) {
      takeOver(move);
    }
    return true;
  }

  private void differentiate(Tableau tableau, int s, double gh, int move) {
    stage.prepare(gh);
    double perAmp = 1 / model.cell().electrodeAreaM2();
    boolean last = s == tableau.stages - 1;
    for (int p = 0; p <= move; p++) {
      System.arraycopy(derivative[p], 0, rhs, 0, rhs.length);
      for (int r = 0; r < s; r++) {
        double f = tableau.weight[s][r];
        double[] earlier = increment[r][p];
        for (int i = 0; i < rhs.length; i++) {
          rhs[i] += f * earlier[i];
        }
      }
      double di = p == move ? perAmp : 0;
      double[] out = increment[s][p];
      stage.solve(gh, rhs, di, out);
      if (last) {
        voltSlope[p] = stage.volts(di);
        anodeSlope[p] = stage.anodePotential();
      } else {
        for (int i = 0; i < rhs.length; i++) {
          out[i] -= rhs[i];
        }
      }
    }
  }

  /** The last stage is the step's end; salt follows the porosity as in the state. */
  private void takeOver(int move) {
    int last = Tableau.SDIRK2.stages - 1;
    for (int p = 0; p <= move; p++) {
      System.arraycopy(increment[last][p], 0, derivative[p], 0, rhs.length);
      if (model.porosityChanges) {
        for (int i = 0; i < model.grid.anodeNodes; i++) {
          derivative[p][StateLayout.C + i] *= w.porosity[i] / model.porosityAt(state, i);
        }
      }
    }
  }

  private void record(int k, int move, boolean sensitive) {
    OutputReader.read(model, state, outputs);
    set(Output.VOLTAGE, k, outputs.voltageVolts);
    set(Output.ANODE_POTENTIAL, k, outputs.anodePotentialVolts);
    set(Output.TEMPERATURE, k, outputs.temperatureKelvin);
    set(Output.SOC, k, outputs.soc);
    set(
        Output.ANODE_SURFACE_STOICHIOMETRY_AT_SEPARATOR,
        k,
        outputs.anodeSurfaceStoichiometryAtSeparator);
    set(Output.ELECTROLYTE_AT_ANODE_COLLECTOR, k, outputs.electrolyteAtAnodeCollectorMolPerM3);
    if (!sensitive) {
      return;
    }
    for (int p = 0; p < maxMoves; p++) {
      boolean acts = p <= move;
      double[] d = derivative[p];
      put(Output.VOLTAGE, k, p, acts ? voltSlope[p] : 0);
      put(Output.ANODE_POTENTIAL, k, p, acts ? anodeSlope[p] : 0);
      put(Output.TEMPERATURE, k, p, d[StateLayout.T]);
      put(
          Output.SOC,
          k,
          p,
          acts
              ? model.mean(d, model.anode)
                  / (model.cell().anodeStoichiometry(1) - model.cell().anodeStoichiometry(0))
              : 0);
      put(
          Output.ANODE_SURFACE_STOICHIOMETRY_AT_SEPARATOR,
          k,
          p,
          acts ? OutputReader.surfaceAtSeparator(model, d) : 0);
      put(Output.ELECTROLYTE_AT_ANODE_COLLECTOR, k, p, d[StateLayout.C]);
    }
  }

  private void set(Output output, int step, double value) {
    values[output.ordinal()][step] = value;
  }

  private void put(Output output, int step, int move, double value) {
    sensitivities[output.ordinal()][step][move] = value;
  }

  /** Steps of the last run that hold. */
  public int stepsDone() {
    return stepsDone;
  }

  /** An output at the end of a step. */
  public double value(Output output, int step) {
    return values[output.ordinal()][step];
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
