package dev.anodyne.core.p2d;

/**
 * A fresh first guess when Newton's method is lost after a jump of what is held: the algebraic
 * equations at a frozen state are followed along a path of currents, and, when something else than
 * the current is held, the path is bisected for the current that gives it. Slow and rare.
 */
final class Restart {
  private static final int PATH = 16;
  private static final int BISECTIONS = 60;

  /** Largest current that is tried, as a multiple of 1C. */
  private static final double LARGEST_RATE = 40;

  /** A share more current, and the share of it by which the power has to rise. */
  private static final double MORE = 0.02;

  private static final double LEAST_GAIN = 0.1;

  /** Surfaces beyond this are guessed to be there, where the open-circuit voltage is ordinary. */
  private static final double EDGE = 1e-3;

  private static final double FROZEN_SECONDS = 1e-9;

  private Restart() {}

  /**
   * Tries {@link #find}; restores everything when it fails.
   *
   * @param values Modified when successful.
   */
  static void attempt(
      P2dModel m, double[] values, P2dControl control, double value, P2dWorkspace w) {
    double amps = values[m.layout.current];
    double[] kept = w.algebraic[0];
    System.arraycopy(values, m.layout.phiE, kept, 0, kept.length);
    if (!find(m, values, control, value, w)) {
      System.arraycopy(kept, 0, values, m.layout.phiE, kept.length);
      values[m.layout.current] = amps;
    }
  }

  /**
   * Replaces potentials, interfacial currents and current by those that belong to the held value.
   *
   * @param values Modified when successful; nothing that has a time derivative changes.
   * @return whether a solution was found
   */
  static boolean find(
      P2dModel m, double[] values, P2dControl control, double value, P2dWorkspace w) {
    if (!rest(m, values, w)) {
      return false;
    }
    if (control == P2dControl.CURRENT) {
      return follow(m, values, value, w);
    }
    double limit = LARGEST_RATE * m.cell().nominalCapacityAmpHours();
    double atRest = miss(m, values, control, value);
    double direction = atRest < 0 ? 1 : -1;
    double inner = 0;
    double outer = 0;
    double step = 0.02 * limit / LARGEST_RATE;
    while (miss(m, values, control, value) * direction < 0) {
      inner = outer;
      outer += direction * step;
      step *= 1.6;
      if (Math.abs(outer) > limit || !solve(m, values, outer, w)) {
        return false;
      }
    }
    for (int i = 0; i < BISECTIONS && Math.abs(outer - inner) > 1e-9 * limit; i++) {
      double middle = 0.5 * (inner + outer);
      if (!solve(m, values, middle, w)) {
        return false;
      }
      if (miss(m, values, control, value) * direction < 0) {
        inner = middle;
      } else {
        outer = middle;
      }
    }
    return true;
  }

  /**
   * Whether some current up to {@link #LARGEST_RATE} gives the held value, and not only just: at
   * the cell's greatest power a little more current gives no more.
   *
   * @param values Modified: potentials and current; the caller keeps a copy.
   */
  static boolean isReachable(
      P2dModel m, double[] values, P2dControl control, double value, P2dWorkspace w) {
    if (control == P2dControl.CURRENT) {
      return true;
    }
    if (!find(m, values, control, value, w)) {
      return false;
    }
    double before = miss(m, values, control, value);
    return control != P2dControl.POWER
        || (solve(m, values, (1 + MORE) * values[m.layout.current], w)
            && Math.abs(miss(m, values, control, value) - before)
                > LEAST_GAIN * MORE * Math.abs(value));
  }

  /** Held quantity less its value, signed so that it rises with the charge current. */
  private static double miss(P2dModel m, double[] values, P2dControl control, double value) {
    double amps = values[m.layout.current];
    double volts =
        values[m.layout.phiS + m.grid.nodes - 1]
            + amps / m.cell().electrodeAreaM2() * m.endResistance
            + amps * m.cell().seriesResistanceOhm();
    return switch (control) {
      case CURRENT -> amps - value;
      case VOLTAGE -> volts - value;
      case POWER -> amps * volts - value;
      case ANODE_POTENTIAL -> value - Border.anodePotential(m, values);
    };
  }

  /** Starts the path at zero current with the surface at equilibrium everywhere. */
  private static boolean rest(P2dModel m, double[] values, P2dWorkspace w) {
    guessAtRest(m, values);
    return solve(m, values, 0, w);
  }

  /**
   * Potentials of a cell at rest, from the means of both electrodes: a guess.
   *
   * @param values Modified: nothing that has a time derivative.
   */
  static void guessAtRest(P2dModel m, double[] values) {
    StateLayout l = m.layout;
    double[] y = values;
    java.util.Arrays.fill(y, l.j, l.j + m.grid.nodes, 0);
    double un = 0;
    for (int i = m.anode.from; i < m.anode.to; i++) {
      un += openCircuit(m, m.anode, y, i) / m.grid.anodeNodes;
    }
    double up = 0;
    for (int i = m.cathode.from; i < m.cathode.to; i++) {
      up += openCircuit(m, m.cathode, y, i) / m.grid.cathodeNodes;
    }
    java.util.Arrays.fill(y, l.phiE, l.phiE + m.grid.nodes, -un);
    java.util.Arrays.fill(y, l.phiS, l.phiS + m.grid.nodes, 0);
    java.util.Arrays.fill(y, l.phiS + m.cathode.from, l.phiS + m.cathode.to, up - un);
    y[l.current] = 0;
    java.util.Arrays.fill(y, l.rateT, l.size, 0);
  }

  private static double openCircuit(P2dModel m, Side side, double[] y, int i) {
    double x = Particles.surface(m, side, y, i);
    return side.electrode.openCircuitVolts(Math.max(EDGE, Math.min(1 - EDGE, x)));
  }

  private static boolean follow(P2dModel m, double[] values, double amps, P2dWorkspace w) {
    for (int k = 1; k <= PATH; k++) {
      if (!solve(m, values, amps * k / PATH, w)) {
        return false;
      }
    }
    return true;
  }

  private static boolean solve(P2dModel m, double[] values, double amps, P2dWorkspace w) {
    if (!SubStep.freeze(m, values, amps, FROZEN_SECONDS, w)) {
      return false;
    }
    System.arraycopy(w.y, m.layout.phiE, values, m.layout.phiE, 3 * m.grid.nodes);
    values[m.layout.current] = amps;
    java.util.Arrays.fill(values, m.layout.rateT, m.layout.size, 0);
    return true;
  }
}
