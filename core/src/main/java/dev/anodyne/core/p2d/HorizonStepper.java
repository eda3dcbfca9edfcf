package dev.anodyne.core.p2d;

/**
 * The discrete prediction: one step of the two-stage SDIRK method of order 2 (γ = 1 − 1/√2) a
 * horizon step, split only where Newton's method does not converge. Records each sub-step, so that
 * derivatives can be taken forwards at once or backwards later. Allocates nothing.
 */
final class HorizonStepper {
  /** Sub-steps of a step that does not converge as a whole. */
  static final int SPLIT = 4;

  /**
   * Accepted last Newton update, V. What is left is 2 µV, 10 µK and 2·10⁻⁶ of the derivatives,
   * which are linearised at the solution and not at an iterate.
   */
  private static final double NEWTON_VOLTS = 1e-4;

  private final P2dModel model;
  private final P2dWorkspace w;
  private final double[] stepStart;
  private double newtonVolts = NEWTON_VOLTS;

  HorizonStepper(P2dModel model) {
    this.model = model;
    w = model.newWorkspace();
    stepStart = new double[model.layout.size];
  }

  /** Another accepted last update, V; finite differences need less than predictions do. */
  void setNewtonVolts(double volts) {
    newtonVolts = volts;
  }

  /**
   * One horizon step.
   *
   * @param state Modified: the end of the step.
   * @param records Modified from {@code at} on; needs room for {@link #SPLIT} sub-steps.
   * @return the number of sub-steps, 0 when the step failed
   */
  int step(
      double[] state, double dt, double amps, double ambient, SubStepRecord[] records, int at) {
    System.arraycopy(state, 0, stepStart, 0, state.length);
    if (subStep(state, dt, amps, ambient, records[at])) {
      return 1;
    }
    System.arraycopy(stepStart, 0, state, 0, state.length);
    for (int part = 0; part < SPLIT; part++) {
      if (!subStep(state, dt / SPLIT, amps, ambient, records[at + part])) {
        return 0;
      }
    }
    return SPLIT;
  }

  private boolean subStep(
      double[] state, double h, double amps, double ambient, SubStepRecord record) {
    Tableau tableau = Tableau.SDIRK2;
    SubStep.begin(model, state, P2dControl.CURRENT, amps, w);
    double gh = tableau.gamma * h;
    record.begin(model, w, h, gh, ambient);
    for (int s = 0; s < tableau.stages; s++) {
      P2dControl current = P2dControl.CURRENT;
      if (!SubStep.stage(model, tableau, s, current, amps, h, ambient, w, newtonVolts)) {
        return false;
      }
      record.stage(w, s);
    }
    SubStep.commit(model, state, w);
    Guess.rates(model, state, w, tableau, h);
    record.end(model, state);
    return true;
  }
}
