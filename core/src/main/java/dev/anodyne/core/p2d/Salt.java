package dev.anodyne.core.p2d;

/**
 * Electrolyte concentration kept positive where an equation divides by it or takes its root: a
 * smooth max(c, 0), c + e with e = ½ (√(c² + 4 δ²) − c) and δ = 1 mol/m³. Above 200 mol/m³ it is c
 * itself; between 100 and 200 e, 10⁻⁴ of c at most, is faded out with two continuous derivatives,
 * so that neither Newton's method nor a difference quotient meets a jump. A depleted electrolyte so
 * leads to large overpotentials and not to kinks that an implicit solver stumbles over.
 */
final class Salt {
  private static final double PLAIN = 200;
  private static final double FADES = 100;
  private static final double FOUR_DELTA_SQUARED = 4;

  private Salt() {}

  static double positive(double c) {
    if (c > PLAIN) {
      return c;
    }
    double excess = 0.5 * (Math.sqrt(c * c + FOUR_DELTA_SQUARED) - c);
    return c < FADES ? c + excess : c + excess * share(fraction(c));
  }

  static double slope(double c) {
    if (c > PLAIN) {
      return 1;
    }
    double root = Math.sqrt(c * c + FOUR_DELTA_SQUARED);
    double steep = 0.5 * (c / root - 1);
    if (c < FADES) {
      return 1 + steep;
    }
    double s = fraction(c);
    double fall = -30 * s * s * (1 - s) * (1 - s) / (PLAIN - FADES);
    return 1 + steep * share(s) + 0.5 * (root - c) * fall;
  }

  private static double fraction(double c) {
    return (c - FADES) / (PLAIN - FADES);
  }

  /** 1 at 0, 0 at 1, with vanishing first and second derivatives at both. */
  private static double share(double s) {
    return 1 - s * s * s * (10 - s * (15 - 6 * s));
  }
}
