package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Curve;

/**
 * Particles whose diffusivity depends on the stoichiometry. In the modes' space the equation is
 *
 * <pre>dq_k/dt = −(1/R²) ∫ 3 r² D(x) x' v_k' dr − (3/(F R c_max)) v_k(1) j</pre>
 *
 * by Gauss quadrature; the modes are coupled, so each node's particle keeps a small dense matrix J
 * = I − γh ∂f/∂q. Its inverse eliminates the particle from the system over x exactly as the decays
 * of {@link Particles} do.
 */
final class VariableDiffusion {
  private VariableDiffusion() {}

  /** Fills x̂, g, J⁻¹ and the particles' own Newton updates at the iterate. */
  static void linearise(P2dModel m, Side side, P2dWorkspace w, double gh, double rate) {
    int n = side.to - side.from;
    int modes = m.particle.count;
    double[] v = m.particle.surface;
    double scale = gh * side.fluxScale;
    for (int i = side.from; i < side.to; i++) {
      double[] inverse = w.particleInverse[i];
      double[] newton = w.particleNewton[i];
      double[] flux = w.particleFlux[i];
      double j = w.y[m.layout.j + i];
      for (int k = 0; k < modes; k++) {
        int at = side.modes + k * n + i - side.from;
        flux[k] = w.y[at] - w.rhs[at] + scale * v[k] * j;
      }
      assemble(m, side, w, i, gh * rate, inverse, flux);
      invert(inverse, modes);
      double base = 0;
      double g = 0;
      for (int k = 0; k < modes; k++) {
        newton[k] = -row(inverse, flux, modes, k);
      }
      for (int k = 0; k < modes; k++) {
        flux[k] = -scale * row(inverse, v, modes, k);
        g += v[k] * flux[k];
        base += v[k] * (w.y[side.modes + k * n + i - side.from] + newton[k]);
      }
      w.surfaceSlope[i] = g;
      w.surfaceBase[i] = base - g * j;
    }
  }

  private static double row(double[] matrix, double[] x, int n, int k) {
    double sum = 0;
    for (int l = 0; l < n; l++) {
      sum += matrix[k * n + l] * x[l];
    }
    return sum;
  }

  /** J and the residual −γh f added to what {@code residual} holds. */
  private static void assemble(
      P2dModel m,
      Side side,
      P2dWorkspace w,
      int node,
      double scale,
      double[] matrix,
      double[] residual) {
    ParticleModes p = m.particle;
    Curve diffusivity = side.electrode.diffusivity();
    int n = side.to - side.from;
    int modes = p.count;
    java.util.Arrays.fill(matrix, 0);
    for (int k = 0; k < modes; k++) {
      matrix[k * modes + k] = 1;
    }
    for (int point = 0; point < p.weight.length; point++) {
      double[] v = p.value[point];
      double[] dv = p.slope[point];
      double x = 0;
      double dx = 0;
      for (int k = 0; k < modes; k++) {
        double q = w.y[side.modes + k * n + node - side.from];
        x += v[k] * q;
        dx += dv[k] * q;
      }
      double inside = Math.max(0, Math.min(1, x));
      double d = scale * p.weight[point] * diffusivity.value(inside);
      double slope = inside == x ? scale * p.weight[point] * diffusivity.slope(inside) * dx : 0;
      for (int k = 1; k < modes; k++) {
        residual[k] += dv[k] * d * dx;
        int at = k * modes;
        for (int l = 0; l < modes; l++) {
          matrix[at + l] += dv[k] * (d * dv[l] + slope * v[l]);
        }
      }
    }
  }

  /** In place by Gauss–Jordan; the diagonal dominates. */
  static void invert(double[] a, int n) {
    for (int p = 0; p < n; p++) {
      double pivot = 1 / a[p * n + p];
      a[p * n + p] = 1;
      for (int l = 0; l < n; l++) {
        a[p * n + l] *= pivot;
      }
      for (int k = 0; k < n; k++) {
        if (k != p) {
          double f = a[k * n + p];
          a[k * n + p] = 0;
          for (int l = 0; l < n; l++) {
            a[k * n + l] -= f * a[p * n + l];
          }
        }
      }
    }
  }

  /** Moves a node's particle by its own update and the change of j; returns how far at most. */
  static double update(P2dModel m, Side side, P2dWorkspace w, int node, double factor, double dj) {
    int n = side.to - side.from;
    double largest = 0;
    for (int k = 0; k < m.particle.count; k++) {
      double dq = w.particleNewton[node][k] + dj * w.particleFlux[node][k];
      w.y[side.modes + k * n + node - side.from] += factor * dq;
      largest = Math.max(largest, Math.abs(dq));
    }
    return largest;
  }

  /** v(1)ᵀ J⁻¹ q at each node. */
  static void surface(P2dModel m, Side side, P2dWorkspace w, double[] q, double[] out) {
    int n = side.to - side.from;
    int modes = m.particle.count;
    for (int i = side.from; i < side.to; i++) {
      double sum = 0;
      for (int k = 0; k < modes; k++) {
        double product = 0;
        for (int l = 0; l < modes; l++) {
          product += w.particleInverse[i][k * modes + l] * q[side.modes + l * n + i - side.from];
        }
        sum += m.particle.surface[k] * product;
      }
      out[i] = sum;
    }
  }

  /** Increments of a converged stage; the mean follows from j alone, to rounding. */
  static void finish(P2dModel m, Side side, double gh, P2dWorkspace w, int stage) {
    int n = side.to - side.from;
    for (int k = 0; k < m.particle.count; k++) {
      for (int i = 0; i < n; i++) {
        int at = side.modes + k * n + i;
        if (k == 0) {
          w.y[at] = w.rhs[at] - gh * side.fluxScale * w.y[m.layout.j + side.from + i];
        }
        w.increment[stage][at] = w.y[at] - w.rhs[at];
      }
    }
  }

  /** γh f of mode l of a converged stage. */
  private static double change(
      P2dModel m, Side side, P2dWorkspace w, double gh, int node, int mode) {
    int at = side.modes + mode * (side.to - side.from) + node - side.from;
    return w.y[at]
        - w.rhs[at]
        + gh * side.fluxScale * m.particle.surface[mode] * w.y[m.layout.j + node];
  }

  /** ∂x/∂T at fixed j: v(1)ᵀ J⁻¹ γh f times the relative slope of D in T. */
  static void surfaceHeat(
      P2dModel m, Side side, P2dWorkspace w, double gh, double slope, double[] out) {
    int modes = m.particle.count;
    for (int i = side.from; i < side.to; i++) {
      double sum = 0;
      for (int l = 0; l < modes; l++) {
        double f = change(m, side, w, gh, i, l);
        for (int k = 0; k < modes; k++) {
          sum += m.particle.surface[k] * w.particleInverse[i][k * modes + l] * f;
        }
      }
      out[i] = slope * sum;
    }
  }

  /** δq = J⁻¹ (δrhs − γh (3/(F R c_max)) v(1) δj + γh f · relative change of D). */
  static void differentiate(
      P2dModel m,
      Side side,
      P2dWorkspace w,
      double gh,
      double[] rhs,
      double[] dj,
      double relative,
      double[] out) {
    int n = side.to - side.from;
    int modes = m.particle.count;
    for (int i = side.from; i < side.to; i++) {
      int at = side.modes + i - side.from;
      for (int k = 0; k < modes; k++) {
        out[at + k * n] = dj[i] * w.particleFlux[i][k];
      }
      for (int l = 0; l < modes; l++) {
        double b = rhs[at + l * n];
        if (relative != 0) {
          b += relative * change(m, side, w, gh, i, l);
        }
        for (int k = 0; k < modes; k++) {
          out[at + k * n] += w.particleInverse[i][k * modes + l] * b;
        }
      }
    }
  }
}
