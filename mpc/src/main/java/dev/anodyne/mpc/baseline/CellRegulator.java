package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;

/**
 * Feedback that keeps the measured highest cell voltage and the measured hottest temperature below
 * their limits, for laws that do not predict. It can only lower a wanted current.
 *
 * <p>Voltage: integral control in velocity form from the current that flows,
 *
 * <pre>I⁺ ≤ I + g·(V_max − b − V)/R</pre>
 *
 * which cannot wind up. It stays b below the limit because it acts one period late: at 3C the
 * voltage of a cell near its limit rises by 1–2 mV a second. Temperature: the current falls
 * linearly to zero over the last degrees.
 */
final class CellRegulator {
  private static final double GAIN = 0.6;
  private static final double VOLTAGE_BACKOFF_VOLTS = 0.003;

  /** The current is full this far below the limit and zero at the limit minus the reserve, K. */
  private static final double DERATING_KELVIN = 2.0;

  private static final double DERATING_RESERVE_KELVIN = 0.1;

  /** Averages sensor noise of some tenths of a kelvin; a cell's time constant is minutes. */
  private static final double TEMPERATURE_FILTER_SECONDS = 10.0;

  private static final double NANOS_PER_SECOND = 1e9;

  private final double resistanceOhm;
  private double filteredKelvin = Double.NaN;
  private long timeNanos;
  private ActiveConstraint binding = ActiveConstraint.NONE;

  /**
   * A regulator for one cell.
   *
   * @param resistanceOhm voltage rise for each ampere over one period, Ω. An underestimate makes
   *     the loop faster; it stays stable down to a third of the true value
   */
  CellRegulator(double resistanceOhm) {
    this.resistanceOhm = resistanceOhm;
  }

  /** The largest current up to {@code wantedAmps} that voltage and temperature allow. */
  double lower(double wantedAmps, CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    binding = ActiveConstraint.NONE;
    double amps = wantedAmps;
    double room = limits.maxVoltageVolts() - VOLTAGE_BACKOFF_VOLTS - estimate.voltageVolts();
    double byVoltage = Math.max(0.0, presentAmps + GAIN * room / resistanceOhm);
    if (byVoltage < amps) {
      amps = byVoltage;
      binding = ActiveConstraint.VOLTAGE;
    }
    double byTemperature = limits.maxChargeCurrentAmps() * derating(estimate, limits);
    if (byTemperature < amps) {
      amps = byTemperature;
      binding = ActiveConstraint.TEMPERATURE;
    }
    return amps;
  }

  ActiveConstraint binding() {
    return binding;
  }

  private double derating(CellEstimate estimate, ChargeLimits limits) {
    double measured = estimate.temperatureKelvin();
    double elapsed = (estimate.timeNanos() - timeNanos) / NANOS_PER_SECOND;
    if (Double.isNaN(filteredKelvin) || elapsed < 0) {
      filteredKelvin = measured;
    } else {
      filteredKelvin -=
          Math.expm1(-elapsed / TEMPERATURE_FILTER_SECONDS) * (measured - filteredKelvin);
    }
    timeNanos = estimate.timeNanos();
    double room = limits.maxTemperatureKelvin() - DERATING_RESERVE_KELVIN - filteredKelvin;
    return Math.min(1.0, Math.max(0.0, room / DERATING_KELVIN));
  }
}
