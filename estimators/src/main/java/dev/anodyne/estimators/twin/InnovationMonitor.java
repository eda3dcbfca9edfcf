package dev.anodyne.estimators.twin;

/** Watches the voltage innovation: its slow part is a bias, a lasting large one is a warning. */
final class InnovationMonitor {
  private static final double BIAS_SECONDS = 10.0;
  private static final double SUSPECT_SECONDS = 30.0;

  /** A filtered innovation beyond this means that model and battery have little in common, V. */
  private static final double SUSPECT_VOLTS = 0.100;

  private double biasVolts;
  private double suspectVolts;

  void start(double innovationVolts) {
    biasVolts = innovationVolts;
    suspectVolts = 0.0;
  }

  /**
   * Takes in one sample.
   *
   * @param innovationVolts before the correction, V
   * @param residualVolts after it, V
   * @param seconds since the last sample
   */
  void update(double innovationVolts, double residualVolts, double seconds) {
    biasVolts += (1.0 - Math.exp(-seconds / BIAS_SECONDS)) * (residualVolts - biasVolts);
    suspectVolts +=
        (1.0 - Math.exp(-seconds / SUSPECT_SECONDS)) * (Math.abs(innovationVolts) - suspectVolts);
  }

  /** What is left of the innovation, filtered, V. */
  double biasVolts() {
    return biasVolts;
  }

  /** True when the innovation has been large for long. */
  boolean suspicious() {
    return suspectVolts > SUSPECT_VOLTS;
  }
}
