package dev.anodyne.estimators.network;

/**
 * How the voltage answers to changes of current that are faster than a window: the slope of
 * high-passed voltage on high-passed current, with forgetting. A resistance that contains what
 * happens within the window (ohmic, reaction, then diffusion), and with it temperature and age.
 */
final class ResponseToCurrent {
  private static final double MEMORY_SECONDS = 900.0;

  /** Less variance than of 1.4 % of 1C says nothing: the slope fades to 0. */
  private static final double QUIET = 2e-4;

  private final LowPass rate;
  private final LowPass volts;
  private double rateRate;
  private double rateVolts;

  ResponseToCurrent(double windowSeconds) {
    rate = new LowPass(windowSeconds);
    volts = new LowPass(windowSeconds);
  }

  void reset() {
    rate.reset();
    volts.reset();
    rateRate = 0.0;
    rateVolts = 0.0;
  }

  /**
   * Takes a sample in.
   *
   * @return volts a unit of C-rate
   */
  double update(double voltage, double cRate, double seconds) {
    double r = cRate - rate.update(cRate, seconds);
    double v = voltage - volts.update(voltage, seconds);
    double keep = Math.exp(-seconds / MEMORY_SECONDS);
    rateRate = rateRate * keep + (1.0 - keep) * r * r;
    rateVolts = rateVolts * keep + (1.0 - keep) * r * v;
    return rateVolts / (rateRate + QUIET);
  }
}
