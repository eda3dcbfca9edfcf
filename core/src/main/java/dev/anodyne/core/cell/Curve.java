package dev.anodyne.core.cell;

import dev.anodyne.core.bpx.BpxFunction;

/**
 * A scalar property on a uniform grid, interpolated by the cubic that takes over value and analytic
 * slope at both ends of each interval (Hermite). Continuously differentiable; {@link #value} and
 * {@link #slope} belong together exactly, so that Newton's method converges quadratically. The
 * error is h⁴/384 of the fourth derivative: below 10⁻⁸ V for the shipped OCPs inside their window.
 * Outside the grid the end's tangent continues.
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

  /** Samples a function with its slope. */
  public static Curve of(BpxFunction function, double from, double to, int intervals) {
    if (function.isConstant()) {
      return constant(function.value(from));
    }
    double h = (to - from) / intervals;
    double[] c = new double[4 * intervals];
    for (int i = 0; i < intervals; i++) {
      double left = from + i * h;
      double right = i == intervals - 1 ? to : from + (i + 1) * h;
      double v0 = function.value(left);
      double v1 = function.value(right);
      double s0 = function.slope(left) * h;
      double s1 = function.slope(right) * h;
      c[4 * i] = v0;
      c[4 * i + 1] = s0;
      c[4 * i + 2] = 3 * (v1 - v0) - 2 * s0 - s1;
      c[4 * i + 3] = 2 * (v0 - v1) + s0 + s1;
    }
    for (double v : c) {
      if (!Double.isFinite(v)) {
        throw new BadCellException(
            "A property function is not finite between " + from + " and " + to + ".");
      }
    }
    return new Curve(from, 1 / h, intervals, c, false);
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
