package dev.anodyne.estimators.twin;

import dev.anodyne.estimators.bounds.Quantity;

/**
 * How much of a battery's grown resistance is in the film on its anode's particles.
 *
 * <p>Film and wires drop the same voltage at the terminals, but only the film's drop lies between
 * the anode's potential and its reaction: of two batteries that look the same, the one with more
 * film plates earlier. No charge tells them apart; what does is what a film can be. Belief in a
 * film f (Ω·A·h, all that it takes at 1C) given the resistance R found beyond the parameter set's
 * and the lost lithium L, both with the deviation that they have at this moment:
 *
 * <pre>
 *   p(f) ∝ π(f) P(0 ≤ R − f ≤ E),   π = ½ δ(0) + ½ even from 0 to min(F, k L)
 *   φ −= C E[f],   σ² += C² Var[f]
 * </pre>
 *
 * <p>The film holds no more lithium than was lost (k: V_SEI n / (2 A) = 2.7 µm of growth per whole
 * inventory of `lgm50`, 2·10⁵ Ω·m), and cells of one life rarely more than F, 100 nm. The film also
 * fills pores, 4 of 25 % at 100 nm, whose loss of transport lowers voltage and anode potential
 * nearly alike and for as long: it raises the ohmic drop of 0.29 Ω·A·h per µm by half, which F and
 * k include. E is what wires and joints gain in a life. Half of the belief is that there is no
 * film: lithium also goes elsewhere. The edges are as soft as R and L are known.
 */
final class FilmBelief {
  private static final double NO_FILM = 0.5;
  private static final double MOST_FILM = 0.043;
  private static final double MOST_FILM_SIGMA = 0.003;
  private static final double FILM_PER_LITHIUM = 1.15;
  private static final double MOST_ELSEWHERE = 0.022;

  /** What a fit leaves in R beyond its own deviation: constant, and as a share of R. */
  private static final double RESISTANCE_SIGMA = 0.003;

  private static final double RESISTANCE_SHARE = 0.1;
  private static final double LITHIUM_SIGMA = 0.012;
  private static final double STEP = 0.002;
  private static final int STEPS = 27;

  /** No prior excludes all: far outside, a film as large as R leaves it counts. */
  private static final double LEAST = 1e-9;

  /** Slope of the logistic curve that is nearest to the normal distribution's integral. */
  private static final double LOGIT = 1.702;

  private final double[] prior = new double[STEPS];
  private double mean;
  private double sigma;

  /**
   * Weighs.
   *
   * @param lithium share of the lithium lost
   * @param lithiumSigma its deviation
   * @param resistance beyond the set's, Ω·A·h
   * @param resistanceSigma its deviation
   */
  void update(double lithium, double lithiumSigma, double resistance, double resistanceSigma) {
    double sr =
        Math.hypot(resistanceSigma, Math.hypot(RESISTANCE_SIGMA, RESISTANCE_SHARE * resistance));
    double sl = FILM_PER_LITHIUM * Math.hypot(lithiumSigma, LITHIUM_SIGMA);
    double all = 0;
    for (int i = 0; i < STEPS; i++) {
      double film = i * STEP;
      prior[i] =
          below((FILM_PER_LITHIUM * lithium - film) / sl)
              * below((MOST_FILM - film) / MOST_FILM_SIGMA);
      all += prior[i];
    }
    double sum = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < STEPS; i++) {
      double film = i * STEP;
      double even = all > 0 ? (1 - NO_FILM) * prior[i] / all : 0;
      double elsewhere = resistance - film;
      double fits = below(elsewhere / sr) - below((elsewhere - MOST_ELSEWHERE) / sr);
      double p = (even + (i == 0 ? NO_FILM : 0)) * Math.max(fits, 0) + LEAST * even;
      sum += p;
      first += p * film;
      second += p * film * film;
    }
    mean = sum > 0 ? first / sum : 0;
    sigma = sum > 0 ? Math.sqrt(Math.max(second / sum - mean * mean, 0)) : MOST_FILM / 2;
  }

  private static double below(double x) {
    return 1 / (1 + Math.exp(-LOGIT * x));
  }

  /** What the film takes at 1C, Ω·A·h. */
  double mean() {
    return mean;
  }

  /** Its deviation, Ω·A·h. */
  double sigma() {
    return sigma;
  }

  /** Takes the film into anode potential and deviation. */
  void apply(double[] values, double[] sigmas, double cRate) {
    int anode = Quantity.ANODE_POTENTIAL.ordinal();
    values[anode] -= mean * cRate;
    sigmas[anode] = Math.hypot(sigmas[anode], sigma * cRate);
  }
}
