package dev.anodyne.plantsim.pack;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;

/**
 * Plants that differ from the model a controller believes in: common to all cells of the battery,
 * on top of their spread.
 */
public final class CellMismatch {
  /** Share by which a mismatched plant's parameters may be off. */
  public static final double DEFAULT_FRACTION = 0.2;

  private CellMismatch() {}

  /**
   * Draws every kinetic, transport and heat-transfer parameter independently and evenly from 1 ±
   * the fraction, and a series resistance between 0 and {@code fraction}·10 mΩ. The capacity stays:
   * a cell whose capacity is not known has no meaningful state of charge or C-rate; ageing changes
   * it by {@link CellVariation}'s losses.
   *
   * @param fraction 0–0.9
   * @param seed fixes the draw
   */
  public static CellVariation draw(double fraction, long seed) {
    if (!(fraction >= 0 && fraction <= 0.9)) {
      throw new IllegalArgumentException(
          "Mismatch fraction " + fraction + " is not between 0 and 0.9.");
    }
    RandomGenerator random = SeededRandom.of(seed).split();
    double ohm = fraction * 10e-3 * random.nextDouble();
    return new CellVariation(
        1,
        ohm,
        factor(fraction, random),
        factor(fraction, random),
        factor(fraction, random),
        factor(fraction, random),
        factor(fraction, random),
        factor(fraction, random),
        0,
        0,
        0,
        factor(fraction, random));
  }

  /**
   * Both variations at once: factors multiply, resistances add, what is left after losses
   * multiplies.
   */
  public static CellVariation combine(CellVariation a, CellVariation b) {
    return new CellVariation(
        a.capacityFactor() * b.capacityFactor(),
        a.seriesResistanceOhm() + b.seriesResistanceOhm(),
        a.anodeDiffusivityFactor() * b.anodeDiffusivityFactor(),
        a.cathodeDiffusivityFactor() * b.cathodeDiffusivityFactor(),
        a.anodeExchangeFactor() * b.anodeExchangeFactor(),
        a.cathodeExchangeFactor() * b.cathodeExchangeFactor(),
        a.electrolyteConductivityFactor() * b.electrolyteConductivityFactor(),
        a.electrolyteDiffusivityFactor() * b.electrolyteDiffusivityFactor(),
        both(a.lossOfLithiumInventory(), b.lossOfLithiumInventory()),
        both(a.lossOfAnodeMaterial(), b.lossOfAnodeMaterial()),
        both(a.lossOfCathodeMaterial(), b.lossOfCathodeMaterial()),
        a.heatTransferFactor() * b.heatTransferFactor());
  }

  /** Share lost after losing a share twice; exactly the one when the other is 0. */
  private static double both(double lossA, double lossB) {
    return lossA + lossB - lossA * lossB;
  }

  private static double factor(double fraction, RandomGenerator random) {
    return 1.0 + fraction * (2.0 * random.nextDouble() - 1.0);
  }
}
