package dev.anodyne.core.cell;

import dev.anodyne.core.bpx.BpxFunction;

/**
 * A scalar property on a uniform grid: the cubic spline through the function's values, clamped by
 * its analytic slopes at both ends (de Boor, A Practical Guide to Splines, 2001, ch. IV). Twice
 * continuously differentiable inside the grid; {@link #value}, {@link #slope} and {@link
 * #curvature} belong together exactly, so that Newton's method converges quadratically and an
 * error-controlled step meets no kink. The error is h⁴/384 of the fourth derivative; {@code
 * docs/p2d.md} gives it as measured for every shipped curve. Outside the grid the end's tangent
 * continues.
 */
public final class Curve {
  private final double from;
  private final double perStep;
  private final int intervals;

  /** Four coefficients an interval in t = 0…1: c0 + c1 t + c2 t² + c3 t³. */
  private final double[] c;

  private final boolean constant;

  private Curve(double from, double perStep, int intervals, double[] c, boolean constant) {
    this.from = from;
    this.perStep = perStep;
    this.intervals = intervals;
    this.c = c;
    this.constant = constant;
  }

  /** The same value everywhere. */
  public static Curve constant(double value) {
    return new Curve(0, 1, 1, new double[] {value, 0, 0, 0}, true);
  }

  /**
   * Samples a function, with its slope at both ends.
   *
   * @throws BadCellException when a sample is not finite
   */
  public static Curve of(BpxFunction function, double from, double to, int intervals) {
    if (function.isConstant()) {
      return constant(function.value(from));
    }
    double h = (to - from) / intervals;
    double[] v = new double[intervals + 1];
    for (int i = 0; i < intervals; i++) {
      v[i] = function.value(from + i * h);
    }
    v[intervals] = function.value(to);
    double[] s = slopes(v, function.slope(from) * h, function.slope(to) * h);
    double[] c = new double[4 * intervals];
    for (int i = 0; i < intervals; i++) {
      double rise = v[i + 1] - v[i];
      c[4 * i] = v[i];
      c[4 * i + 1] = s[i];
      c[4 * i + 2] = 3 * rise - 2 * s[i] - s[i + 1];
      c[4 * i + 3] = s[i] + s[i + 1] - 2 * rise;
    }
    for (double x : c) {
      if (!Double.isFinite(x)) {
        throw new BadCellException(
            "A property function is not finite between " + from + " and " + to + ".");
      }
    }
    return new Curve(from, 1 / h, intervals, c, false);
  }

  /** Slopes times h from continuity of the curvature: s₋ + 4 s + s₊ = 3 (v₊ − v₋), ends given. */
  private static double[] slopes(double[] v, double first, double last) {
    int n = v.length - 1;
    double[] s = new double[n + 1];
    double[] upper = new double[n + 1];
    s[0] = first;
    s[n] = last;
    for (int i = 1; i < n; i++) {
      double pivot = 1 / (4 - upper[i - 1]);
      upper[i] = pivot;
      s[i] = pivot * (3 * (v[i + 1] - v[i - 1]) - s[i - 1]);
    }
    for (int i = n - 1; i > 0; i--) {
      s[i] -= upper[i] * s[i + 1];
    }
    return s;
  }

  /** True when the curve is the same everywhere. */
  public boolean isConstant() {
    return constant;
  }

  /** The value at x. */
  public double value(double x) {
    double u = (x - from) * perStep;
    int i = index(u);
    double t = u - i;
    double over = t < 0 ? t : t > 1 ? t - 1 : 0;
    t -= over;
    int k = 4 * i;
    double value = c[k] + t * (c[k + 1] + t * (c[k + 2] + t * c[k + 3]));
    return over == 0 ? value : value + over * (c[k + 1] + t * (2 * c[k + 2] + t * 3 * c[k + 3]));
  }

  /** The derivative at x. */
  public double slope(double x) {
    double u = (x - from) * perStep;
    int i = index(u);
    double t = Math.max(0, Math.min(1, u - i));
    int k = 4 * i;
    return perStep * (c[k + 1] + t * (2 * c[k + 2] + t * 3 * c[k + 3]));
  }

  /** The second derivative at x; 0 outside the grid. */
  public double curvature(double x) {
    double u = (x - from) * perStep;
    int i = index(u);
    double t = u - i;
    int k = 4 * i;
    return t < 0 || t > 1 ? 0 : perStep * perStep * (2 * c[k + 2] + t * 6 * c[k + 3]);
  }

  /**
   * Value and derivative at x in one look-up, for the kernels.
   *
   * @param value Modified: element {@code at} becomes {@link #value}.
   * @param slope Modified: element {@code at} becomes {@link #slope}.
   * @param at which element
   */
  public void valueAndSlope(double x, double[] value, double[] slope, int at) {
    double u = (x - from) * perStep;
    int i = index(u);
    double t = u - i;
    double over = t < 0 ? t : t > 1 ? t - 1 : 0;
    t -= over;
    int k = 4 * i;
    double c1 = c[k + 1];
    double c2 = c[k + 2];
    double c3 = c[k + 3];
    double s = c1 + t * (2 * c2 + t * 3 * c3);
    value[at] = c[k] + t * (c1 + t * (c2 + t * c3)) + over * s;
    slope[at] = perStep * s;
  }

  private int index(double u) {
    int i = (int) u;
    return i < 0 ? 0 : Math.min(i, intervals - 1);
  }

  /** The curve times a factor. */
  public Curve times(double factor) {
    double[] scaled = c.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return new Curve(from, perStep, intervals, scaled, constant);
  }
}
