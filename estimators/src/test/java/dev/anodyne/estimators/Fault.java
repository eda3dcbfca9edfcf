package dev.anodyne.estimators;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;

/** What sensors, wiring and clocks do wrong: turns a true sample into the one that arrives. */
enum Fault {
  NONE,
  NOT_A_NUMBER_CURRENT,
  NOT_A_NUMBER_VOLTAGE,
  NOT_A_NUMBER_TEMPERATURE,
  INFINITE_VOLTAGE,
  BAD_QUALITY,
  UNCERTAIN_QUALITY,
  FROZEN_VOLTAGE,
  FROZEN_CURRENT,
  FROZEN_TEMPERATURE,
  FROZEN_ALL,
  FROZEN_COARSE_VOLTAGE,
  SPIKE_UP,
  SPIKE_DOWN,
  SPIKE_TEMPERATURE,
  VOLTAGE_STEPS_DOWN,
  CURRENT_STUCK_AT_ZERO,
  CURRENT_SIGN_FLIPPED,
  EXTREMES_SWAPPED,
  MILLIVOLTS,
  MILLIAMPS,
  CELSIUS,
  WRONG_LAYOUT,
  OUT_OF_ORDER,
  REPEATED_TIME,
  CLOCK_FORWARD,
  CLOCK_BACK,
  MISSING;

  /** Null when no sample arrives at all. */
  Measurement apply(Measurement m, Measurement first, Measurement before, int second) {
    double i = m.chargeCurrentAmps();
    double v = m.maxCellVoltageVolts();
    return switch (this) {
      case NONE -> m;
      case NOT_A_NUMBER_CURRENT -> with(m, Double.NaN, 0, 0, 1);
      case NOT_A_NUMBER_VOLTAGE -> with(m, i, Double.NaN, 0, 1);
      case NOT_A_NUMBER_TEMPERATURE -> with(m, i, 0, Double.NaN, 1);
      case INFINITE_VOLTAGE -> with(m, i, Double.POSITIVE_INFINITY, 0, 1);
      case BAD_QUALITY -> m.withQuality(Quality.BAD);
      case UNCERTAIN_QUALITY -> m.withQuality(Quality.UNCERTAIN);
      case FROZEN_VOLTAGE, FROZEN_COARSE_VOLTAGE -> frozenVoltage(m, first);
      case FROZEN_CURRENT -> with(m, first.chargeCurrentAmps(), 0, 0, 1);
      case FROZEN_TEMPERATURE -> frozenTemperature(m, first);
      case FROZEN_ALL -> at(m.timeNanos(), first);
      case SPIKE_UP -> second % 20 == 0 ? with(m, i, 0.1, 0, 1) : m;
      case SPIKE_DOWN -> second % 20 == 0 ? with(m, i, -0.1, 0, 1) : m;
      case SPIKE_TEMPERATURE -> second % 20 == 0 ? with(m, i, 0, 12, 1) : m;
      case VOLTAGE_STEPS_DOWN -> with(m, i, -0.06, 0, 1);
      case CURRENT_STUCK_AT_ZERO -> with(m, 0, 0, 0, 1);
      case CURRENT_SIGN_FLIPPED -> with(m, -i, 0, 0, 1);
      case EXTREMES_SWAPPED -> swapped(m);
      case MILLIVOLTS -> with(m, i, 999 * v, 0, 1);
      case MILLIAMPS -> with(m, 1000 * i, 0, 0, 1);
      case CELSIUS -> with(m, i, 0, -273.15, 1);
      case WRONG_LAYOUT -> with(m, i, 0, 0, 2);
      case OUT_OF_ORDER -> second % 3 == 0 ? before : second % 3 == 1 ? m : at(before, -2);
      case REPEATED_TIME -> at(first.timeNanos(), m);
      case CLOCK_FORWARD -> at(m, 40);
      case CLOCK_BACK -> at(m, -3600);
      case MISSING -> null;
    };
  }

  /** Adds volts to every cell and kelvins to every sensor; multiplies the total voltage. */
  private static Measurement with(
      Measurement m, double amps, double cellVolts, double kelvin, double factor) {
    double cells = Math.max(1, Math.rint(m.voltageVolts() / m.maxCellVoltageVolts()));
    return new Measurement(
        m.timeNanos(),
        amps,
        factor * (m.voltageVolts() + cells * cellVolts),
        m.surfaceTemperatureKelvin() + kelvin,
        m.minCellVoltageVolts() + cellVolts,
        m.maxCellVoltageVolts() + cellVolts,
        m.minCellTemperatureKelvin() + kelvin,
        m.maxCellTemperatureKelvin() + kelvin,
        m.quality());
  }

  private static Measurement frozenVoltage(Measurement m, Measurement first) {
    return new Measurement(
        m.timeNanos(),
        m.chargeCurrentAmps(),
        first.voltageVolts(),
        m.surfaceTemperatureKelvin(),
        first.minCellVoltageVolts(),
        first.maxCellVoltageVolts(),
        m.minCellTemperatureKelvin(),
        m.maxCellTemperatureKelvin(),
        m.quality());
  }

  private static Measurement frozenTemperature(Measurement m, Measurement first) {
    return new Measurement(
        m.timeNanos(),
        m.chargeCurrentAmps(),
        m.voltageVolts(),
        first.surfaceTemperatureKelvin(),
        m.minCellVoltageVolts(),
        m.maxCellVoltageVolts(),
        first.minCellTemperatureKelvin(),
        first.maxCellTemperatureKelvin(),
        m.quality());
  }

  private static Measurement swapped(Measurement m) {
    return new Measurement(
        m.timeNanos(),
        m.chargeCurrentAmps(),
        m.voltageVolts(),
        m.surfaceTemperatureKelvin(),
        m.maxCellVoltageVolts(),
        m.minCellVoltageVolts(),
        m.maxCellTemperatureKelvin(),
        m.minCellTemperatureKelvin(),
        m.quality());
  }

  private static Measurement at(Measurement m, double secondsLater) {
    return at(m.timeNanos() + (long) (secondsLater * 1e9), m);
  }

  private static Measurement at(long nanos, Measurement m) {
    return new Measurement(
        nanos,
        m.chargeCurrentAmps(),
        m.voltageVolts(),
        m.surfaceTemperatureKelvin(),
        m.minCellVoltageVolts(),
        m.maxCellVoltageVolts(),
        m.minCellTemperatureKelvin(),
        m.maxCellTemperatureKelvin(),
        m.quality());
  }

  /** How a sensor of this fault reads when it is well: coarse ones repeat rightly. */
  Measurement healthy(Measurement m) {
    if (this != FROZEN_COARSE_VOLTAGE) {
      return m;
    }
    double step = 5e-3;
    return new Measurement(
        m.timeNanos(),
        m.chargeCurrentAmps(),
        step * Math.rint(m.voltageVolts() / step),
        m.surfaceTemperatureKelvin(),
        step * Math.rint(m.minCellVoltageVolts() / step),
        step * Math.rint(m.maxCellVoltageVolts() / step),
        m.minCellTemperatureKelvin(),
        m.maxCellTemperatureKelvin(),
        m.quality());
  }
}
