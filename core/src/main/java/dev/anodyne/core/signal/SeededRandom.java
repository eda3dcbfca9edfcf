package dev.anodyne.core.signal;

import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Where seeded randomness comes from. One algorithm for the whole product, so that a seed means the
 * same everywhere; independent streams come from {@link SplittableGenerator#split()}.
 */
public final class SeededRandom {
  /** Steele and Vigna's LXM generator with 64 + 128 bits of state. */
  private static final String ALGORITHM = "L64X128MixRandom";

  private SeededRandom() {}

  /** A new generator whose stream is fixed by the seed. */
  public static SplittableGenerator of(long seed) {
    RandomGenerator generator = RandomGeneratorFactory.of(ALGORITHM).create(seed);
    return (SplittableGenerator) generator;
  }

  /**
   * A normal deviate with mean 0 and standard deviation 1, cut at ±3 so that no draw leaves the
   * range a real production or sensor specification allows. Redraws; the mean stays 0 and the
   * standard deviation falls to 0.987.
   */
  public static double gaussianWithinThreeSigma(RandomGenerator random) {
    double z = random.nextGaussian();
    while (Math.abs(z) > 3.0) {
      z = random.nextGaussian();
    }
    return z;
  }
}
