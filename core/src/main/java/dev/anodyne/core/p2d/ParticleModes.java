package dev.anodyne.core.p2d;

/**
 * Galerkin modes of diffusion in a unit sphere. The space is that of even polynomials of degree
 * 2(N−1) in r (even-Jacobi), which N unknowns resolve far better than volumes; its stiffness and
 * mass matrices are diagonalised once, so that with a diffusivity that does not vary inside the
 * particle each mode evolves alone:
 *
 * <pre>x(r,t) = Σ v_k(r) q_k(t),   dq_k/dt = −(D/R²) λ_k q_k − 3 v_k(1) j / (F R c_max)</pre>
 *
 * Mode 0 is the mean (v₀ = 1, λ₀ = 0): lithium is conserved to rounding. Orthonormality: 3∫v_k v_l
 * r² dr = δ_kl.
 */
final class ParticleModes {
  final int count;

  /** λ_k, ascending; the first is exactly 0. */
  final double[] lambda;

  /** v_k(1) > 0. */
  final double[] surface;

  /** Quadrature over the sphere: weights 3 w r² with sum 1, and v_k, dv_k/dr at each point. */
  final double[] weight;

  final double[][] value;
  final double[][] slope;

  ParticleModes(int count) {
    this.count = count;
    int points = 2 * count + 2;
    double[] r = new double[points];
    double[] w = new double[points];
    gaussLegendre(r, w);
    double[][] mass = new double[count][count];
    double[][] stiffness = new double[count][count];
    for (int p = 0; p < points; p++) {
      double[] f = new double[count];
      double[] df = new double[count];
      basis(r[p], f, df);
      double weight = 3 * w[p] * r[p] * r[p];
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < count; k++) {
          mass[i][k] += weight * f[i] * f[k];
          stiffness[i][k] += weight * df[i] * df[k];
        }
      }
    }
    double[][] vectors = SymmetricEigen.generalised(stiffness, mass);
    lambda = SymmetricEigen.sortedValues(stiffness, vectors);
    lambda[0] = 0;
    surface = new double[count];
    double[] sign = new double[count];
    double[] f = new double[count];
    double[] df = new double[count];
    basis(1, f, df);
    for (int k = 0; k < count; k++) {
      double end = combine(vectors, f, k);
      sign[k] = Math.signum(end);
      surface[k] = Math.abs(end);
    }
    weight = new double[points];
    value = new double[points][count];
    slope = new double[points][count];
    for (int p = 0; p < points; p++) {
      weight[p] = 3 * w[p] * r[p] * r[p];
      basis(r[p], f, df);
      for (int k = 0; k < count; k++) {
        value[p][k] = sign[k] * combine(vectors, f, k);
        slope[p][k] = k == 0 ? 0 : sign[k] * combine(vectors, df, k);
      }
    }
    surface[0] = 1;
  }

  private static double combine(double[][] vectors, double[] f, int mode) {
    double sum = 0;
    for (int i = 0; i < f.length; i++) {
      sum += vectors[i][mode] * f[i];
    }
    return sum;
  }

  /** Legendre polynomials of 2r²−1 and their derivatives with respect to r. */
  private static void basis(double r, double[] f, double[] df) {
    double z = 2 * r * r - 1;
    double dz = 4 * r;
    double[] d = new double[f.length];
    f[0] = 1;
    if (f.length > 1) {
      f[1] = z;
      d[1] = 1;
    }
    for (int k = 2; k < f.length; k++) {
      f[k] = ((2 * k - 1) * z * f[k - 1] - (k - 1) * f[k - 2]) / k;
      d[k] = ((2 * k - 1) * (f[k - 1] + z * d[k - 1]) - (k - 1) * d[k - 2]) / k;
    }
    for (int k = 0; k < f.length; k++) {
      df[k] = d[k] * dz;
    }
  }

  /** Nodes and weights of Gauss–Legendre quadrature on 0…1. */
  static void gaussLegendre(double[] x, double[] w) {
    int n = x.length;
    for (int i = 0; i < n; i++) {
      double z = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double slope = 1;
      for (int iteration = 0; iteration < 100; iteration++) {
        double a = 1;
        double b = z;
        for (int k = 2; k <= n; k++) {
          double next = ((2 * k - 1) * z * b - (k - 1) * a) / k;
          a = b;
          b = next;
        }
        slope = n * (z * b - a) / (z * z - 1);
        double step = b / slope;
        z -= step;
        if (Math.abs(step) < 1e-16) {
          break;
        }
      }
      x[i] = 0.5 * (1 - z);
      w[i] = 1 / ((1 - z * z) * slope * slope);
    }
  }
}
