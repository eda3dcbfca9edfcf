package dev.anodyne.core.p2d;

/**
 * First guesses of Newton's method: rates from the sub-step before, then polynomials through the
 * stages. A good guess makes one iteration a stage enough while the cell changes smoothly.
 */
final class Guess {
  private Guess() {}

  /** Guess of stage s in {@code w.y}; its rhs is there already. */
  static void stage(P2dModel m, P2dWorkspace w, Tableau tableau, int s, double h) {
    StateLayout l = m.layout;
    int n = m.grid.nodes;
    if (s > 0) {
      double[] last = w.increment[s - 1];
      for (int i = 0; i <= n; i++) {
        w.y[i] = w.rhs[i] + last[i];
      }
      between(m, w, tableau, s);
      return;
    }
    double ahead = tableau.c[0] * h;
    for (int i = 0; i <= n; i++) {
      w.y[i] += ahead * w.start[l.rateT + i];
    }
    if (w.smooth) {
      for (int i = 0; i < 3 * n; i++) {
        w.y[l.phiE + i] += ahead * w.start[l.ratePhiE + i];
      }
    }
  }

  /** Polynomial through the step's beginning (if it is smooth) and the stages so far. */
  private static void between(P2dModel m, P2dWorkspace w, Tableau tableau, int s) {
    int at = m.layout.phiE;
    double[] a = w.algebraic[s - 1];
    double c = tableau.c[s];
    double c1 = tableau.c[0];
    if (s == 1) {
      double f = w.smooth ? c / c1 : 1;
      for (int i = 0; i < a.length; i++) {
        double begin = w.start[at + i];
        w.y[at + i] = begin + f * (a[i] - begin);
      }
      return;
    }
    // Lagrange's weights of the begin (if the path is smooth) and of both stages
    double c2 = tableau.c[1];
    double[] b = w.algebraic[0];
    double[] y = w.y;
    double ofFirst = (c2 - c) / (c2 - c1);
    double ofSecond = (c - c1) / (c2 - c1);
    double ofBegin = 0;
    if (w.smooth) {
      ofBegin = (c - c1) * (c - c2) / (c1 * c2);
      ofFirst *= c / c1;
      ofSecond *= c / c2;
    }
    for (int i = 0; i < a.length; i++) {
      y[at + i] = ofBegin * w.start[at + i] + ofFirst * b[i] + ofSecond * a[i];
    }
  }

  /** Keeps a stage's potentials and currents. */
  static void remember(P2dModel m, P2dWorkspace w, int s) {
    System.arraycopy(w.y, m.layout.phiE, w.algebraic[s], 0, w.algebraic[s].length);
  }

  /** Rates at the end of an accepted sub-step. */
  static void rates(P2dModel m, double[] values, P2dWorkspace w, Tableau tableau, double h) {
    StateLayout l = m.layout;
    int last = tableau.stages - 1;
    double f = 1 / (tableau.gamma * h);
    double[] increment = w.increment[last];
    for (int i = 0; i <= m.grid.nodes; i++) {
      values[l.rateT + i] = f * increment[i];
    }
    if (last == 0) {
      java.util.Arrays.fill(values, l.ratePhiE, l.ratePhiE + w.algebraic[0].length, 0);
      return;
    }
    double g = 1 / ((tableau.c[last] - tableau.c[last - 1]) * h);
    double[] a = w.algebraic[last];
    double[] b = w.algebraic[last - 1];
    for (int i = 0; i < a.length; i++) {
      values[l.ratePhiE + i] = g * (a[i] - b[i]);
    }
  }
}
