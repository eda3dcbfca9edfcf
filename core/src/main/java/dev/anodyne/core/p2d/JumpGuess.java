package dev.anodyne.core.p2d;

/**
 * First guess after a small change of the current, for a workspace that follows one cell: what the
 * last linear system of the step before says about potentials and interfacial currents,
 *
 * <pre>A r = e,   δφ = r δi,   δj = p (δφ_s − δφ_e) + q δc_e</pre>
 *
 * so that one Newton iteration is enough where the potentials' own way would take two. A guess and
 * nothing else: the equations and what is accepted are the same.
 */
final class JumpGuess {
  /** Changes of a potential beyond this are no longer a line, V. */
  private static final double LARGEST_VOLTS = 0.02;

  /** Change of φ_e, φ_s and j for one A/m² more. */
  private final double[] perDensity;

  private boolean isKnown;

  JumpGuess(int nodes) {
    perDensity = new double[3 * nodes];
  }

  /**
   * Reads the response off the workspace's last linear system, at the beginning of a step.
   *
   * @param jumpAmps change of the current, A
   * @param w Modified: {@code border}.
   */
  void prepare(P2dModel m, P2dWorkspace w, double jumpAmps) {
    isKnown = false;
    if (w.iterations == 0 || SubStep.isSmooth(m, jumpAmps)) {
      return;
    }
    Border.response(m, w);
    int n = m.grid.nodes;
    double[] x = w.border;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      perDensity[i] = x[3 * i + 1];
      perDensity[n + i] = x[3 * i + 2];
      largest = Math.max(largest, Math.abs(x[3 * i + 1]) + Math.abs(x[3 * i + 2]));
    }
    currents(m.anode, n, w);
    currents(m.cathode, n, w);
    double density = Math.abs(jumpAmps) / m.cell().electrodeAreaM2();
    isKnown = largest * density < LARGEST_VOLTS; // false for NaN
  }

  private void currents(Side side, int nodes, P2dWorkspace w) {
    double[] x = w.border;
    for (int i = side.from; i < side.to; i++) {
      perDensity[2 * nodes + i] =
          w.jPotential[i] * (x[3 * i + 2] - x[3 * i + 1]) + w.jSalt[i] * x[3 * i];
    }
  }

  boolean isKnown() {
    return isKnown;
  }

  /**
   * Moves the guess.
   *
   * @param y Modified: potentials and interfacial currents.
   */
  void apply(P2dModel m, double jumpDensity, double[] y) {
    int at = m.layout.phiE;
    for (int i = 0; i < perDensity.length; i++) {
      y[at + i] += jumpDensity * perDensity[i];
    }
  }
}
