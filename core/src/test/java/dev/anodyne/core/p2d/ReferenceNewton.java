package dev.anodyne.core.p2d;

import static dev.anodyne.core.p2d.ReferenceP2d.EACH;

import org.jspecify.annotations.Nullable;

/** Newton's method with a Jacobian by differences for an implicit Euler step of the reference. */
final class ReferenceNewton {
  /** How far c_e, φ_e, φ_s, j, j_Li and j_SEI are moved for the Jacobian. */
  private static final double[] NUDGE = {1e-3, 1e-7, 1e-7, 1e-6, 1e-6, 1e-9};

  /** What is left of the potentials, V; rounding is below. */
  private static final double TOLERANCE = 1e-9;

  private final ReferenceP2d model;

  ReferenceNewton(ReferenceP2d model) {
    this.model = model;
  }

  /** The state after a step of h, or nothing when the iteration does not converge. */
  double @Nullable [] euler(double[] old, double h, double amps, double ambientKelvin) {
    double[] y = old.clone();
    double density = amps / model.cell.electrodeAreaM2();
    for (int iteration = 0; iteration < 25; iteration++) {
      model.forget();
      double[] move = model.residual(old, y, h, density);
      jacobian(old, y, h, density, move.clone()).solve(move);
      double largest = 0;
      for (int k = 0; k < move.length; k++) {
        double volts = k % EACH == ReferenceP2d.C ? 2e-5 : k % EACH <= ReferenceP2d.PHI_S ? 1 : 0;
        largest = Math.max(largest, volts * Math.abs(move[k]));
      }
      double factor = Math.min(1, 0.3 / largest);
      for (int k = 0; k < move.length; k++) {
        y[1 + k] -= factor * move[k];
      }
      model.follow(old, y, h);
      double kelvin = model.kelvin(old, y, h, amps, ambientKelvin);
      largest = Math.max(largest, Math.abs(kelvin - y[0]));
      y[0] = kelvin;
      if (!(largest < 1e3)) {
        return null;
      }
      if (largest < TOLERANCE) {
        return y;
      }
    }
    return null;
  }

  /** Every third volume at once: an unknown acts on its own volume and on its neighbours. */
  private Banded jacobian(double[] old, double[] y, double h, double density, double[] r) {
    int nodes = model.nodes;
    Banded matrix = new Banded(EACH * nodes, 2 * EACH - 1);
    for (int what = 0; what < EACH; what++) {
      for (int colour = 0; colour < 3; colour++) {
        double[] moved = y.clone();
        for (int i = colour; i < nodes; i += 3) {
          moved[ReferenceP2d.at(i, what)] += NUDGE[what];
        }
        double[] changed = model.residual(old, moved, h, density);
        for (int i = colour; i < nodes; i += 3) {
          int column = EACH * i + what;
          int from = Math.max(0, EACH * (i - 1));
          int to = Math.min(EACH * nodes, EACH * (i + 2));
          for (int row = from; row < to; row++) {
            matrix.set(row, column, (changed[row] - r[row]) / NUDGE[what]);
          }
        }
      }
    }
    return matrix;
  }
}
