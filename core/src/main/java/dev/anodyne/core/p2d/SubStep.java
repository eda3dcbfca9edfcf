package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;

/** One Runge–Kutta sub-step with its error estimate. */
final class SubStep {
  /** A change of current below this share of 1C does not disturb the first guess. */
  private static final double SMOOTH_SHARE = 2e-3;

  /**
   * The currents' first guess keeps its shape when the current changes by less than this factor.
   */
  private static final double MOST_SCALED = 5;

  /** Accepted last Newton update of an Euler stage, V. */
  private static final double EULER_NEWTON_VOLTS = 2e-5;

  /** The same where no time passes. */
  static final double FROZEN_NEWTON_VOLTS = 1e-6;

  private SubStep() {}

  /**
   * Tries a sub-step.
   *
   * @param values Modified when the error is at most the tolerance of the stepper; the caller keeps
   *     a copy of the step's beginning.
   * @return the estimated error of voltage and anode potential, V; NaN when a stage did not
   *     converge
   */
  static double attempt(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double h,
      double ambient,
      P2dWorkspace w,
      double newtonVolts) {
    if (!stages(m, values, control, value, h, ambient, w, newtonVolts)) {
      return Double.NaN;
    }
    double error = error(m, Tableau.SDIRK3, Tableau.SDIRK3.gamma * h, w);
    if (error <= w.toleranceVolts) {
      take(m, values, h, w);
    }
    return error;
  }

  /**
   * The stages of a sub-step alone, without error estimate: {@link #take} makes their end the
   * state.
   *
   * @param values Not modified.
   * @return false when a stage did not converge
   */
  static boolean stages(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double h,
      double ambient,
      P2dWorkspace w,
      double newtonVolts) {
    Tableau tableau = Tableau.SDIRK3;
    w.subSteps++;
    begin(m, values, control, value, w);
    w.subStepAmpSeconds = 0;
    w.subStepJoules = 0;
    for (int s = 0; s < tableau.stages; s++) {
      double held = value + tableau.c[s] * h * w.valuePerSecond;
      if (control == P2dControl.CURRENT) {
        w.currentDensity = held / m.cell().electrodeAreaM2();
      }
      if (!stage(m, tableau, s, control, held, h, ambient, w, newtonVolts)) {
        return false;
      }
      double ampSeconds = tableau.share(s) * h * w.currentDensity * m.cell().electrodeAreaM2();
      w.subStepAmpSeconds += ampSeconds;
      w.subStepJoules += ampSeconds * Border.volts(m, w);
    }
    return true;
  }

  /**
   * Makes the end of the stages the state.
   *
   * @param values Modified.
   */
  static void take(P2dModel m, double[] values, double h, P2dWorkspace w) {
    commit(m, values, w);
    Guess.rates(m, values, w, Tableau.SDIRK3, h);
  }

  /** Whether a change of the current, A, leaves the potentials on their way. */
  static boolean isSmooth(P2dModel m, double jumpAmps) {
    return Math.abs(jumpAmps) < SMOOTH_SHARE * m.cell().nominalCapacityAmpHours();
  }

  /** Solves one stage from its first guess; leaves its end in {@code w.y} and its increments. */
  static boolean stage(
      P2dModel m,
      Tableau tableau,
      int s,
      P2dControl control,
      double value,
      double h,
      double ambient,
      P2dWorkspace w,
      double newtonVolts) {
    double gh = tableau.gamma * h;
    stageRhs(m, tableau, s, w);
    Guess.stage(m, w, tableau, s, h);
    if (!StageSolver.solve(m, w, control, value, ambient, gh, newtonVolts)) {
      return false;
    }
    StageSolver.finish(m, w, gh, s);
    Guess.remember(m, w, s);
    return true;
  }

  /** Copies the state and freezes what changes slowly. */
  static void begin(P2dModel m, double[] values, P2dControl control, double value, P2dWorkspace w) {
    System.arraycopy(values, 0, w.start, 0, values.length);
    System.arraycopy(values, 0, w.y, 0, values.length);
    double area = m.cell().electrodeAreaM2();
    w.currentDensity = (control == P2dControl.CURRENT ? value : values[m.layout.current]) / area;
    double jump = w.currentDensity * area - values[m.layout.current];
    w.smooth = isSmooth(m, jump);
    JumpGuess known = w.jumpGuess;
    if (!w.smooth && known != null && known.isKnown()) {
      known.apply(m, jump / area, w.y);
    } else if (control == P2dControl.CURRENT) {
      guessCurrents(m, values[m.layout.current], value, w);
    }
    if (m.sideReactions) {
      SideReactions.begin(m, values, w);
    }
    for (int i = 0; i < m.grid.nodes; i++) {
      double eps = m.porosityAt(values, i);
      w.porosity[i] = eps;
      double efficiency = m.transport[i];
      if (eps != m.porosity[i]) {
        efficiency *= Math.pow(Math.max(1e-4, eps) / m.porosity[i], m.anodeTransportExponent);
      }
      w.transport[i] = efficiency;
    }
  }

  /**
   * The interfacial currents start from where the new current would put them if their distribution
   * stayed: the charge-transfer equation is linear in the potentials, which then follow in one
   * iteration. After rest, or where that would be a long shot, they start from a uniform one; when
   * the sign changes, from zero, from where Newton's method finds the asinh's branch.
   */
  private static void guessCurrents(P2dModel m, double before, double now, P2dWorkspace w) {
    double[] y = w.y;
    int j = m.layout.j;
    if (now == before) {
      return;
    }
    double ratio = now / before;
    if (Math.abs(ratio) < MOST_SCALED) {
      double share = Math.max(0, ratio);
      for (int i = 0; i < m.grid.nodes; i++) {
        y[j + i] *= share;
      }
      return;
    }
    uniform(m, m.anode, -w.currentDensity, w);
    uniform(m, m.cathode, w.currentDensity, w);
  }

  private static void uniform(P2dModel m, Side side, double currentDensity, P2dWorkspace w) {
    double width = 0;
    for (int i = side.from; i < side.to; i++) {
      width += m.grid.width[i];
    }
    java.util.Arrays.fill(
        w.y, m.layout.j + side.from, m.layout.j + side.to, currentDensity / (side.area * width));
  }

  /** rhs = y_n + Σ (a_sr/γ) (y_r − rhs_r). */
  static void stageRhs(P2dModel m, Tableau tableau, int s, P2dWorkspace w) {
    int n = m.layout.differential;
    System.arraycopy(w.start, 0, w.rhs, 0, n);
    for (int r = 0; r < s; r++) {
      double f = tableau.weight[s][r];
      double[] increment = w.increment[r];
      for (int i = 0; i < n; i++) {
        w.rhs[i] += f * increment[i];
      }
    }
  }

  /**
   * The difference to the embedded solution, sent through the last stage's linear system: this
   * damps the stiff part and turns it into the error of voltage and anode potential.
   */
  private static double error(P2dModel m, Tableau tableau, double gh, P2dWorkspace w) {
    int n = m.layout.differential;
    java.util.Arrays.fill(w.rhs, 0, n, 0);
    for (int s = 0; s < tableau.stages; s++) {
      double f = tableau.error[s];
      double[] increment = w.increment[s];
      for (int i = 0; i < n; i++) {
        w.rhs[i] += f * increment[i];
      }
    }
    Particles.surface(m, m.anode, w, w.anodeDecay, w.rhs, w.surfaceBase);
    Particles.surface(m, m.cathode, w, w.cathodeDecay, w.rhs, w.surfaceBase);
    java.util.Arrays.fill(w.delta, 0);
    for (int i = 0; i < m.grid.nodes; i++) {
      w.delta[3 * i] = m.grid.width[i] * w.porosity[i] / gh * w.rhs[StateLayout.C + i];
    }
    response(m, m.anode, w);
    response(m, m.cathode, w);
    w.matrix.solve(w.delta);
    double volts = Math.abs(w.delta[3 * m.grid.nodes - 1]);
    double anode = Math.abs(Border.anodePotentialOf(m, w.delta));
    double kelvin = 1e-3 * Math.abs(w.rhs[StateLayout.T]);
    return Math.max(Math.max(volts, anode), kelvin);
  }

  /** A change of surface stoichiometry drives current as a change of potential would: −U' δx. */
  private static void response(P2dModel m, Side side, P2dWorkspace w) {
    double transfer = (1 - m.cell().electrolyte().transferenceNumber()) / Constants.FARADAY;
    for (int i = side.from; i < side.to; i++) {
      double slope = side.electrode.openCircuitSlope(w.surface[i]);
      double j = -w.jPotential[i] * slope * w.surfaceBase[i];
      double a = m.grid.width[i] * side.area * j;
      w.delta[3 * i] += a * transfer;
      w.delta[3 * i + 1] += a;
      w.delta[3 * i + 2] -= a;
    }
  }

  /** Takes the last stage over. */
  static void commit(P2dModel m, double[] values, P2dWorkspace w) {
    System.arraycopy(w.y, 0, values, 0, m.layout.current);
    values[m.layout.current] = w.currentDensity * m.cell().electrodeAreaM2();
    if (m.sideReactions) {
      SideReactions.commit(m, values, w);
    }
  }

  /** The algebraic equations at a state that does not move. */
  static boolean freeze(P2dModel m, double[] values, double amps, double seconds, P2dWorkspace w) {
    return freeze(m, values, P2dControl.CURRENT, amps, seconds, FROZEN_NEWTON_VOLTS, w);
  }

  /** The same for any held quantity. */
  static boolean freeze(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double seconds,
      double newtonVolts,
      P2dWorkspace w) {
    begin(m, values, control, value, w);
    System.arraycopy(w.start, 0, w.rhs, 0, m.layout.differential);
    if (!StageSolver.solve(m, w, control, value, values[StateLayout.T], seconds, newtonVolts)) {
      return false;
    }
    w.y[m.layout.current] = w.currentDensity * m.cell().electrodeAreaM2();
    return true;
  }

  /** One implicit Euler stage; the state at its end is left in {@code w.y}. */
  static boolean euler(
      P2dModel m,
      double[] values,
      P2dControl control,
      double value,
      double h,
      double ambient,
      P2dWorkspace w) {
    begin(m, values, control, value, w);
    System.arraycopy(w.start, 0, w.rhs, 0, m.layout.differential);
    if (!StageSolver.solve(m, w, control, value, ambient, h, EULER_NEWTON_VOLTS)) {
      return false;
    }
    StageSolver.finish(m, w, h, 0);
    commit(m, w.y, w);
    return true;
  }
}
