package dev.anodyne.estimators.twin;

/** Finds a state of charge from one voltage, at rest or under a current just put on. */
final class StateFinder {
  /** A step short enough to leave the state of charge alone, s. */
  static final double FIRST_STEP_SECONDS = 1.0;

  private static final int ITERATIONS = 12;

  /** Voltage of a rested cell shortly after a current is put on. */
  @FunctionalInterface
  interface LoadedVoltage {
    /** V; NaN when the model has no answer. */
    double volts(double soc, double amps, double kelvin);
  }

  private StateFinder() {}

  /**
   * Inverts the rest voltage; under load the drop is the model's own at the present guess
   * (fixed-point iteration, which contracts because the drop changes slowly with charge).
   */
  static double socAt(
      double volts, double amps, double kelvin, LoadedVoltage loaded, RestVoltage rest) {
    double soc = rest.socAt(volts);
    if (amps == 0.0) {
      return soc;
    }
    for (int i = 0; i < ITERATIONS; i++) {
      double predicted = loaded.volts(soc, amps, kelvin);
      if (Double.isNaN(predicted)) {
        soc = soc + (amps > 0.0 ? -0.05 : 0.05);
        soc = Math.min(Math.max(soc, 0.02), 0.98);
        continue;
      }
      double next = rest.socAt(rest.at(soc) + (volts - predicted));
      if (Math.abs(next - soc) < 1e-4) {
        return next;
      }
      soc = 0.5 * (soc + next);
    }
    return soc;
  }
}
