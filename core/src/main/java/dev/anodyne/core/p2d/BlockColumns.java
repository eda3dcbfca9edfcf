package dev.anodyne.core.p2d;

/**
 * Further solves with a factored {@link BlockTridiagonal}: many right-hand sides at once, and one
 * with the transposed matrix. With D̂ᵢ the eliminated diagonal blocks,
 *
 * <pre>A = (L + D̂) D̂⁻¹ (D̂ + U),   Aᵀ = (Uᵀ + D̂ᵀ) D̂⁻ᵀ (D̂ᵀ + Lᵀ)</pre>
 */
final class BlockColumns {
  private BlockColumns() {}

  /**
   * Solves for several right-hand sides, which lie side by side so that they hide each other's
   * latency: unknown u of column p at {@code x[u * columns + p]}.
   *
   * @param x Modified: right-hand sides in, solutions out.
   */
  static void solve(BlockTridiagonal a, double[] x, int nodes, int columns) {
    for (int i = 0; i < nodes; i++) {
      down(a, x, i, columns);
    }
    for (int i = nodes - 2; i >= 0; i--) {
      up(a, x, i, columns);
    }
  }

  private static void down(BlockTridiagonal a, double[] x, int i, int columns) {
    double[] d = a.diagonal;
    int k = 9 * i;
    int l = 4 * i;
    double d0 = d[k];
    double d1 = d[k + 1];
    double d2 = d[k + 2];
    double d3 = d[k + 3];
    double d4 = d[k + 4];
    double d5 = d[k + 5];
    double d6 = d[k + 6];
    double d7 = d[k + 7];
    double d8 = d[k + 8];
    boolean first = i == 0;
    double cc = first ? 0 : a.left[l];
    double ec = first ? 0 : a.left[l + 1];
    double ee = first ? 0 : a.left[l + 2];
    double ss = first ? 0 : a.left[l + 3];
    int b0 = 3 * i * columns;
    int b1 = b0 + columns;
    int b2 = b1 + columns;
    int back = first ? 0 : 3 * columns;
    for (int p = 0; p < columns; p++) {
      double before = x[b0 - back + p];
      double r0 = x[b0 + p] - cc * before;
      double r1 = x[b1 + p] - ec * before - ee * x[b1 - back + p];
      double r2 = x[b2 + p] - ss * x[b2 - back + p];
      x[b0 + p] = d0 * r0 + d1 * r1 + d2 * r2;
      x[b1 + p] = d3 * r0 + d4 * r1 + d5 * r2;
      x[b2 + p] = d6 * r0 + d7 * r1 + d8 * r2;
    }
  }

  private static void up(BlockTridiagonal a, double[] x, int i, int columns) {
    double[] d = a.diagonal;
    int k = 9 * i;
    int u = 4 * i;
    double d0 = d[k];
    double d1 = d[k + 1];
    double d2 = d[k + 2];
    double d3 = d[k + 3];
    double d4 = d[k + 4];
    double d5 = d[k + 5];
    double d6 = d[k + 6];
    double d7 = d[k + 7];
    double d8 = d[k + 8];
    double cc = a.right[u];
    double ec = a.right[u + 1];
    double ee = a.right[u + 2];
    double ss = a.right[u + 3];
    int b0 = 3 * i * columns;
    int b1 = b0 + columns;
    int b2 = b1 + columns;
    int ahead = 3 * columns;
    for (int p = 0; p < columns; p++) {
      double next = x[b0 + ahead + p];
      double t0 = cc * next;
      double t1 = ec * next + ee * x[b1 + ahead + p];
      double t2 = ss * x[b2 + ahead + p];
      x[b0 + p] -= d0 * t0 + d1 * t1 + d2 * t2;
      x[b1 + p] -= d3 * t0 + d4 * t1 + d5 * t2;
      x[b2 + p] -= d6 * t0 + d7 * t1 + d8 * t2;
    }
  }

  /**
   * Solves with the transposed matrix.
   *
   * @param x Modified: right-hand side in, solution out, in block order.
   */
  static void solveTransposed(BlockTridiagonal a, double[] x, int nodes) {
    for (int i = 0; i < nodes; i++) {
      int b = 3 * i;
      if (i > 0) {
        int u = 4 * i - 4;
        x[b] -= a.right[u] * x[b - 3] + a.right[u + 1] * x[b - 2];
        x[b + 1] -= a.right[u + 2] * x[b - 2];
        x[b + 2] -= a.right[u + 3] * x[b - 1];
      }
      // right couples node i−1 to node i: Uᵀ has cc and ec in its first row.
      divide(a, i, x, x[b], x[b + 1], x[b + 2], 0);
    }
    for (int i = nodes - 2; i >= 0; i--) {
      int b = 3 * i;
      int l = 4 * i + 4;
      double r0 = a.left[l] * x[b + 3] + a.left[l + 1] * x[b + 4];
      double r1 = a.left[l + 2] * x[b + 4];
      double r2 = a.left[l + 3] * x[b + 5];
      divide(a, i, x, -r0, -r1, -r2, 1);
    }
  }

  /** x_i ← keep x_i + D̂ᵢ⁻ᵀ r. */
  private static void divide(
      BlockTridiagonal a, int i, double[] x, double r0, double r1, double r2, double keep) {
    double[] d = a.diagonal;
    int b = 3 * i;
    int k = 9 * i;
    x[b] = keep * x[b] + d[k] * r0 + d[k + 3] * r1 + d[k + 6] * r2;
    x[b + 1] = keep * x[b + 1] + d[k + 1] * r0 + d[k + 4] * r1 + d[k + 7] * r2;
    x[b + 2] = keep * x[b + 2] + d[k + 2] * r0 + d[k + 5] * r1 + d[k + 8] * r2;
  }
}
