package dev.anodyne.core.protocol;

/** Finds when an event falls inside a step: regula falsi with the Illinois rule. */
final class EventSearch {
  /** How close in time the event is located, s. */
  static final double TIME_TOLERANCE_SECONDS = 1e-6;

  /** How close to its limit the watched quantity is (V, A or 1). */
  private static final double VALUE_TOLERANCE = 1e-8;

  private static final int MAX_ITERATIONS = 60;

  private EventSearch() {}

  /**
   * An event.
   *
   * @param end its number in the step
   * @param seconds its time after the step's start, s
   */
  record Hit(int end, double seconds) {}

  /** The watched quantity, negative before the event, after a step of this length. */
  @FunctionalInterface
  interface Watched {
    double at(int end, double seconds);
  }

  /**
   * @param before value at the step's start, &lt; 0
   * @param after value at its end, ≥ 0
   */
  static Hit locate(int end, double before, double after, double dt, Watched watched) {
    double low = 0;
    double high = dt;
    double atLow = before;
    double atHigh = after;
    double found = after; // the true value at high; atLow and atHigh carry Illinois' weights
    int lastMoved = 0;
    for (int i = 0; i < MAX_ITERATIONS; i++) {
      if (high - low <= TIME_TOLERANCE_SECONDS || found <= VALUE_TOLERANCE) {
        break;
      }
      double falsi = (low * atHigh - high * atLow) / (atHigh - atLow);
      double next = falsi > low && falsi < high ? falsi : 0.5 * (low + high);
      double value = watched.at(end, next);
      if (Double.isNaN(value)) {
        break;
      }
      if (value >= 0) {
        high = next;
        atHigh = value;
        found = value;
        atLow *= lastMoved > 0 ? 0.5 : 1.0;
        lastMoved = 1;
      } else {
        low = next;
        atLow = value;
        atHigh *= lastMoved < 0 ? 0.5 : 1.0;
        lastMoved = -1;
      }
    }
    return new Hit(end, high);
  }
}
