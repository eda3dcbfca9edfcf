package dev.anodyne.core.bpx;

import java.util.Arrays;

/**
 * A table as a twice continuously differentiable function: the cubic spline through every point
 * (not-a-knot ends, so no error at the points themselves). Outside the table the end's tangent
 * continues.
 */
public final class TableFunction implements BpxFunction {
  private final double[] x;
  private final double[] y;
  private final double[] second;

  private TableFunction(double[] x, double[] y, double[] second) {
    this.x = x;
    this.y = y;
    this.second = second;
  }

  /**
   * The spline through points sorted by x.
   *
   * @param xs strictly increasing, at least two
   * @param ys as many
   */
  public static TableFunction through(double[] xs, double[] ys) {
    if (xs.length != ys.length || xs.length < 2) {
      throw new BpxException(
          "a table of "
              + xs.length
              + " x and "
              + ys.length
              + " y values; allowed: as many of each, at least 2");
    }
    return new TableFunction(xs.clone(), ys.clone(), secondDerivatives(xs, ys));
  }

  /** Second derivatives at the points from continuity of the slope (de Boor, 2001, ch. IV). */
  private static double[] secondDerivatives(double[] x, double[] y) {
    int n = x.length;
    double[] m = new double[n];
    if (n < 4) {
      return m;
    }
    double[] lower = new double[n];
    double[] diagonal = new double[n];
    double[] upper = new double[n];
    for (int i = 1; i < n - 1; i++) {
      double left = x[i] - x[i - 1];
      double right = x[i + 1] - x[i];
      lower[i] = left;
      diagonal[i] = 2 * (left + right);
      upper[i] = right;
      m[i] = 6 * ((y[i + 1] - y[i]) / right - (y[i] - y[i - 1]) / left);
    }
    // Not-a-knot: the third derivative is continuous at the second and second-last points, which
    // gives the end values by linear extrapolation; eliminated into the neighbouring rows.
    double a = (x[1] - x[0]) / (x[2] - x[1]);
    diagonal[1] += lower[1] * (1 + a);
    upper[1] -= lower[1] * a;
    double b = (x[n - 1] - x[n - 2]) / (x[n - 2] - x[n - 3]);
    diagonal[n - 2] += upper[n - 2] * (1 + b);
    lower[n - 2] -= upper[n - 2] * b;
    for (int i = 2; i < n - 1; i++) {
      double factor = lower[i] / diagonal[i - 1];
      diagonal[i] -= factor * upper[i - 1];
      m[i] -= factor * m[i - 1];
    }
    m[n - 2] /= diagonal[n - 2];
    for (int i = n - 3; i >= 1; i--) {
      m[i] = (m[i] - upper[i] * m[i + 1]) / diagonal[i];
    }
    m[0] = m[1] * (1 + a) - m[2] * a;
    m[n - 1] = m[n - 2] * (1 + b) - m[n - 3] * b;
    return m;
  }

  private int interval(double at) {
    int i = Arrays.binarySearch(x, at);
    int left = i >= 0 ? i : -i - 2;
    return Math.max(0, Math.min(x.length - 2, left));
  }

  @Override
  public double value(double at) {
    double inside = Math.max(x[0], Math.min(x[x.length - 1], at));
    int i = interval(inside);
    double h = x[i + 1] - x[i];
    double a = (x[i + 1] - inside) / h;
    double b = 1 - a;
    double value =
        a * y[i]
            + b * y[i + 1]
            + ((a * a * a - a) * second[i] + (b * b * b - b) * second[i + 1]) * h * h / 6;
    return at == inside ? value : value + slope(inside) * (at - inside);
  }

  @Override
  public double slope(double at) {
    double inside = Math.max(x[0], Math.min(x[x.length - 1], at));
    int i = interval(inside);
    double h = x[i + 1] - x[i];
    double a = (x[i + 1] - inside) / h;
    double b = 1 - a;
    return (y[i + 1] - y[i]) / h
        + ((1 - 3 * a * a) * second[i] + (3 * b * b - 1) * second[i + 1]) * h / 6;
  }
}
