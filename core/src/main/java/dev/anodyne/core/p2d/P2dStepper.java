package dev.anodyne.core.p2d;

/** Implicit time steps of one cell. Static kernels: inputs first, output last. */
public final class P2dStepper {
  /** Allowed error of voltage and anode potential in one sub-step, V. */
  private static final double TOLERANCE_VOLTS = 4e-5;

  /** Accepted last Newton update, V; the error left is its square over 25 mV. */
  private static final double NEWTON_VOLTS = 5e-5;

  /** A step that has to be shorter ends in failure, s, or this share of the whole step. */
  private static final double SHORTEST_SECONDS = 1e-5;

  private static final double SHORTEST_SHARE = 1e-3;

  /** First sub-step after a restart, s. */
  private static final double FIRST_SECONDS = 0.02;

  /** Sub-steps in a row that did not converge before the potentials are found anew. */
  private static final int LOST_BEFORE_RESTART = 3;

  private static final int MOST_SUBSTEPS = 1000;

  /** An algebraic solve is a step so short that nothing moves, s. */
  private static final double FROZEN_SECONDS = 1e-9;

  private P2dStepper() {}

  static double toleranceVolts() {
    return TOLERANCE_VOLTS;
  }

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
    if (!(dtSeconds > 0)
        || !Double.isFinite(dtSeconds)
        || !Double.isFinite(value)
        || !(ambientKelvin > 0)) {
      return SolveStatus.NUMERICAL_FAILURE;
    }
    P2dWorkspace w = workspace;
    double[] values = state.values();
    System.arraycopy(values, 0, w.saved, 0, values.length);
    if (!model.lumped) {
      values[StateLayout.T] = ambientKelvin;
    }
    boolean done = advance(model, values, control, value, dtSeconds, ambientKelvin, w);
    if (!done) {
      System.arraycopy(w.saved, 0, values, 0, values.length);
      return SolveStatus.NUMERICAL_FAILURE;
    }
    OutputReader.read(model, values, outputs);
    return SolveStatus.OK;
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
    double h = firstStep(m, values, control, value, dt);
    double shortest = Math.min(SHORTEST_SECONDS, SHORTEST_SHARE * dt);
    boolean rejected = false;
    int lost = 0;
    for (int i = 0; i < MOST_SUBSTEPS; i++) {
      double length = h >= left ? left : h > 0.5 * left ? 0.5 * left : h;
      double error =
          SubStep.attempt(m, values, control, value, length, ambient, w, NEWTON_VOLTS)
              / TOLERANCE_VOLTS;
      if (error <= 1) {
        left -= length;
        double growth = Math.min(rejected ? 1 : 5, 0.9 / Math.cbrt(Math.max(error, 1e-4)));
        h = Math.max(h < left + length ? length * growth : h, length * growth);
        values[m.layout.suggestedStep] = h;
        rejected = false;
        lost = 0;
        if (left <= 0) {
          return true;
        }
        continue;
      }
      if (Double.isNaN(error) && ++lost == LOST_BEFORE_RESTART) {
        Restart.attempt(m, values, control, value, w);
        h = Math.min(length, FIRST_SECONDS);
        continue;
      }
      rejected = true;
      h = Double.isNaN(error) ? 0.2 * length : length * Math.max(0.15, 0.85 / Math.cbrt(error));
      if (h < shortest) {
        return false;
      }
    }
    return false;
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
    P2dWorkspace w = workspace;
    double[] values = state.values();
    System.arraycopy(values, 0, w.y, 0, values.length);
    if (!Double.isFinite(chargeCurrentAmps)
        || !SubStep.freeze(model, values, chargeCurrentAmps, FROZEN_SECONDS, w)) {
      return SolveStatus.NUMERICAL_FAILURE;
    }
    OutputReader.read(model, w.y, outputs);
    return SolveStatus.OK;
  }
}
