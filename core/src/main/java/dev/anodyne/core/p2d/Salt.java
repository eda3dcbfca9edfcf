package dev.anodyne.core.p2d;

/**
 * Electrolyte concentration kept positive where an equation divides by it or takes its root: a
 * smooth max(c, 0), ½ (c + √(c² + 4 δ²)) with δ = 1 mol/m³. Above 200 mol/m³ it is c itself (it
 * would differ by 2.5·10⁻⁵ there). A depleted electrolyte so leads to large overpotentials and not
 * to kinks that an implicit solver stumbles over.
 */
final class Salt {
  private static final double PLAIN = 200;
  private static final double FOUR_DELTA_SQUARED = 4;

  private Salt() {}

  static double positive(double c) {
    return c > PLAIN ? c : 0.5 * (c + Math.sqrt(c * c + FOUR_DELTA_SQUARED));
  }

  static double slope(double c) {
    return c > PLAIN ? 1 : 0.5 * (1 + c / Math.sqrt(c * c + FOUR_DELTA_SQUARED));
  }
}
