package dev.anodyne.controller.lab.evaluation;

/**
 * So many of so many independent trials.
 *
 * @param hits of {@code trials}
 * @param trials 0 gives no value
 */
record Share(int hits, int trials) {
  /** Standard normal quantile of a two-sided 95 % interval. */
  private static final double Z = 1.959964;

  double value() {
    return (double) hits / trials;
  }

  /** Lower end of the 95 % interval of Wilson (1927), which stays within 0–1. */
  double low() {
    return centre() - halfWidth();
  }

  /** Upper end of the same. */
  double high() {
    return centre() + halfWidth();
  }

  private double centre() {
    return (value() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
  }

  private double halfWidth() {
    double p = value();
    double n = trials;
    return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
  }
}
