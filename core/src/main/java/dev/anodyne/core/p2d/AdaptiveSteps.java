package dev.anodyne.core.p2d;

/**
 * Sub-steps under error control: their lengths, what happens when Newton's method is lost, and the
 * reason when nothing leads on.
 */
final class AdaptiveSteps {
  /** Allowed error of voltage and anode potential in one sub-step, V. */
  private static final double TOLERANCE_VOLTS = 4e-5;

  /**
   * Accepted last Newton update, V. The error left is its square over 25 mV at most, 0.04 mV, and
   * mostly far less, as the first guess is off by the same shape in all stages. Measured against
   * 10⁻⁷ V it changes no voltage by more than 0.01 mV.
   */
  static final double NEWTON_VOLTS = 1e-3;

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

  private AdaptiveSteps() {}

  /** Keeps a copy of the state and decides on the first sub-step. */
  static void begin(
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
    JumpGuess jump = w.jumpGuess;
    if (jump != null) {
      jump.prepare(m, w, control == P2dControl.CURRENT ? value - values[m.layout.current] : 0);
    }
  }

  /** Sub-steps until the whole step is done. */
  static boolean advance(
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
  static boolean accept(
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
  static CellLimit limitAhead(
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
}
