package dev.anodyne.plantsim.pack;

/**
 * Search for the current at which the voltage meets its ceiling: secant steps kept in a bracket.
 */
final class Bracket {
  private static final double CLOSED_AMPS = 1e-9;

  private double low;
  private double high;
  private boolean lowTried;
  private boolean highTried;

  Bracket(double mostAmps) {
    high = mostAmps;
  }

  boolean isClosed() {
    return lowTried && highTried && high - low < CLOSED_AMPS;
  }

  /**
   * The next current to try.
   *
   * @param amps current just tried, A
   * @param excessVolts voltage above the ceiling there, V; +∞ when there was no solution
   * @param ohms slope of the voltage, Ω
   */
  double next(double amps, double excessVolts, double ohms) {
    double secant = amps - excessVolts / ohms;
    if (excessVolts > 0) {
      high = amps;
      highTried = true;
      if (secant > low) {
        return secant;
      }
      return lowTried || excessVolts == Double.POSITIVE_INFINITY ? lowOrMiddle() : low;
    }
    low = amps;
    lowTried = true;
    if (secant < high) {
      return secant;
    }
    return highTried ? 0.5 * (low + high) : high;
  }

  /** Halves the way down; at the end of it, the lower end itself. */
  private double lowOrMiddle() {
    return high - low < CLOSED_AMPS ? low : 0.5 * (low + high);
  }
}
