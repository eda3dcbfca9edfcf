package dev.anodyne.controller.lab.study;

/**
 * A share of trials with its exact two-sided 95 % interval (Clopper and Pearson, Biometrika 26
 * (1934) 404), which holds for any number of trials, also where none hit.
 *
 * @param hits trials that did
 * @param trials all
 */
record ExactShare(int hits, int trials) {
  private static final double TAIL = 0.025;
  private static final int BISECTIONS = 60;

  ExactShare {
    if (hits < 0 || trials < 1 || hits > trials) {
      throw new IllegalArgumentException(
          hits + " of " + trials + " trials is no share: allowed is 0 to all of at least one.");
    }
  }

  /** Smallest share that makes this many hits or more not too unlikely. */
  double low() {
    if (hits == 0) {
      return 0;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double p = 0.5 * (low + high);
      if (1 - atMost(hits - 1, p) < TAIL) {
        low = p;
      } else {
        high = p;
      }
    }
    return low;
  }

  /** Largest share that makes this few hits or fewer not too unlikely. */
  double high() {
    if (hits == trials) {
      return 1;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double p = 0.5 * (low + high);
      if (atMost(hits, p) > TAIL) {
        low = p;
      } else {
        high = p;
      }
    }
    return high;
  }

  /** Probability of at most k hits with a share p, 0 < p < 1. */
  private double atMost(int k, double p) {
    double logTerm = trials * Math.log1p(-p);
    double sum = Math.exp(logTerm);
    for (int i = 1; i <= k; i++) {
      logTerm += Math.log((double) (trials - i + 1) / i) + Math.log(p) - Math.log1p(-p);
      sum += Math.exp(logTerm);
    }
    return Math.min(sum, 1);
  }
}
