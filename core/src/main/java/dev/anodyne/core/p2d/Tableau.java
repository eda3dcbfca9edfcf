package dev.anodyne.core.p2d;

/**
 * Singly diagonally implicit Runge–Kutta methods, stiffly accurate and L-stable: a jump of the
 * current needs no history and fast modes are damped. All stages share γ.
 */
final class Tableau {
  static final int MAX_STAGES = 3;

  final double gamma;
  final double[] c;

  /** a[s][r]/γ for r &lt; s: weights of earlier stages' increments. */
  final double[][] weight;

  /** (b − b̂)/γ: weights of the increments in the error estimate. */
  final double[] error;

  final int stages;

  /** Order of the embedded solution plus one: the error shrinks with this power of the step. */
  final double errorOrder;

  private Tableau(double gamma, double[] c, double[][] a, double[] bHat, double errorOrder) {
    this.gamma = gamma;
    this.c = c;
    this.errorOrder = errorOrder;
    stages = c.length;
    weight = new double[stages][stages];
    error = new double[stages];
    for (int s = 0; s < stages; s++) {
      for (int r = 0; r < s; r++) {
        weight[s][r] = a[s][r] / gamma;
      }
      error[s] = (a[stages - 1][s] - bHat[s]) / gamma;
    }
  }

  /** b[s]: share of a stage in the whole step. */
  double share(int s) {
    return s == stages - 1 ? gamma : gamma * weight[stages - 1][s];
  }

  /** Implicit Euler: order 1, and the firmest damping of what a jump sets off. */
  static final Tableau EULER =
      new Tableau(1, new double[] {1}, new double[][] {{1}}, new double[] {0}, 1);

  /** Two stages, order 2, γ = 1 − 1/√2; embedded order 1. */
  static final Tableau SDIRK2 = sdirk2();

  /** Three stages, order 3 (Alexander 1977); embedded order 2. */
  static final Tableau SDIRK3 = sdirk3();

  private static Tableau sdirk2() {
    double g = 1 - Math.sqrt(0.5);
    return new Tableau(
        g, new double[] {g, 1}, new double[][] {{g, 0}, {1 - g, g}}, new double[] {1, 0}, 2);
  }

  private static Tableau sdirk3() {
    double g = 0.435866521508458999416019;
    double c2 = (1 + g) / 2;
    double b1 = -(6 * g * g - 16 * g + 1) / 4;
    double b2 = (6 * g * g - 20 * g + 5) / 4;
    double hat2 = (0.5 - g) / (c2 - g);
    return new Tableau(
        g,
        new double[] {g, c2, 1},
        new double[][] {{g, 0, 0}, {c2 - g, g, 0}, {b1, b2, g}},
        new double[] {1 - hat2, hat2, 0},
        3);
  }
}
