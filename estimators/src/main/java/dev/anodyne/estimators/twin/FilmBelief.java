package dev.anodyne.estimators.twin;

import dev.anodyne.estimators.bounds.BoundInputs;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.Signal;

/**
 * How much of a battery's grown resistance is in the film on its anode's particles.
 *
 * <p>Film and wires drop the same voltage at the terminals, but only the film's drop lies between
 * the anode's potential and its reaction: of two batteries that look the same, the one with more
 * film plates earlier. No charge tells them apart. What a life takes comes together, though, so a
 * battery that has lost lithium and gained resistance has some of that in its film:
 *
 * <pre>
 *   w = 1/(1 + exp(−e)),   e = (L − L₀)/√(ΔL² + σ_L²), kept above −2, + (R − R₀)/√(ΔR² + σ_R²)
 *   φ −= w ρ R C,   σ² += C² (w σ_f² + b w (1 − w) f²),   f = max(ρ R, f₀)
 * </pre>
 *
 * <p>with L the share of lithium lost, R the resistance found beyond the parameter set's (Ω·A·h),
 * both with the deviation that they have at this moment, and C the C-rate. Resistance shows within
 * seconds, lithium only with charge, so a large resistance counts even where lithium seems to speak
 * against it. ρ and f₀ are those of cells with 20 to 100 nm of SEI (2·10⁵ Ω·m: 6 to 30 mΩ·A·h) and
 * 2 to 25 mΩ·A·h of resistance elsewhere, each evenly: ρ = σ²_film/(σ²_film + σ²_elsewhere) about
 * their means, f₀ the mean film. σ_f and b are wider than these alone say: with them the errors of
 * aged and of new batteries are alike when counted in deviations, so that one factor suits both.
 */
final class FilmBelief {
  private static final double LITHIUM = 0.02;
  private static final double LITHIUM_WIDTH = 0.005;
  private static final double RESISTANCE = 0.019;
  private static final double RESISTANCE_WIDTH = 0.0025;
  private static final double FILM_SHARE = 0.6;
  private static final double FILM_SIGMA = 0.018;
  private static final double MEAN_FILM = 0.018;
  private static final double DOUBT = 1.5;
  private static final double LEAST_LITHIUM_EVIDENCE = -2.0;

  private FilmBelief() {}

  /**
   * Takes the film into the anode potential and its deviation.
   *
   * @param lithiumSigma deviation of the lost lithium
   * @param resistanceSigma deviation of the resistance, Ω·A·h
   */
  static void apply(BoundInputs inputs, double lithiumSigma, double resistanceSigma) {
    double lithium = inputs.signals[Signal.LITHIUM_LOSS.ordinal()];
    double resistance = inputs.signals[Signal.SERIES_RESISTANCE.ordinal()];
    double rate = inputs.signals[Signal.C_RATE.ordinal()];
    double aged = aged(lithium, lithiumSigma, resistance, resistanceSigma);
    double film = FILM_SHARE * Math.max(resistance, 0.0);
    double doubted = Math.max(film, MEAN_FILM);
    int anode = Quantity.ANODE_POTENTIAL.ordinal();
    inputs.values[anode] -= aged * film * rate;
    double variance = aged * (FILM_SIGMA * FILM_SIGMA + DOUBT * (1.0 - aged) * doubted * doubted);
    inputs.sigmas[anode] = Math.hypot(inputs.sigmas[anode], rate * Math.sqrt(variance));
  }

  /** Probability that a battery has part of a life behind it, 0–1. */
  static double aged(
      double lithiumLoss,
      double lithiumSigma,
      double resistanceOhmAmpHours,
      double resistanceSigma) {
    double lithium = (lithiumLoss - LITHIUM) / Math.hypot(LITHIUM_WIDTH, lithiumSigma);
    double resistance =
        (resistanceOhmAmpHours - RESISTANCE) / Math.hypot(RESISTANCE_WIDTH, resistanceSigma);
    return 1.0 / (1.0 + Math.exp(-Math.max(lithium, LEAST_LITHIUM_EVIDENCE) - resistance));
  }
}
