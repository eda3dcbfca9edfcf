package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;

/**
 * Feedback that keeps the measured highest cell voltage and the measured hottest temperature below
 * their limits, for laws that do not predict. It can only lower a wanted current. The distances to
 * the limits are those of the rider and of the model-predictive controller, so that all policies
 * charge within the same limits.
 *
 * <p>Voltage: integral control in velocity form from the current that flows,
 *
 * <pre>I⁺ ≤ I + g·(V_max − b − V)/R</pre>
 *
 * which cannot wind up. It stays b below the limit because it acts one period late: at 3C the
 * voltage of a cell near its limit rises by 1–2 mV a second. Temperature: a {@link HeatTaper}; for
 * a cell about whose heat nothing is known the current falls linearly to zero over the last
 * degrees.
 */
final class CellRegulator {
  private static final double GAIN = 0.6;
  private static final double VOLTAGE_BACKOFF_VOLTS = 0.002;
  private static final double TEMPERATURE_BACKOFF_KELVIN = 0.1;

  /** Without thermal data: full current this far below the limit, zero at limit minus back-off. */
  private static final double DERATING_KELVIN = 2.0;

  /** Averages sensor noise of some tenths of a kelvin; a cell's time constant is minutes. */
  private static final double TEMPERATURE_FILTER_SECONDS = 10.0;

  private static final double NANOS_PER_SECOND = 1e9;

  private final CellTraits traits;
  private final HeatTaper taper;
  private double filteredKelvin = Double.NaN;
  private long timeNanos;
  private ActiveConstraint binding = ActiveConstraint.NONE;

  /** A regulator for one cell. */
  CellRegulator(CellTraits traits) {
    this.traits = traits;
    taper = new HeatTaper(traits);
  }

  /**
   * The largest current up to {@code wantedAmps} that voltage and temperature allow; NaN when
   * either is not a number.
   */
  double lower(double wantedAmps, CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    binding = ActiveConstraint.NONE;
    double amps = wantedAmps;
    double room = limits.maxVoltageVolts() - VOLTAGE_BACKOFF_VOLTS - estimate.voltageVolts();
    double byVoltage = Math.max(0.0, presentAmps + GAIN * room / traits.resistanceOhm());
    double byTemperature = byTemperature(estimate, limits);
    if (Double.isNaN(byVoltage) || Double.isNaN(byTemperature)) {
      return Double.NaN;
    }
    if (byVoltage < amps) {
      amps = byVoltage;
      binding = ActiveConstraint.VOLTAGE;
    }
    if (byTemperature < amps) {
      amps = byTemperature;
      binding = ActiveConstraint.TEMPERATURE;
    }
    return amps;
  }

  /** Largest current that leads to a temperature and no further, A; after {@link #lower}. */
  double towards(double targetKelvin, ChargeLimits limits) {
    return traits.isThermal()
        ? taper.amps(targetKelvin, limits.ambientTemperatureKelvin())
        : Double.POSITIVE_INFINITY;
  }

  ActiveConstraint binding() {
    return binding;
  }

  private double byTemperature(CellEstimate estimate, ChargeLimits limits) {
    double highest = limits.maxTemperatureKelvin() - TEMPERATURE_BACKOFF_KELVIN;
    if (!traits.isThermal()) {
      return limits.maxChargeCurrentAmps() * derating(estimate, highest);
    }
    taper.observe(estimate, limits.ambientTemperatureKelvin());
    return taper.amps(highest, limits.ambientTemperatureKelvin());
  }

  private double derating(CellEstimate estimate, double highestKelvin) {
    double measured = estimate.temperatureKelvin();
    double elapsed = (estimate.timeNanos() - timeNanos) / NANOS_PER_SECOND;
    if (Double.isNaN(filteredKelvin) || elapsed < 0) {
      filteredKelvin = measured;
    } else {
      filteredKelvin -=
          Math.expm1(-elapsed / TEMPERATURE_FILTER_SECONDS) * (measured - filteredKelvin);
    }
    timeNanos = estimate.timeNanos();
    return Math.min(1.0, Math.max(0.0, (highestKelvin - filteredKelvin) / DERATING_KELVIN));
  }
}
