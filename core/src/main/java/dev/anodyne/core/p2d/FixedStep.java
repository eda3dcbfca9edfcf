package dev.anodyne.core.p2d;

/**
 * Steps of known work, for control in real time: one step of the two-stage SDIRK method, without an
 * error estimate. What a jump of the current sets off goes with √t at the surface of the particles
 * and is too stiff for a method of order 2; so after a jump implicit Euler comes first, whose
 * damping it needs, over a share of the step at which the errors of both nearly cancel. Three
 * stages then instead of two.
 */
final class FixedStep {
  /** A change of current above this share of 1C is a jump. */
  private static final double JUMP_SHARE = 0.05;

  /** Length of the Euler step after a jump, as a share of the whole. */
  private static final double EULER_SHARE = 0.35;

  /** Accepted last Newton update, V; as in the error-controlled steps. */
  private static final double NEWTON_VOLTS = 1e-3;

  private FixedStep() {}

  /**
   * Steps.
   *
   * @param values Modified, even when a stage does not converge: the caller keeps a copy.
   * @return whether every stage converged
   */
  static boolean attempt(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double seconds,
      double ambient,
      P2dWorkspace w) {
    double left = seconds;
    if (jumps(m, values, control, value)) {
      double h = EULER_SHARE * seconds;
      left -= h;
      if (!stages(m, values, Tableau.EULER, control, value, h, ambient, w)) {
        return false;
      }
    }
    return stages(m, values, Tableau.SDIRK2, control, value, left, ambient, w);
  }

  /** With another quantity than the current held the current may jump at any time. */
  private static boolean jumps(P2dModel m, double[] values, P2dControl control, double value) {
    return control != P2dControl.CURRENT
        || Math.abs(value - values[m.layout.current])
            > JUMP_SHARE * m.cell().nominalCapacityAmpHours();
  }

  private static boolean stages(
      P2dModel m,
      double[] values,
      Tableau tableau,
      P2dControl control,
      double value,
      double h,
      double ambient,
      P2dWorkspace w) {
    w.subSteps++;
    SubStep.begin(m, values, control, value, w);
    for (int s = 0; s < tableau.stages; s++) {
      if (!SubStep.stage(m, tableau, s, control, value, h, ambient, w, NEWTON_VOLTS)) {
        return false;
      }
    }
    SubStep.commit(m, values, w);
    Guess.rates(m, values, w, tableau, h);
    return true;
  }
}
