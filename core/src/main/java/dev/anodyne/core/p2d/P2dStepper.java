package dev.anodyne.core.p2d;

/** Implicit time steps of one cell. Static kernels: inputs first, output last. */
public final class P2dStepper {
  /** Allowed error of voltage and anode potential in one sub-step, V. */
  private static final double TOLERANCE_VOLTS = 4e-5;

  /**
   * Accepted last Newton update, V. The error left is its square over 25 mV at most, 0.04 mV, and
   * mostly far less, as the first guess is off by the same shape in all stages. Measured against
   * 10⁻⁷ V it changes no voltage by more than 0.01 mV.
   */
  private static final double NEWTON_VOLTS = 1e-3;

  /** A step that has to be shorter ends in failure, s, or this share of the whole step. */
  private static final double SHORTEST_SECONDS = 1e-5;

  private static final double SHORTEST_SHARE = 1e-3;

  /** First sub-step after a restart, s. */
  private static final double FIRST_SECONDS = 0.02;

  /** Sub-steps in a row that did not converge before the potentials are found anew. */
  private static final int LOST_BEFORE_RESTART = 3;

  /** Sub-steps tried in one call, and restarts: what cannot be solved has to fail quickly. */
  private static final int MOST_SUBSTEPS = 1000;

  private static final int MOST_RESTARTS = 3;

  /** First length of a sub-step without error control, s. */
  private static final double COARSE_SECONDS = 1e-4;

  private static final int COARSE_PATH = 4;

  /** An algebraic solve is a step so short that nothing moves, s. */
  private static final double FROZEN_SECONDS = 1e-9;

  private P2dStepper() {}

  /**
   * One step of fixed length, solved implicitly (sub-stepped inside where the error asks for it).
   *
   * @param model Not modified.
   * @param state Modified: the state at the end of the step; unchanged when the status is not
   *     usable.
   * @param control which quantity is held
   * @param value its value in A, V or W
   * @param dtSeconds length of the step, s
   * @param ambientKelvin ambient temperature, K
   * @param workspace Modified.
   * @param outputs Modified: values at the end of the step.
   */
  public static SolveStatus step(
      P2dModel model,
      P2dState state,
      P2dControl control,
      double value,
      double dtSeconds,
      double ambientKelvin,
      P2dWorkspace workspace,
      P2dOutputs outputs) {
    if (!valid(value, dtSeconds, ambientKelvin)) {
      return SolveStatus.NUMERICAL_FAILURE;
    }
    double[] values = state.values();
    begin(model, values, control, value, dtSeconds, ambientKelvin, workspace);
    boolean done = advance(model, values, control, value, dtSeconds, ambientKelvin, workspace);
    return end(done, model, values, workspace, outputs);
  }

  /**
   * One step of fixed length and known work, for control in real time: two implicit stages, three
   * after a jump of the current, and no error estimate. Against {@link #step}, with lgm50, the
   * voltage and the anode potential at its end are off by less than 0.1 mV in 1 s and 0.3 mV in 10
   * s, under a current that jumps by 1C in every step as well as under one that moves smoothly
   * ({@code FixedStepTest}). Where a stage does not converge it is an ordinary step.
   *
   * @param model Not modified.
   * @param state Modified: the state at the end of the step; unchanged when the status is not
   *     usable.
   * @param control which quantity is held
   * @param value its value in A, V or W
   * @param dtSeconds length of the step, s
   * @param ambientKelvin ambient temperature, K
   * @param workspace Modified.
   * @param outputs Modified: values at the end of the step.
   */
  public static SolveStatus controlStep(
      P2dModel model,
      P2dState state,
      P2dControl control,
      double value,
      double dtSeconds,
      double ambientKelvin,
      P2dWorkspace workspace,
      P2dOutputs outputs) {
    if (!valid(value, dtSeconds, ambientKelvin)) {
      return SolveStatus.NUMERICAL_FAILURE;
    }
    P2dWorkspace w = workspace;
    double[] values = state.values();
    begin(model, values, control, value, dtSeconds, ambientKelvin, w);
    boolean done = FixedStep.attempt(model, values, control, value, dtSeconds, ambientKelvin, w);
    if (done) {
      w.limit = CellLimits.passed(model, values, values[model.layout.current]);
    }
    if (!done || w.limit != CellLimit.NONE) {
      System.arraycopy(w.saved, 0, values, 0, values.length);
      return step(model, state, control, value, dtSeconds, ambientKelvin, w, outputs);
    }
    OutputReader.read(model, values, outputs);
    return SolveStatus.OK;
  }

  /**
   * One accepted sub-step of the error-controlled integration, as long as the error allows and at
   * most {@code maxSeconds}: the cell runs freely, and events are looked for between its ends. Its
   * length is {@link P2dWorkspace#subStepSeconds()}; after a failure that is how long the sub-step
   * was that went beyond the cell's limits, 0 when there was none.
   *
   * @param model Not modified.
   * @param state Modified: the state at the end of the sub-step; unchanged when the status is not
   *     usable.
   * @param control which quantity is held
   * @param value its value in A, V or W
   * @param maxSeconds largest length of the sub-step, s
   * @param ambientKelvin ambient temperature, K
   * @param workspace Modified.
   * @param outputs Modified: values at the end of the sub-step.
   */
  public static SolveStatus subStep(
      P2dModel model,
      P2dState state,
      P2dControl control,
      double value,
      double maxSeconds,
      double ambientKelvin,
      P2dWorkspace workspace,
      P2dOutputs outputs) {
    return subStep(model, state, control, value, 0, maxSeconds, ambientKelvin, workspace, outputs);
  }

  /**
   * The same with a held quantity that changes linearly, as between the points of a profile. Every
   * stage sees its own instant's value, so a ramp costs no accuracy.
   *
   * @param value its value at the beginning, in A, V or W
   * @param valuePerSecond its rate of change
   */
  public static SolveStatus subStep(
      P2dModel model,
      P2dState state,
      P2dControl control,
      double value,
      double valuePerSecond,
      double maxSeconds,
      double ambientKelvin,
      P2dWorkspace workspace,
      P2dOutputs outputs) {
    if (!valid(value, maxSeconds, ambientKelvin) || !Double.isFinite(valuePerSecond)) {
      return SolveStatus.NUMERICAL_FAILURE;
    }
    double[] values = state.values();
    begin(model, values, control, value, maxSeconds, ambientKelvin, workspace);
    workspace.valuePerSecond = valuePerSecond;
    boolean done = accept(model, values, control, value, maxSeconds, ambientKelvin, workspace);
    return end(done, model, values, workspace, outputs);
  }

  /**
   * Does the last {@link #step} of this workspace again, from the same beginning with another
   * value, in the same sub-steps and without error control. Results of different values then differ
   * by the value alone and not by where the sub-steps fall, so that a value can be searched for
   * (the currents of cells in parallel) more closely than the step's own error. Where the sub-steps
   * no longer converge it is an ordinary step.
   *
   * @param model Not modified; that of the step.
   * @param state Modified: at the beginning of the step on entry, its end on return; unchanged when
   *     the status is not usable.
   * @param control which quantity is held
   * @param value its value in A, V or W
   * @param ambientKelvin ambient temperature, K
   * @param workspace Modified.
   * @param outputs Modified: values at the end of the step.
   */
  public static SolveStatus repeat(
      P2dModel model,
      P2dState state,
      P2dControl control,
      double value,
      double ambientKelvin,
      P2dWorkspace workspace,
      P2dOutputs outputs) {
    P2dWorkspace w = workspace;
    double[] values = state.values();
    if (w.accepted == 0 || w.accepted > w.lengths.length || !Double.isFinite(value)) {
      return step(model, state, control, value, w.stepSeconds, ambientKelvin, w, outputs);
    }
    System.arraycopy(values, 0, w.saved, 0, values.length);
    if (!model.lumped) {
      values[StateLayout.T] = ambientKelvin;
    }
    w.toleranceVolts = Double.MAX_VALUE;
    w.valuePerSecond = 0;
    for (int i = 0; i < w.accepted; i++) {
      double h = w.lengths[i];
      double error =
          SubStep.attempt(model, values, control, value, h, ambientKelvin, w, NEWTON_VOLTS);
      w.limit = CellLimits.passed(model, values, values[model.layout.current]);
      if (Double.isNaN(error) || w.limit != CellLimit.NONE) {
        System.arraycopy(w.saved, 0, values, 0, values.length);
        return step(model, state, control, value, w.stepSeconds, ambientKelvin, w, outputs);
      }
    }
    values[model.layout.suggestedStep] = w.nextSeconds;
    OutputReader.read(model, values, outputs);
    return SolveStatus.OK;
  }

  private static boolean valid(double value, double seconds, double ambientKelvin) {
    return seconds > 0
        && Double.isFinite(seconds)
        && Double.isFinite(value)
        && ambientKelvin > 0
        && Double.isFinite(ambientKelvin);
  }

  /** Keeps a copy of the state and decides on the first sub-step. */
  private static void begin(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double seconds,
      double ambient,
      P2dWorkspace w) {
    System.arraycopy(values, 0, w.saved, 0, values.length);
    if (!m.lumped) {
      values[StateLayout.T] = ambient;
    }
    w.nextSeconds = firstStep(m, values, control, value, seconds);
    w.shortestSeconds = Math.min(SHORTEST_SECONDS, SHORTEST_SHARE * seconds);
    w.toleranceVolts = TOLERANCE_VOLTS;
    w.stepSeconds = seconds;
    w.accepted = 0;
    w.valuePerSecond = 0;
    w.subStepSeconds = 0;
    w.triesLeft = MOST_SUBSTEPS;
    w.limit = CellLimit.NONE;
    w.restartsLeft = MOST_RESTARTS;
  }

  private static SolveStatus end(
      boolean done, P2dModel m, double[] values, P2dWorkspace w, P2dOutputs outputs) {
    if (!done) {
      System.arraycopy(w.saved, 0, values, 0, values.length);
      return failure(w);
    }
    OutputReader.read(m, values, outputs);
    return SolveStatus.OK;
  }

  private static SolveStatus failure(P2dWorkspace w) {
    return w.limit == CellLimit.NONE ? SolveStatus.NUMERICAL_FAILURE : SolveStatus.CELL_LIMIT;
  }

  private static boolean advance(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double dt,
      double ambient,
      P2dWorkspace w) {
    double left = dt;
    while (accept(m, values, control, value, left, ambient, w)) {
      left -= w.subStepSeconds;
      if (left <= 0) {
        return true;
      }
    }
    return false;
  }

  /** Tries sub-steps until one is accepted. */
  private static boolean accept(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double left,
      double ambient,
      P2dWorkspace w) {
    boolean rejected = false;
    int lost = 0;
    double h = w.nextSeconds;
    while (w.triesLeft-- > 0) {
      double length = h >= left ? left : h > 0.5 * left ? 0.5 * left : h;
      double error =
          SubStep.attempt(m, values, control, value, length, ambient, w, NEWTON_VOLTS)
              / TOLERANCE_VOLTS;
      if (error <= 1) {
        double growth = Math.min(rejected ? 1 : 5, 0.9 / Math.cbrt(Math.max(error, 1e-4)));
        h = Math.max(h < left ? length * growth : h, length * growth);
        values[m.layout.suggestedStep] = h;
        w.nextSeconds = h;
        w.subStepSeconds = length;
        if (w.accepted < w.lengths.length) {
          w.lengths[w.accepted] = length;
        }
        w.accepted++;
        w.limit = CellLimits.passed(m, values, values[m.layout.current]);
        return w.limit == CellLimit.NONE;
      }
      if (Double.isNaN(error) && ++lost % LOST_BEFORE_RESTART == 0 && w.restartsLeft-- > 0) {
        Restart.attempt(m, values, control, value, w);
        h = Math.min(length, FIRST_SECONDS);
        continue;
      }
      rejected = true;
      h = Double.isNaN(error) ? 0.2 * length : length * Math.max(0.15, 0.85 / Math.cbrt(error));
      if (h < w.shortestSeconds) {
        break;
      }
    }
    w.limit = limitAhead(m, values, control, value, w);
    return w.limit == CellLimit.NONE && acceptCoarsely(m, values, control, value, left, ambient, w);
  }

  /**
   * The last resort where nothing is at its end: one sub-step without error control, the shortest
   * that converges. A current far above what the radial modes resolve (hundreds of C after a jump
   * of the voltage) can leave surfaces outside 0…1; after its end the potentials of that instant do
   * not exist, and the implicit step goes over it as diffusion does.
   */
  private static boolean acceptCoarsely(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double left,
      double ambient,
      P2dWorkspace w) {
    Restart.guessAtRest(m, values);
    System.arraycopy(values, 0, w.kept, 0, values.length);
    w.toleranceVolts = Double.MAX_VALUE;
    boolean done = false;
    double length = 0;
    for (double h = COARSE_SECONDS; !done && length < left; h *= 10) {
      length = Math.min(h, left);
      done =
          attemptAlongPath(m, values, control, value, length, ambient, 0, w)
              || (control == P2dControl.CURRENT
                  && attemptAlongPath(m, values, control, value, length, ambient, COARSE_PATH, w));
    }
    if (done) {
      values[m.layout.suggestedStep] = length;
      w.nextSeconds = length;
      w.subStepSeconds = length;
      w.accepted = w.lengths.length + 1;
      w.limit = CellLimits.passed(m, values, values[m.layout.current]);
    }
    w.toleranceVolts = TOLERANCE_VOLTS;
    return done && w.limit == CellLimit.NONE;
  }

  /** What the cell is at the end of when no sub-step succeeds. */
  private static CellLimit limitAhead(
      P2dModel m, double[] values, P2dControl control, double value, P2dWorkspace w) {
    double amps = control == P2dControl.CURRENT ? value : values[m.layout.current];
    CellLimit phase = CellLimits.nearest(m, values, amps);
    return phase == CellLimit.NONE && !Restart.isReachable(m, values, control, value, w)
        ? CellLimit.UNREACHABLE
        : phase;
  }

  /** A sub-step from the state kept; the first guess follows a path of currents from rest. */
  private static boolean attemptAlongPath(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double h,
      double ambient,
      int pieces,
      P2dWorkspace w) {
    for (int k = 0; k <= pieces; k++) {
      System.arraycopy(w.kept, 0, values, 0, values.length);
      double share = pieces == 0 ? 1 : (double) k / pieces;
      double error =
          SubStep.attempt(m, values, control, share * value, h, ambient, w, NEWTON_VOLTS);
      if (Double.isNaN(error)) {
        return false;
      }
      System.arraycopy(values, m.layout.phiE, w.kept, m.layout.phiE, 3 * m.grid.nodes);
    }
    return true;
  }

  /** A jump of the current begins with short steps: the surface concentration goes with √t. */
  private static double firstStep(
      P2dModel m, double[] values, P2dControl control, double value, double dt) {
    double suggested = values[m.layout.suggestedStep];
    if (suggested <= 0) {
      return Math.min(dt, FIRST_SECONDS);
    }
    if (control == P2dControl.CURRENT) {
      double jump = Math.abs(value - values[m.layout.current]) / m.cell().nominalCapacityAmpHours();
      if (jump > 1e-9) {
        suggested = Math.min(suggested, 0.04 / (jump * jump));
      }
    }
    return suggested;
  }

  /**
   * Outputs for a current at a frozen state: the algebraic equations alone, no time passes.
   *
   * @param model Not modified.
   * @param state Not modified.
   * @param chargeCurrentAmps A, positive when charging
   * @param workspace Modified.
   * @param outputs Modified.
   */
  public static SolveStatus outputs(
      P2dModel model,
      P2dState state,
      double chargeCurrentAmps,
      P2dWorkspace workspace,
      P2dOutputs outputs) {
    return outputs(model, state, P2dControl.CURRENT, chargeCurrentAmps, workspace, outputs);
  }

  /**
   * The same for any held quantity: the first instant under it, before time passes.
   *
   * @param control which quantity is held
   * @param value its value in A, V or W
   */
  public static SolveStatus outputs(
      P2dModel model,
      P2dState state,
      P2dControl control,
      double value,
      P2dWorkspace workspace,
      P2dOutputs outputs) {
    P2dWorkspace w = workspace;
    double[] values = state.values();
    w.limit = CellLimit.NONE;
    if (!Double.isFinite(value)) {
      return SolveStatus.NUMERICAL_FAILURE;
    }
    double tolerance = SubStep.FROZEN_NEWTON_VOLTS;
    if (!SubStep.freeze(model, values, control, value, FROZEN_SECONDS, tolerance, w)) {
      System.arraycopy(values, 0, w.saved, 0, values.length);
      w.limit = limitAhead(model, values, control, value, w);
      System.arraycopy(w.saved, 0, values, 0, values.length);
      return failure(w);
    }
    OutputReader.read(model, w.y, outputs);
    return SolveStatus.OK;
  }
}
