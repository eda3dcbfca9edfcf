package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.CellEstimate;

/**
 * The current that leads a cell to a temperature and holds it there, from its heat balance
 *
 * <pre>C·dT/dt = ϑ·R·I² − hA·(T − T_ambient)</pre>
 *
 * An observer of second order filters the measured temperature without lag and finds ϑ, by which
 * the heat differs from what is expected, so that no steady error is left. Then
 *
 * <pre>I² = (hA·(T − T_ambient) + C·(T_target − T)/τ) / (ϑ·R)</pre>
 *
 * brings T to the target exponentially with τ, from below and without overshoot. Closed-loop
 * constant-temperature charging: Patnaik, Praneeth, Williamson, IEEE Trans. Ind. Electron. 66
 * (2019) 1059, with the heat balance in the place of their PID controller.
 */
final class HeatTaper {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Approach to the target, s: slow against the observer, fast against a cell's minutes. */
  private static final double APPROACH_SECONDS = 60.0;

  /** Both poles of the observer: averages noise of some tenths of a kelvin, s. */
  private static final double OBSERVER_SECONDS = 30.0;

  private static final double LEAST_FACTOR = 0.3;
  private static final double MOST_FACTOR = 4.0;

  private final CellTraits traits;
  private double kelvin = Double.NaN;
  private double factor = 1.0;
  private double seconds;

  /** A taper for a cell with thermal data. */
  HeatTaper(CellTraits traits) {
    this.traits = traits;
  }

  /** Takes in a measurement; to be called once a decision. */
  void observe(CellEstimate estimate, double ambientKelvin) {
    double now = estimate.timeNanos() / NANOS_PER_SECOND;
    observe(now, estimate.temperatureKelvin(), estimate.chargeCurrentAmps(), ambientKelvin);
  }

  /** The same from plain values: time, s; temperature, K; current since the last time, A. */
  void observe(double nowSeconds, double measured, double amps, double ambientKelvin) {
    double elapsed = nowSeconds - seconds;
    seconds = nowSeconds;
    if (Double.isNaN(kelvin) || elapsed < 0.0 || Double.isNaN(measured)) {
      kelvin = measured;
      return;
    }
    double capacity = traits.heatCapacityJPerKelvin();
    double heat = traits.heatingOhm() * amps * amps;
    double rate =
        (factor * heat - traits.coolingWattsPerKelvin() * (kelvin - ambientKelvin)) / capacity;
    // Discrete double pole at e^(−Δt/τ): stable for any period.
    double pole = Math.exp(-elapsed / OBSERVER_SECONDS);
    double predicted = kelvin + elapsed * rate;
    double surprise = measured - predicted;
    kelvin = predicted + (1.0 - pole * pole) * surprise;
    double perFactor = elapsed * heat / capacity;
    if (perFactor > 0.0) {
      double change = (1.0 - pole) * (1.0 - pole) * surprise / perFactor;
      factor = Math.min(MOST_FACTOR, Math.max(LEAST_FACTOR, factor + limited(change)));
    }
  }

  /** A small current tells little about the heat: the factor moves by at most a tenth at once. */
  private static double limited(double change) {
    return Math.min(0.1, Math.max(-0.1, change));
  }

  /** Largest current that leads to a temperature and not past it, A; NaN without a measurement. */
  double amps(double targetKelvin, double ambientKelvin) {
    double watts =
        traits.coolingWattsPerKelvin() * (kelvin - ambientKelvin)
            + traits.heatCapacityJPerKelvin() * (targetKelvin - kelvin) / APPROACH_SECONDS;
    if (watts <= 0.0) {
      return 0.0;
    }
    return Math.sqrt(watts / (factor * traits.heatingOhm()));
  }
}
