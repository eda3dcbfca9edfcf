package dev.anodyne.estimators.bounds;

import java.util.Arrays;

/**
 * Split conformal prediction (Vovk, Gammerman, Shafer: Algorithmic Learning in a Random World,
 * 2005, proposition 2.4): of n exchangeable calibration scores the ⌈(n + 1) c⌉-th smallest is not
 * exceeded by a new one with probability at least c, whatever their distribution.
 */
public final class Conformal {
  private Conformal() {}

  /** True when {@code n} scores are enough for a guarantee of {@code coverage}. */
  public static boolean isEnough(int n, double coverage) {
    return rank(n, coverage) <= n;
  }

  /**
   * The finite-sample quantile; the largest score when there are too few for a guarantee.
   *
   * @param scores one for each exchangeable unit. Not modified.
   * @param coverage 0–1
   */
  public static double quantile(double[] scores, double coverage) {
    if (scores.length == 0) {
      throw new IllegalArgumentException(
          "A bound cannot be calibrated without scores.\nMaybe no calibration session came near"
              + " 0 V of anode potential: more sessions are needed.");
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(rank(sorted.length, coverage), sorted.length) - 1];
  }

  private static int rank(int n, double coverage) {
    // A share such as 0.99 · 100 may come out a rounding above the whole number that it is.
    return (int) Math.ceil((n + 1) * coverage - 1e-9);
  }
}
