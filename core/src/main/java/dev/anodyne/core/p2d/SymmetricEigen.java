package dev.anodyne.core.p2d;

/** Small dense symmetric eigenproblems by cyclic Jacobi rotations (Golub and Van Loan, §8.5). */
final class SymmetricEigen {
  private SymmetricEigen() {}

  /**
   * Vectors of A v = λ B v with B positive definite, as columns with vᵀ B v = 1, sorted by λ.
   *
   * @param a Not modified.
   * @param b Not modified.
   */
  static double[][] generalised(double[][] a, double[][] b) {
    int n = a.length;
    double[][] l = cholesky(b);
    double[][] s = new double[n][n];
    for (int k = 0; k < n; k++) {
      double[] column = new double[n];
      for (int i = 0; i < n; i++) {
        column[i] = a[i][k];
      }
      forward(l, column);
      for (int i = 0; i < n; i++) {
        s[k][i] = column[i];
      }
    }
    double[][] t = new double[n][n];
    for (int k = 0; k < n; k++) {
      double[] column = new double[n];
      for (int i = 0; i < n; i++) {
        column[i] = s[i][k];
      }
      forward(l, column);
      for (int i = 0; i < n; i++) {
        t[i][k] = column[i];
      }
    }
    double[][] v = rotate(t);
    for (int k = 0; k < n; k++) {
      for (int i = n - 1; i >= 0; i--) {
        for (int m = i + 1; m < n; m++) {
          v[i][k] -= l[m][i] * v[m][k];
        }
        v[i][k] /= l[i][i];
      }
    }
    return sort(a, v);
  }

  /** Rayleigh quotients vᵀ A v of vectors that {@link #generalised} returned. */
  static double[] sortedValues(double[][] a, double[][] v) {
    int n = a.length;
    double[] values = new double[n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        for (int m = 0; m < n; m++) {
          values[k] += v[i][k] * a[i][m] * v[m][k];
        }
      }
    }
    return values;
  }

  private static double[][] sort(double[][] a, double[][] v) {
    int n = a.length;
    double[] values = sortedValues(a, v);
    Integer[] order = new Integer[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    java.util.Arrays.sort(order, (p, q) -> Double.compare(values[p], values[q]));
    double[][] sorted = new double[n][n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        sorted[i][k] = v[i][order[k]];
      }
    }
    return sorted;
  }

  private static double[][] cholesky(double[][] b) {
    int n = b.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k <= i; k++) {
        double sum = b[i][k];
        for (int m = 0; m < k; m++) {
          sum -= l[i][m] * l[k][m];
        }
        l[i][k] = i == k ? Math.sqrt(sum) : sum / l[k][k];
      }
    }
    return l;
  }

  private static void forward(double[][] l, double[] x) {
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= l[i][k] * x[k];
      }
      x[i] /= l[i][i];
    }
  }

  /** Eigenvectors of a symmetric matrix as columns. */
  private static double[][] rotate(double[][] a) {
    int n = a.length;
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (Math.abs(a[p][q]) > 1e-300) {
            rotate(a, v, p, q);
          }
        }
      }
    }
    return v;
  }

  private static void rotate(double[][] a, double[][] v, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int i = 0; i < a.length; i++) {
      double x = a[i][p];
      double y = a[i][q];
      a[i][p] = c * x - s * y;
      a[i][q] = s * x + c * y;
    }
    for (int i = 0; i < a.length; i++) {
      double x = a[p][i];
      double y = a[q][i];
      a[p][i] = c * x - s * y;
      a[q][i] = s * x + c * y;
      double u = v[i][p];
      double w = v[i][q];
      v[i][p] = c * u - s * w;
      v[i][q] = s * u + c * w;
    }
  }
}
