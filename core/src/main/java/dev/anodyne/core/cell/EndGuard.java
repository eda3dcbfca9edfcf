package dev.anodyne.core.cell;

/**
 * What PyBaMM adds to every OCP so that it tends to ±∞ beyond an empty or full particle: 205.0569
 * [ln(1 + e^{−s(x+δ)}) − ln(1 + e^{−s(1−x+δ)})] with s = 6910.19, δ = 7.7·10⁻⁴. Less than 10⁻¹¹ V
 * between 0.004 and 0.996.
 */
final class EndGuard {
  private static final double HEIGHT = 205.0569;
  private static final double STEEPNESS = 6910.19;
  private static final double OFFSET = 7.7e-4;
  private static final double REACH = 0.004;

  private EndGuard() {}

  /** True where the guard is more than nothing. */
  static boolean acts(double x) {
    return x < REACH || x > 1 - REACH;
  }

  static double volts(double x) {
    if (x < REACH) {
      return HEIGHT * softplus(-STEEPNESS * (x + OFFSET));
    }
    return x > 1 - REACH ? -HEIGHT * softplus(-STEEPNESS * (1 - x + OFFSET)) : 0;
  }

  static double slope(double x) {
    if (x < REACH) {
      return -HEIGHT * STEEPNESS * logistic(-STEEPNESS * (x + OFFSET));
    }
    return x > 1 - REACH ? -HEIGHT * STEEPNESS * logistic(-STEEPNESS * (1 - x + OFFSET)) : 0;
  }

  private static double softplus(double u) {
    return u > 30 ? u : Math.log1p(Math.exp(u));
  }

  private static double logistic(double u) {
    return u > 30 ? 1 : Math.exp(u) / (1 + Math.exp(u));
  }
}
