package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrode;

/**
 * Diffusion in one particle by finite volumes in shells, one implicit Euler step at a time:
 *
 * <pre>
 * V_k (x_k − x_k,old)/h = [r² D x']_{k+½} − [r² D x']_{k−½},   D x' = −j/(F R c_max)·R² at r = 1
 * </pre>
 *
 * with r over the radius R and D at a face the harmonic mean of its two shells'. The profile is an
 * even function of r, hence slopes are taken in r² (x' = 2r dx/dr²) between the shells' means of
 * r², and the surface is extrapolated by the parabola in r² through the last three: exact for the
 * parabolic profile of a steady flux on any shells. Newton's method for D(x).
 */
final class ReferenceParticle {
  private final Electrode electrode;
  private final double[] r;
  private final double[] weights;
  private final boolean squares;

  /**
   * @param squares whether slopes and surface are taken in r², or in r as PyBaMM does
   */
  ReferenceParticle(Electrode electrode, double[] radii, boolean squares) {
    this.squares = squares;
    this.electrode = electrode;
    this.r = radii;
    int n = shells();
    double d1 = 1 - position(n - 1);
    double d2 = 1 - position(n - 2);
    double d3 = 1 - position(n - 3);
    weights =
        new double[] {
          d2 * d3 / ((d2 - d1) * (d3 - d1)),
          d1 * d3 / ((d1 - d2) * (d3 - d2)),
          d1 * d2 / ((d1 - d3) * (d2 - d3))
        };
  }

  int shells() {
    return r.length - 1;
  }

  /** Where a shell's mean sits: at its mean of r², as a parabola's does; or at its middle. */
  private double position(int k) {
    return squares
        ? 0.6
            * (Math.pow(r[k + 1], 5) - Math.pow(r[k], 5))
            / (Math.pow(r[k + 1], 3) - Math.pow(r[k], 3))
        : 0.5 * (r[k] + r[k + 1]);
  }

  /** r² x' through the face outside shell k, for a difference of 1 across it. */
  private double reach(int k) {
    double face = r[k + 1];
    return face * face * (squares ? 2 * face : 1) / (position(k + 1) - position(k));
  }

  double volume(int k) {
    return (Math.pow(r[k + 1], 3) - Math.pow(r[k], 3)) / 3;
  }

  double surface(double[] y, int at) {
    int n = at + shells();
    return weights[0] * y[n - 1] + weights[1] * y[n - 2] + weights[2] * y[n - 3];
  }

  double mean(double[] y, int at) {
    double sum = 0;
    for (int k = 0; k < shells(); k++) {
      sum += 3 * volume(k) * y[at + k];
    }
    return sum;
  }

  /** Fills the shells y[at…] at the end of a step of h under a current density j; guess inside. */
  void step(double[] old, double[] y, int at, double j, double h, double diffusivityFactor) {
    int n = shells();
    double radius = electrode.particleRadiusM();
    double inflow = -j / (Constants.FARADAY * radius * electrode.maximumConcentration());
    double[] lower = new double[n];
    double[] diagonal = new double[n];
    double[] upper = new double[n];
    double[] residual = new double[n];
    double largest = 1;
    for (int iteration = 0; iteration < 20 && largest > 1e-13; iteration++) {
      for (int k = 0; k < n; k++) {
        diagonal[k] = volume(k) / h;
        residual[k] = volume(k) / h * (y[at + k] - old[at + k]);
      }
      residual[n - 1] -= inflow * (squares ? 1 : boundaryRatio(y, at));
      for (int k = 0; k + 1 < n; k++) {
        double scale = diffusivityFactor * reach(k) / (radius * radius);
        double xl = Math.max(0, Math.min(1, y[at + k]));
        double xr = Math.max(0, Math.min(1, y[at + k + 1]));
        double dl = diffusivity(xl);
        double dr = diffusivity(xr);
        double g = scale * 2 * dl * dr / (dl + dr);
        double difference = y[at + k + 1] - y[at + k];
        double left =
            g * (electrode.diffusivity().slope(xl) / dl * dr / (dl + dr) * difference - 1);
        double right =
            g * (electrode.diffusivity().slope(xr) / dr * dl / (dl + dr) * difference + 1);
        residual[k] -= g * difference;
        residual[k + 1] += g * difference;
        diagonal[k] -= left;
        upper[k] = -right;
        lower[k + 1] = left;
        diagonal[k + 1] += right;
      }
      largest = thomas(lower, diagonal, upper, residual);
      for (int k = 0; k < n; k++) {
        y[at + k] -= residual[k];
      }
    }
  }

  /**
   * PyBaMM states the flux at the surface as a gradient, −j/(F D), with D extrapolated to the
   * surface by a parabola, and then multiplies it by D extrapolated by a line. Where D varies the
   * two differ, and a little lithium is gained or lost.
   */
  private double boundaryRatio(double[] y, int at) {
    int n = at + shells();
    double last = diffusivity(y[n - 1]);
    double before = diffusivity(y[n - 2]);
    double parabola = weights[0] * last + weights[1] * before + weights[2] * diffusivity(y[n - 3]);
    return (1.5 * last - 0.5 * before) / parabola;
  }

  private double diffusivity(double x) {
    return electrode.diffusivity().value(Math.max(0, Math.min(1, x)));
  }

  /** Solves in place; returns the largest entry. */
  private static double thomas(double[] lower, double[] diagonal, double[] upper, double[] x) {
    for (int k = 1; k < x.length; k++) {
      double f = lower[k] / diagonal[k - 1];
      diagonal[k] -= f * upper[k - 1];
      x[k] -= f * x[k - 1];
    }
    double largest = 0;
    for (int k = x.length - 1; k >= 0; k--) {
      x[k] = (x[k] - (k + 1 < x.length ? upper[k] * x[k + 1] : 0)) / diagonal[k];
      largest = Math.max(largest, Math.abs(x[k]));
    }
    return largest;
  }
}
