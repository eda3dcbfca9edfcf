package dev.anodyne.core.p2d;

/** Gaussian elimination with partial pivoting of a matrix with b diagonals on either side. */
final class Banded {
  private final int n;
  private final int b;

  /** Row i, column j at [i][j − i + b]; room for b more columns that pivoting fills. */
  private final double[][] a;

  Banded(int n, int b) {
    this.n = n;
    this.b = b;
    a = new double[n][3 * b + 1];
  }

  void set(int i, int j, double value) {
    a[i][j - i + b] = value;
  }

  /** Solves for x in place; the matrix is spent. */
  void solve(double[] x) {
    for (int p = 0; p < n; p++) {
      int last = Math.min(n - 1, p + b);
      int best = p;
      for (int i = p + 1; i <= last; i++) {
        if (Math.abs(a[i][p - i + b]) > Math.abs(a[best][p - best + b])) {
          best = i;
        }
      }
      int end = Math.min(n - 1, p + 2 * b);
      if (best != p) {
        for (int j = p; j <= end; j++) {
          double t = a[p][j - p + b];
          a[p][j - p + b] = a[best][j - best + b];
          a[best][j - best + b] = t;
        }
        double t = x[p];
        x[p] = x[best];
        x[best] = t;
      }
      for (int i = p + 1; i <= last; i++) {
        double f = a[i][p - i + b] / a[p][b];
        if (f != 0) {
          for (int j = p; j <= end; j++) {
            a[i][j - i + b] -= f * a[p][j - p + b];
          }
          x[i] -= f * x[p];
        }
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = x[i];
      for (int j = i + 1; j <= Math.min(n - 1, i + 2 * b); j++) {
        sum -= a[i][j - i + b] * x[j];
      }
      x[i] = sum / a[i][b];
    }
  }
}
