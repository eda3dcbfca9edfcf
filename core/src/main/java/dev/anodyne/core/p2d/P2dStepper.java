package dev.anodyne.core.p2d;

/** Implicit time steps of one cell. Static kernels: inputs first, output last. */
public final class P2dStepper {
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
    AdaptiveSteps.begin(model, values, control, value, dtSeconds, ambientKelvin, workspace);
    boolean done =
        AdaptiveSteps.advance(model, values, control, value, dtSeconds, ambientKelvin, workspace);
    return end(done, model, values, workspace, outputs);
  }

  /**
   * One step of fixed length and known work, for control in real time: two implicit stages, three
   * after a jump of the current, and no error estimate. Against {@link #step}, with lgm50, the
   * voltage and the anode potential at its end are off by less than 0.1 mV in 1 s and 0.3 mV in 10
   * s, under a current that jumps by 1C in every step as well as under one that moves smoothly
   * ({@code FixedStepTest}); after 100 such jumps in a row by up to 0.65 mV. Where a stage does not
   * converge it is an ordinary step.
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
    AdaptiveSteps.begin(model, values, control, value, dtSeconds, ambientKelvin, w);
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
    AdaptiveSteps.begin(model, values, control, value, maxSeconds, ambientKelvin, workspace);
    workspace.valuePerSecond = valuePerSecond;
    boolean done =
        AdaptiveSteps.accept(model, values, control, value, maxSeconds, ambientKelvin, workspace);
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
    w.valuePerSecond = 0;
    for (int i = 0; i < w.accepted; i++) {
      double h = w.lengths[i];
      double newtonVolts = AdaptiveSteps.NEWTON_VOLTS;
      boolean found =
          SubStep.stages(model, values, control, value, h, ambientKelvin, w, newtonVolts);
      if (found) {
        SubStep.take(model, values, h, w);
        w.limit = CellLimits.passed(model, values, values[model.layout.current]);
      }
      if (!found || w.limit != CellLimit.NONE) {
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
      w.limit = AdaptiveSteps.limitAhead(model, values, control, value, w);
      System.arraycopy(w.saved, 0, values, 0, values.length);
      return failure(w);
    }
    OutputReader.read(model, w.y, outputs);
    return SolveStatus.OK;
  }
}
