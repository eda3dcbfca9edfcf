package dev.anodyne.core.protocol;

/**
 * Finds when an event falls inside a sub-step. Each trial is a true sub-step of the model that ends
 * there, so the state found is exact and nothing is interpolated. Inverse quadratic interpolation
 * with bisection as its safeguard (Chandrupatla, Adv. Eng. Softw. 28 (1997) 145).
 */
final class EventSearch {
  /** How close in time the event is located, s. */
  static final double TIME_TOLERANCE_SECONDS = 1e-6;

  /** How close to its limit the watched quantity is (V, A, K or 1). */
  static final double VALUE_TOLERANCE = 1e-8;

  private static final int MAX_ITERATIONS = 60;

  private EventSearch() {}

  /** The watched quantity, negative before the event; NaN where there is no solution. */
  @FunctionalInterface
  interface Watched {
    double at(int end, double seconds);
  }

  /**
   * @param end which event
   * @param before value at the sub-step's start, &lt; 0
   * @param after value at its end, ≥ 0
   * @param dt length of the sub-step, s
   * @return the event's time after the start, s; the last trial need not have been there
   */
  static double locate(int end, double before, double after, double dt, Watched watched) {
    double a = dt; // newest
    double fa = after;
    double b = 0; // on the other side
    double fb = before;
    double share = before / (before - after); // of the way from b to a, at first the chord
    double next = share * dt;
    for (int i = 0; i < MAX_ITERATIONS; i++) {
      if (Math.min(Math.abs(fa), Math.abs(fb)) <= VALUE_TOLERANCE
          || Math.abs(a - b) <= TIME_TOLERANCE_SECONDS) {
        break;
      }
      double value = watched.at(end, next);
      if (Double.isNaN(value)) {
        break;
      }
      double c;
      double fc;
      if (value >= 0 == fa >= 0) {
        c = a;
        fc = fa;
      } else {
        c = b;
        fc = fb;
        b = a;
        fb = fa;
      }
      a = next;
      fa = value;
      next = a + fraction(a, b, c, fa, fb, fc) * (b - a);
    }
    if (Math.abs(fa) <= VALUE_TOLERANCE || Math.abs(fb) <= VALUE_TOLERANCE) {
      return Math.abs(fa) <= Math.abs(fb) ? a : b;
    }
    return fa >= 0 ? a : b;
  }

  /** How far from a to b the next trial is: by inverse quadratics where they can be trusted. */
  private static double fraction(double a, double b, double c, double fa, double fb, double fc) {
    double xi = (a - b) / (c - b);
    double phi = (fa - fb) / (fc - fb);
    double t = 0.5;
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi) {
      t =
          fa / (fb - fa) * (fc / (fb - fc))
              + (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb));
    }
    double least = 0.5 * TIME_TOLERANCE_SECONDS / Math.abs(a - b);
    return Math.max(Math.min(least, 0.5), Math.min(1 - Math.min(least, 0.5), t));
  }
}
