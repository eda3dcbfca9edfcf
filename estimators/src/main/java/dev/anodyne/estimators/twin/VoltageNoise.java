package dev.anodyne.estimators.twin;

/**
 * How large the noise of the voltage really is, from how far neighbouring samples lie apart: what
 * lasts (a bias, a battery that differs) is in both and drops out of the difference, white noise
 * counts twice. A filter that takes 4 mV of noise for 1 mV reads parameters out of chance.
 *
 * <p>Begins with {@value #FIRST_VOLTS} V, which counts as {@value #FIRST_SAMPLES} samples: more
 * than good sensors have, so that the first samples of bad ones are not believed too much. Never
 * falls below the noise of good sensors.
 */
final class VoltageNoise {
  private static final double FIRST_VOLTS = 2e-3;
  private static final double FIRST_SAMPLES = 4;

  /** Samples that count: noise is a property of the sensor, and stays. */
  private static final double MOST_SAMPLES = 120;

  /** One wild sample may not count for more than this many variances. */
  private static final double MOST_RATIO = 16;

  private final double leastVariance;
  private double samples;
  private double variance;

  /**
   * Nothing seen yet.
   *
   * @param leastVolts noise of good sensors, V
   */
  VoltageNoise(double leastVolts) {
    leastVariance = leastVolts * leastVolts;
    start();
  }

  /** Other sensors: begins anew. */
  void start() {
    samples = FIRST_SAMPLES;
    variance = FIRST_VOLTS * FIRST_VOLTS;
  }

  /**
   * Takes in how far a sample is from where the one before would have it.
   *
   * @param apartVolts difference of the residuals of both, with the same belief; V
   */
  void update(double apartVolts) {
    double half = 0.5 * apartVolts * apartVolts;
    if (!Double.isFinite(half)) {
      return;
    }
    samples = Math.min(samples + 1, MOST_SAMPLES);
    variance += (Math.min(half, MOST_RATIO * variance) - variance) / samples;
  }

  /** Variance to count with, V². */
  double variance() {
    return Math.max(variance, leastVariance);
  }
}
