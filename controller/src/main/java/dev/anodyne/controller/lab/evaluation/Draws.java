package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;

/** The judge's own seed space. */
final class Draws {
  /**
   * Far from the seeds of training data, which are small multiples of the user's seed: "judge" in
   * ASCII.
   */
  private static final long SPACE = 0x6A75646765L << 24;

  private static final long BATTERIES = 1_000_003L;
  private static final int STREAMS = 16;

  private Draws() {}

  /**
   * A stream of a battery.
   *
   * @param stratum the stratum's name
   * @param battery its number in the stratum
   * @param stream 0: the battery itself; k: its k-th session
   */
  static SplittableGenerator of(String stratum, int battery, int stream) {
    // String.hashCode is specified: the same on every machine.
    long place = stratum.hashCode() * BATTERIES + battery;
    return SeededRandom.of(SPACE ^ (place * STREAMS + stream));
  }

  static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  static boolean coin(RandomGenerator random) {
    return random.nextBoolean();
  }
}
