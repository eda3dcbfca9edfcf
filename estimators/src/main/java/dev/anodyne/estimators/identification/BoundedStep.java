package dev.anodyne.estimators.identification;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * The step s that minimises ½ sᵀHs + gᵀs within bounds: the primal active-set method for convex
 * quadratic programmes (Nocedal, Wright, Numerical Optimization, 2nd ed., 2006, algorithm 16.3).
 *
 * <p>Cutting a free step off at its bounds instead leaves the other unknowns where they belong
 * beside values that the cut ones cannot have; where parameters explain much of the same voltage
 * such a step often leads uphill.
 */
final class BoundedStep {
  /** Relative difference of mirrored entries that counts as rounding. */
  private static final double ASYMMETRY = 1e-6;

  private final int n;
  private final RealMatrix h;
  private final double[] g;
  private final double[] low;
  private final double[] high;
  private final boolean[] held;
  private double[] step;

  private BoundedStep(RealMatrix h, double[] g, double[] low, double[] high) {
    this.n = g.length;
    this.h = h;
    this.g = g;
    this.low = low;
    this.high = high;
    held = new boolean[n];
    step = new double[n];
  }

  /**
   * Solves.
   *
   * @param h symmetric, positive definite
   * @param g gradient
   * @param low least step of each unknown, at most 0
   * @param high largest step, at least 0
   * @throws org.hipparchus.exception.MathIllegalArgumentException when {@code h} is not positive
   *     definite to rounding
   */
  static double[] solve(RealMatrix h, double[] g, double[] low, double[] high) {
    BoundedStep s = new BoundedStep(h, g, low, high);
    for (int i = 0; i < s.n; i++) {
      s.held[i] = (low[i] == 0 && g[i] >= 0) || (high[i] == 0 && g[i] <= 0);
    }
    // Each pass holds or releases one unknown; a cycle by rounding ends here, with a usable step.
    for (int pass = 0; pass < 10 * s.n; pass++) {
      if (s.advance() && !s.release()) {
        break;
      }
    }
    return s.step;
  }

  /** How much a step lowers ½ sᵀHs + gᵀs. */
  static double gain(RealMatrix h, double[] g, double[] step) {
    ArrayRealVector s = new ArrayRealVector(step);
    return -(s.dotProduct(new ArrayRealVector(g)) + 0.5 * s.dotProduct(h.operate(s)));
  }

  /**
   * Moves towards the minimum over what is free, no further than the first bound.
   *
   * @return true when it got there
   */
  private boolean advance() {
    double[] target = minimum();
    double share = 1;
    int first = -1;
    for (int i = 0; i < n; i++) {
      double bound = target[i] < low[i] ? low[i] : target[i] > high[i] ? high[i] : target[i];
      if (bound != target[i]) {
        double to = (bound - step[i]) / (target[i] - step[i]);
        if (to < share) {
          share = to;
          first = i;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      double moved = step[i] + share * (target[i] - step[i]);
      step[i] = Math.min(Math.max(moved, low[i]), high[i]);
    }
    if (first < 0) {
      return true;
    }
    held[first] = true;
    step[first] = target[first] < low[first] ? low[first] : high[first];
    return false;
  }

  /** The minimum with what is held where it is. */
  private double[] minimum() {
    RealMatrix m = new Array2DRowRealMatrix(n, n);
    double[] right = new double[n];
    for (int i = 0; i < n; i++) {
      if (held[i]) {
        m.setEntry(i, i, 1);
        right[i] = step[i];
        continue;
      }
      right[i] = -g[i];
      for (int j = 0; j < n; j++) {
        if (held[j]) {
          right[i] -= h.getEntry(i, j) * step[j];
        } else {
          m.setEntry(i, j, h.getEntry(i, j));
        }
      }
    }
    return new CholeskyDecomposition(m, ASYMMETRY, 0)
        .getSolver()
        .solve(new ArrayRealVector(right))
        .toArray();
  }

  /** Frees the one that gains most by leaving its bound; false when none does. */
  private boolean release() {
    double[] slope = h.operate(step);
    int best = -1;
    double most = 0;
    for (int i = 0; i < n; i++) {
      if (!held[i] || low[i] == high[i]) {
        continue;
      }
      double inwards = step[i] == low[i] ? -(slope[i] + g[i]) : slope[i] + g[i];
      // In deviations: unknowns have different units.
      double gain = inwards / Math.sqrt(h.getEntry(i, i));
      if (gain > 1e-9 && gain > most) {
        most = gain;
        best = i;
      }
    }
    if (best < 0) {
      return false;
    }
    held[best] = false;
    return true;
  }
}
