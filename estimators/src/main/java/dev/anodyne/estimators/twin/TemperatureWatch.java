package dev.anodyne.estimators.twin;

/**
 * Notices temperatures that step. A cell's heat capacity allows tenths of a kelvin a second; what
 * steps by kelvins is the sensor. Steps are summed, so that the step back clears the first one; one
 * that stays is forgiven slowly.
 */
final class TemperatureWatch {
  /** Five deviations of a difference of 0.2 K sensors and two steps of 1 K ones, K. */
  private static final double STEP_KELVIN = 4.0;

  private static final double FASTEST_KELVIN_PER_SECOND = 0.3;
  private static final double FORGIVING_SECONDS = 400.0;

  private double last = Double.NaN;
  private double steps;

  void restart() {
    last = Double.NaN;
    steps = 0.0;
  }

  void update(double kelvin, double seconds) {
    if (!Double.isNaN(last)) {
      steps *= Math.exp(-seconds / FORGIVING_SECONDS);
      double delta = kelvin - last;
      if (Math.abs(delta) > STEP_KELVIN + FASTEST_KELVIN_PER_SECOND * seconds) {
        steps += delta;
      }
    }
    last = kelvin;
  }

  /** True while the reading rests on a step that no cell can make. */
  boolean contradicts() {
    return Math.abs(steps) > 0.75 * STEP_KELVIN;
  }
}
