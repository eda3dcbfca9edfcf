package dev.anodyne.core.p2d;

/**
 * The linear system over x: a 3×3 block a node for (δc_e, δφ_e, δφ_s), coupled to both neighbours
 * by blocks with the fixed pattern
 *
 * <pre>⎡cc  0  0⎤
 * ⎢ec ee  0⎥
 * ⎣ 0  0 ss⎦</pre>
 *
 * Solved by block elimination without pivoting (the diagonal blocks dominate). One factorisation
 * serves any number of right-hand sides. All arrays are made once.
 */
final class BlockTridiagonal {
  private final int nodes;

  /** Diagonal blocks, row by row, 9 a node. Overwritten by their inverses in {@link #factor}. */
  final double[] diagonal;

  /** Couplings to the left neighbour, 4 a node: cc, ec, ee, ss. */
  final double[] left;

  /** Couplings to the right neighbour, 4 a node: cc, ec, ee, ss. */
  final double[] right;

  BlockTridiagonal(int nodes) {
    this.nodes = nodes;
    diagonal = new double[9 * nodes];
    left = new double[4 * nodes];
    right = new double[4 * nodes];
  }

  /** Eliminates downwards. Returns false when a block is singular or not finite. */
  boolean factor() {
    double[] d = diagonal;
    double check = 0;
    for (int i = 0; i < nodes; i++) {
      int k = 9 * i;
      if (i > 0) {
        eliminate(i);
      }
      double m00 = d[k + 4] * d[k + 8] - d[k + 5] * d[k + 7];
      double m01 = d[k + 5] * d[k + 6] - d[k + 3] * d[k + 8];
      double m02 = d[k + 3] * d[k + 7] - d[k + 4] * d[k + 6];
      double s = 1 / (d[k] * m00 + d[k + 1] * m01 + d[k + 2] * m02);
      check += s;
      double a0 = d[k];
      double a1 = d[k + 1];
      double a2 = d[k + 2];
      double a3 = d[k + 3];
      double a4 = d[k + 4];
      double a5 = d[k + 5];
      double a6 = d[k + 6];
      double a7 = d[k + 7];
      double a8 = d[k + 8];
      d[k] = m00 * s;
      d[k + 1] = (a2 * a7 - a1 * a8) * s;
      d[k + 2] = (a1 * a5 - a2 * a4) * s;
      d[k + 3] = m01 * s;
      d[k + 4] = (a0 * a8 - a2 * a6) * s;
      d[k + 5] = (a2 * a3 - a0 * a5) * s;
      d[k + 6] = m02 * s;
      d[k + 7] = (a1 * a6 - a0 * a7) * s;
      d[k + 8] = (a0 * a4 - a1 * a3) * s;
    }
    return Double.isFinite(check);
  }

  /** D_i ← D_i − L_i D_{i−1}⁻¹ U_{i−1}. */
  private void eliminate(int i) {
    double[] d = diagonal;
    int k = 9 * i;
    int p = k - 9;
    int l = 4 * i;
    int u = l - 4;
    double ucc = right[u];
    double uec = right[u + 1];
    double uee = right[u + 2];
    double uss = right[u + 3];
    double lcc = left[l];
    double lec = left[l + 1];
    double lee = left[l + 2];
    double lss = left[l + 3];
    double w00 = d[p] * ucc + d[p + 1] * uec;
    double w01 = d[p + 1] * uee;
    double w02 = d[p + 2] * uss;
    double w10 = d[p + 3] * ucc + d[p + 4] * uec;
    double w11 = d[p + 4] * uee;
    double w12 = d[p + 5] * uss;
    d[k] -= lcc * w00;
    d[k + 1] -= lcc * w01;
    d[k + 2] -= lcc * w02;
    d[k + 3] -= lec * w00 + lee * w10;
    d[k + 4] -= lec * w01 + lee * w11;
    d[k + 5] -= lec * w02 + lee * w12;
    if (lss != 0) {
      d[k + 6] -= lss * (d[p + 6] * ucc + d[p + 7] * uec);
      d[k + 7] -= lss * d[p + 7] * uee;
      d[k + 8] -= lss * d[p + 8] * uss;
    }
  }

  /**
   * Solves for one right-hand side.
   *
   * @param x Modified: right-hand side in, solution out; c_e, φ_e, φ_s of node 0, then of node 1 …
   */
  void solve(double[] x) {
    double[] d = diagonal;
    for (int i = 0; i < nodes; i++) {
      int b = 3 * i;
      int k = 9 * i;
      double r0 = x[b];
      double r1 = x[b + 1];
      double r2 = x[b + 2];
      if (i > 0) {
        int l = 4 * i;
        r0 -= left[l] * x[b - 3];
        r1 -= left[l + 1] * x[b - 3] + left[l + 2] * x[b - 2];
        r2 -= left[l + 3] * x[b - 1];
      }
      x[b] = d[k] * r0 + d[k + 1] * r1 + d[k + 2] * r2;
      x[b + 1] = d[k + 3] * r0 + d[k + 4] * r1 + d[k + 5] * r2;
      x[b + 2] = d[k + 6] * r0 + d[k + 7] * r1 + d[k + 8] * r2;
    }
    for (int i = nodes - 2; i >= 0; i--) {
      int b = 3 * i;
      int k = 9 * i;
      int u = 4 * i;
      double t0 = right[u] * x[b + 3];
      double t1 = right[u + 1] * x[b + 3] + right[u + 2] * x[b + 4];
      double t2 = right[u + 3] * x[b + 5];
      x[b] -= d[k] * t0 + d[k + 1] * t1 + d[k + 2] * t2;
      x[b + 1] -= d[k + 3] * t0 + d[k + 4] * t1 + d[k + 5] * t2;
      x[b + 2] -= d[k + 6] * t0 + d[k + 7] * t1 + d[k + 8] * t2;
    }
  }
}
