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
 *   w = 1/(1 + exp(−(L − L₀)/ΔL − (R − R₀)/ΔR)),   φ −= w ρ R C,   σ² += C² w (σ_f² + (1 − w) (ρ R)²)
 * </pre>
 *
 * <p>with L the share of lithium lost, R the resistance found beyond the parameter set's (Ω·A·h), C
 * the C-rate. ρ and σ_f are those of cells with 20 to 100 nm of SEI (2·10⁵ Ω·m: 6 to 30 mΩ·A·h) and
 * 2 to 25 mΩ·A·h of resistance elsewhere, each evenly: ρ = σ²_film/(σ²_film + σ²_elsewhere) about
 * their means.
 */
final class FilmBelief {
  private static final double LITHIUM = 0.02;
  private static final double LITHIUM_WIDTH = 0.006;
  private static final double RESISTANCE = 0.018;
  private static final double RESISTANCE_WIDTH = 0.004;
  private static final double FILM_SHARE = 0.6;
  private static final double FILM_SIGMA = 0.008;

  private FilmBelief() {}

  /** Takes the film into the anode potential and its deviation. */
  static void apply(BoundInputs inputs) {
    double lithium = inputs.signals[Signal.LITHIUM_LOSS.ordinal()];
    double resistance = inputs.signals[Signal.SERIES_RESISTANCE.ordinal()];
    double rate = inputs.signals[Signal.C_RATE.ordinal()];
    double aged = aged(lithium, resistance);
    double film = FILM_SHARE * Math.max(resistance, 0.0);
    int anode = Quantity.ANODE_POTENTIAL.ordinal();
    inputs.values[anode] -= aged * film * rate;
    double variance = aged * (FILM_SIGMA * FILM_SIGMA + (1.0 - aged) * film * film);
    inputs.sigmas[anode] = Math.hypot(inputs.sigmas[anode], rate * Math.sqrt(variance));
  }

  /** Probability that a battery has part of a life behind it, 0–1. */
  static double aged(double lithiumLoss, double resistanceOhmAmpHours) {
    double evidence =
        (lithiumLoss - LITHIUM) / LITHIUM_WIDTH
            + (resistanceOhmAmpHours - RESISTANCE) / RESISTANCE_WIDTH;
    return 1.0 / (1.0 + Math.exp(-evidence));
  }
}
