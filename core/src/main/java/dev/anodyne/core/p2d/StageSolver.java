package dev.anodyne.core.p2d;

/** Newton's method for one implicit stage y = rhs + γh f(y). */
final class StageSolver {
  private static final int MAX_ITERATIONS = 14;

  /** Largest change of a potential in one iteration, V. */
  private static final double LARGEST_MOVE = 0.4;

  /** Largest change of the temperature in one iteration, K: the heat of a wild iterate is none. */
  private static final double LARGEST_WARMING = 30;

  private static final double COLDEST_KELVIN = 100;

  /** Updates of more than 2RT/F, where the asinh turns from a line into a logarithm, V. */
  private static final double WILD_VOLTS = 0.05;

  /** Changes of c_e are judged against at least this, mol/m³. */
  private static final double SALT_SCALE = 20;

  /**
   * Anode surfaces with less room than this: the open-circuit potential is so steep there that what
   * a last update leaves is no longer its square over 25 mV.
   */
  private static final double NEARLY_FULL = 5e-3;

  /** Share of the tolerance that is asked there: else each sub-step hands its rest to the next. */
  private static final double NEARLY_FULL_SHARE = 0.1;

  private StageSolver() {}

  /**
   * Solves a stage.
   *
   * @param w Modified: the iterate {@code y} is the guess on entry, the solution on return.
   * @param gh γh, s
   * @param tolerance largest last update of a potential, V; what is left is its square over 25 mV
   */
  static boolean solve(
      P2dModel m,
      P2dWorkspace w,
      P2dControl control,
      double value,
      double ambientKelvin,
      double gh,
      double tolerance) {
    double previous = Double.POSITIVE_INFINITY;
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      double size = iterate(m, w, control, value, ambientKelvin, gh);
      if (!(size < 1e6)) {
        return false;
      }
      w.lastUpdate = size;
      // Where updates hardly shrink, more of them do not help.
      boolean ends = size < NEARLY_FULL_SHARE * tolerance || size > 0.5 * previous;
      if (size < tolerance && (ends || !isNearlyFull(m, w))) {
        return true;
      }
      if (iteration > 8 && size > previous) {
        return false;
      }
      previous = size;
    }
    return false;
  }

  /** Only where side reactions carry the current does a charge go on with full surfaces. */
  private static boolean isNearlyFull(P2dModel m, P2dWorkspace w) {
    for (int i = m.anode.from; m.sideReactions && i < m.anode.to; i++) {
      double free = 1 - w.surface[i];
      if (free > 0 && free < NEARLY_FULL) {
        return true;
      }
    }
    return false;
  }

  /** One iteration; returns the size of the update in volts (weighted over all unknowns). */
  private static double iterate(
      P2dModel m,
      P2dWorkspace w,
      P2dControl control,
      double value,
      double ambientKelvin,
      double gh) {
    w.iterations++;
    linearise(m, w, gh);
    if (!w.matrix.factor()) {
      return Double.NaN;
    }
    double[] x = w.delta;
    w.matrix.solve(x);
    double di = 0;
    if (control != P2dControl.CURRENT) {
      di = Border.currentChange(m, w, control, value);
      for (int i = 0; i < x.length; i++) {
        x[i] += di * w.border[i];
      }
    }
    double size = apply(m, w, di);
    return Math.max(size, temperature(m, w, ambientKelvin, gh));
  }

  /** Residuals and matrix at the iterate. */
  static void linearise(P2dModel m, P2dWorkspace w, double gh) {
    Particles.temperature(m, w);
    Particles.linearise(m, m.anode, w, gh, w.anodeDiffusionRate, w.anodeDecay);
    Particles.linearise(m, m.cathode, w, gh, w.cathodeDiffusionRate, w.cathodeDecay);
    Kinetics.anode(m, w, gh);
    Kinetics.cathode(m, w);
    Transport.assemble(m, w, gh);
  }

  /** Adds the update, shortened where it would leave the physical range; returns its size. */
  private static double apply(P2dModel m, P2dWorkspace w, double di) {
    currentUpdates(m.anode, w);
    currentUpdates(m.cathode, w);
    double largest = potentialChange(w);
    if (!(largest < 1e6)) {
      return Double.NaN;
    }
    double factor = LARGEST_MOVE / Math.max(largest, LARGEST_MOVE);
    double salt = saltChange(w);
    if (salt > 0.5) {
      factor = keepSalt(w, factor);
    }
    largest = Math.max(largest, 0.1 * salt);
    factor = keepInside(w, m.anode, factor);
    factor = keepInside(w, m.cathode, factor);
    if (largest > WILD_VOLTS) {
      stopAtZero(m, w, m.anode, factor);
      stopAtZero(m, w, m.cathode, factor);
    }
    double[] x = w.delta;
    double[] y = w.y;
    int phiE = m.layout.phiE;
    int phiS = m.layout.phiS;
    for (int i = 0; i < m.grid.nodes; i++) {
      y[StateLayout.C + i] += factor * x[3 * i];
      y[phiE + i] += factor * x[3 * i + 1];
      y[phiS + i] += factor * x[3 * i + 2];
    }
    largest = Math.max(largest, addCurrents(m, w, m.anode, factor));
    largest = Math.max(largest, addCurrents(m, w, m.cathode, factor));
    w.currentDensity += factor * di;
    return factor < 1 ? Math.max(largest, 1) : largest;
  }

  /** δj = jPotential (δφ_s − δφ_e) + jSalt δc_e + jResidual. */
  private static void currentUpdates(Side side, P2dWorkspace w) {
    double[] x = w.delta;
    for (int i = side.from; i < side.to; i++) {
      w.deltaJ[i] =
          w.jPotential[i] * (x[3 * i + 2] - x[3 * i + 1]) + w.jSalt[i] * x[3 * i] + w.jResidual[i];
    }
  }

  /** Largest change of a potential, V; NaN when anything is not finite. */
  private static double potentialChange(P2dWorkspace w) {
    double[] x = w.delta;
    double largest = 0;
    double check = 0;
    for (int b = 0; b < x.length; b += 3) {
      double e = Math.abs(x[b + 1]);
      double s = Math.abs(x[b + 2]);
      if (e > largest) {
        largest = e;
      }
      if (s > largest) {
        largest = s;
      }
      check += e + s + x[b];
    }
    return Double.isFinite(check) ? largest : Double.NaN;
  }

  /** The largest relative change of c_e. */
  private static double saltChange(P2dWorkspace w) {
    double[] x = w.delta;
    double[] y = w.y;
    double largest = 0;
    for (int i = 0; 3 * i < x.length; i++) {
      double c = y[StateLayout.C + i];
      double scale = c > SALT_SCALE ? c : SALT_SCALE;
      double change = Math.abs(x[3 * i]);
      if (change > largest * scale) {
        largest = change / scale;
      }
    }
    return largest;
  }

  /** A factor with which c_e falls by at most four fifths anywhere. */
  private static double keepSalt(P2dWorkspace w, double factor) {
    double f = factor;
    for (int i = 0; 3 * i < w.delta.length; i++) {
      double fall = -w.delta[3 * i] / Math.max(SALT_SCALE, w.y[StateLayout.C + i]);
      if (fall * f > 0.8) {
        f = 0.8 / fall;
      }
    }
    return f;
  }

  /** A factor with which no surface goes more than nine tenths of the way to empty or full. */
  private static double keepInside(P2dWorkspace w, Side side, double factor) {
    double f = factor;
    for (int i = side.from; i < side.to; i++) {
      double dx = w.surfaceSlope[i] * w.deltaJ[i] * f;
      double x = w.surface[i];
      if (x > 0 && x < 1) {
        if (x + dx < 0.1 * x) {
          f *= -0.9 * x / dx;
        } else if (1 - x - dx < 0.1 * (1 - x)) {
          f *= 0.9 * (1 - x) / dx;
        }
      }
    }
    return f;
  }

  /**
   * An update that would turn a current round goes to zero and no further. The asinh is concave on
   * either side of zero: from there Newton's method comes up to the root from below, while a
   * current far above j₀ that overshoots zero is thrown further with every iteration.
   */
  private static void stopAtZero(P2dModel m, P2dWorkspace w, Side side, double factor) {
    for (int i = side.from; i < side.to; i++) {
      double j = w.y[m.layout.j + i];
      if (j != 0 && (j + factor * w.deltaJ[i]) / j < 0) {
        w.deltaJ[i] = -j / factor;
      }
    }
  }

  /** Updates j and the side reactions; returns the largest change of a surface OCP, V. */
  private static double addCurrents(P2dModel m, P2dWorkspace w, Side side, double factor) {
    double largest = 0;
    double[] y = w.y;
    int j = m.layout.j;
    for (int i = side.from; i < side.to; i++) {
      double dj = w.deltaJ[i];
      double dx = Math.abs(w.surfaceSlope[i] * dj) * (1 + Math.abs(w.openCircuitSlope[i]));
      if (dx > largest) {
        largest = dx;
      }
      y[j + i] += factor * dj;
    }
    if (m.lumped) {
      for (int i = side.from; i < side.to; i++) {
        // the heat is that of the updated surface
        double dx = factor * w.surfaceSlope[i] * w.deltaJ[i];
        w.openCircuit[i] += w.openCircuitSlope[i] * dx;
        w.surface[i] += dx;
      }
    }
    if (side.variableDiffusivity) {
      for (int i = side.from; i < side.to; i++) {
        double moved = VariableDiffusion.update(m, side, w, i, factor, w.deltaJ[i]);
        largest = Math.max(largest, moved);
      }
    }
    if (m.sideReactions && side == m.anode) {
      for (int i = side.from; i < side.to; i++) {
        SideReactions.update(m, w, i, factor);
      }
    }
    return largest;
  }

  /** The heat balance of the stage, solved for its own temperature with the heat of the iterate. */
  private static double temperature(P2dModel m, P2dWorkspace w, double ambientKelvin, double gh) {
    if (!m.lumped) {
      return 0;
    }
    double old = w.y[StateLayout.T];
    double next =
        (w.rhs[StateLayout.T] * m.heatCapacity
                + gh * (Heat.watts(m, w) + m.cooling * ambientKelvin))
            / (m.heatCapacity + gh * m.cooling);
    if (Math.abs(next - old) > LARGEST_WARMING) {
      next = Math.max(COLDEST_KELVIN, old + Math.copySign(LARGEST_WARMING, next - old));
    }
    w.y[StateLayout.T] = next;
    // An error of 1 K is worth about 1 mV and shrinks tenfold an iteration at the least, but it
    // adds up over the sub-steps: 5 mK are the most that is left to the next one.
    return 0.2 * Math.abs(next - old);
  }

  /** Everything of the stage that follows from its solution; leaves its increments. */
  static void finish(P2dModel m, P2dWorkspace w, double gh, int stage) {
    double[] increment = w.increment[stage];
    Particles.finish(m, m.anode, w.anodeDecay, gh, w, stage);
    Particles.finish(m, m.cathode, w.cathodeDecay, gh, w, stage);
    increment[StateLayout.T] = w.y[StateLayout.T] - w.rhs[StateLayout.T];
    for (int i = 0; i < m.grid.nodes; i++) {
      increment[StateLayout.C + i] = w.y[StateLayout.C + i] - w.rhs[StateLayout.C + i];
    }
    if (m.sideReactions) {
      SideReactions.finish(m, w, gh, increment);
    }
  }
}
