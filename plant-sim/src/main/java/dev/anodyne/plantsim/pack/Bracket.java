package dev.anodyne.plantsim.pack;

/**
 * Search for the current at which the voltage meets its ceiling: secant steps kept in a bracket.
 */
final class Bracket {
  private static final double CLOSED_AMPS = 1e-9;

  /**
   * Where the upper end has no solution there is nothing to meet: this share of it is near enough.
   */
  private static final double NEAR_UNSOLVED = 0.02;

  private double unsolvedAmps;
  private double low;
  private double high;
  private boolean lowTried;
  private boolean highTried;
  private boolean highSolved;

  /** Begins a search between zero and a current. */
  void open(double mostAmps) {
    low = 0;
    high = mostAmps;
    lowTried = false;
    highTried = false;
    highSolved = false;
    unsolvedAmps = Math.max(CLOSED_AMPS, NEAR_UNSOLVED * mostAmps);
  }

  /** True when a current whose voltage is below the ceiling cannot be raised any more. */
  boolean isClosedAt(double amps) {
    return highTried && high - amps < width();
  }

  private double width() {
    return highSolved ? CLOSED_AMPS : unsolvedAmps;
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
      highSolved = excessVolts < Double.POSITIVE_INFINITY;
      if (secant > low) {
        return secant;
      }
      return lowTried || !highSolved ? lowOrMiddle() : low;
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
    return high - low < width() ? low : 0.5 * (low + high);
  }
}
