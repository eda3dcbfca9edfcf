package dev.anodyne.controller.safety;

import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import org.jspecify.annotations.Nullable;

/**
 * Is the newest sample possible? Remembers the sample before it (jumps) and since when the values
 * have been exactly the same (freezing).
 */
final class MeasurementWatch {
  /** Below this a lithium-ion cell is destroyed, above it the sensor is broken. */
  private static final double MIN_CELL_VOLTS = 1.0;

  private static final double MAX_CELL_VOLTS = 5.0;
  private static final double MIN_KELVIN = 213.15;
  private static final double MAX_KELVIN = 373.15;

  /**
   * From full current to none a cell's voltage moves by its ohmic drop, half a volt at most (3C
   * through 30 mΩ); twice that is a sensor.
   */
  private static final double JUMP_VOLTS_PER_CELL = 1.0;

  /** A cell's heat capacity allows tenths of a kelvin a second; ten at once is a sensor. */
  private static final double JUMP_KELVIN = 10.0;

  /** Beyond this gap the battery may really have changed. */
  private static final long JUMP_WINDOW_NANOS = 5_000_000_000L;

  /** Sensor noise may swap the order of two nearly equal cells. */
  private static final double ORDER_TOLERANCE_VOLTS = 0.02;

  private static final double ORDER_TOLERANCE_KELVIN = 2.0;

  /** Contactors, busbars and cable between cells and terminals. */
  private static final double SUM_TOLERANCE_VOLTS_PER_CELL = 0.15;

  /** Below this the current counts as none and values may rightly stand still, A per cell. */
  private static final double NO_CURRENT_AMPS = 0.05;

  private final PackLayout layout;
  private @Nullable Measurement newest;
  private @Nullable Measurement accepted;
  private @Nullable Measurement candidate;
  private long unchangedSinceNanos;
  private @Nullable String implausible;
  private @Nullable String jump;

  MeasurementWatch(PackLayout layout) {
    this.layout = layout;
  }

  /** Takes in the image's sample; the same sample again changes nothing. */
  void observe(Measurement m, ChargerCapabilities capabilities, long nowNanos) {
    Measurement before = newest;
    if (before != null && before.timeNanos() == m.timeNanos() && sameValues(before, m)) {
      return;
    }
    if (before == null || !sameValues(before, m)) {
      unchangedSinceNanos = nowNanos;
    }
    newest = m;
    implausible = m.isUsable() ? findImplausible(m, capabilities) : null;
    jump = null;
    if (m.isUsable() && implausible == null) {
      followLevel(m);
    }
  }

  /** A jump is believed once a second sample confirms it; a lone spike is forgotten. */
  private void followLevel(Measurement m) {
    jump = findJump(accepted, m);
    if (jump == null || (candidate != null && findJump(candidate, m) == null)) {
      jump = null;
      accepted = m;
      candidate = null;
    } else {
      candidate = m;
    }
  }

  /** A sentence when the newest sample moved faster than a battery can, else null. */
  @Nullable String jump() {
    return jump;
  }

  /** True when current flows and no value has changed in any digit for longer than allowed. */
  boolean isFrozen(long nowNanos, long frozenNanos) {
    Measurement m = newest;
    return frozenNanos > 0
        && m != null
        && Math.abs(m.chargeCurrentAmps()) > layout.packAmps(NO_CURRENT_AMPS)
        && nowNanos - unchangedSinceNanos > frozenNanos;
  }

  /**
   * A sentence when a value of the newest sample is impossible or contradicts others, else null.
   */
  @Nullable String implausible() {
    return implausible;
  }

  private @Nullable String findImplausible(Measurement m, ChargerCapabilities capabilities) {
    int series = layout.series();
    if (!within(m.minCellVoltageVolts(), MIN_CELL_VOLTS, MAX_CELL_VOLTS)
        || !within(m.maxCellVoltageVolts(), MIN_CELL_VOLTS, MAX_CELL_VOLTS)) {
      return "cell voltages "
          + m.minCellVoltageVolts()
          + " to "
          + m.maxCellVoltageVolts()
          + " V are not possible";
    }
    if (!within(m.minCellTemperatureKelvin(), MIN_KELVIN, MAX_KELVIN)
        || !within(m.maxCellTemperatureKelvin(), MIN_KELVIN, MAX_KELVIN)) {
      return "cell temperatures "
          + m.minCellTemperatureKelvin()
          + " to "
          + m.maxCellTemperatureKelvin()
          + " K are not possible";
    }
    if (m.minCellVoltageVolts() > m.maxCellVoltageVolts() + ORDER_TOLERANCE_VOLTS
        || m.minCellTemperatureKelvin() > m.maxCellTemperatureKelvin() + ORDER_TOLERANCE_KELVIN) {
      return "the lowest cell is reported above the highest";
    }
    double tolerance = series * SUM_TOLERANCE_VOLTS_PER_CELL;
    if (!within(
        m.voltageVolts(),
        series * m.minCellVoltageVolts() - tolerance,
        series * m.maxCellVoltageVolts() + tolerance)) {
      return "battery voltage "
          + m.voltageVolts()
          + " V contradicts "
          + series
          + " cells in series of "
          + m.minCellVoltageVolts()
          + " to "
          + m.maxCellVoltageVolts()
          + " V";
    }
    if (Math.abs(m.chargeCurrentAmps()) > 2 * capabilities.maxCurrentAmps() + layout.packAmps(5)) {
      return "current "
          + m.chargeCurrentAmps()
          + " A is beyond what the charger can deliver ("
          + capabilities.maxCurrentAmps()
          + " A)";
    }
    return null;
  }

  private @Nullable String findJump(@Nullable Measurement before, Measurement m) {
    if (before == null || !m.isUsable() || m.timeNanos() - before.timeNanos() > JUMP_WINDOW_NANOS) {
      return null;
    }
    double volts =
        Math.max(
            Math.abs(m.voltageVolts() - before.voltageVolts()) / layout.series(),
            Math.max(
                Math.abs(m.maxCellVoltageVolts() - before.maxCellVoltageVolts()),
                Math.abs(m.minCellVoltageVolts() - before.minCellVoltageVolts())));
    if (volts > JUMP_VOLTS_PER_CELL) {
      return "a cell's voltage jumped by " + volts + " V";
    }
    double kelvin =
        Math.max(
            Math.abs(m.maxCellTemperatureKelvin() - before.maxCellTemperatureKelvin()),
            Math.abs(m.minCellTemperatureKelvin() - before.minCellTemperatureKelvin()));
    return kelvin > JUMP_KELVIN ? "a cell's temperature jumped by " + kelvin + " K" : null;
  }

  private static boolean within(double value, double low, double high) {
    return value >= low && value <= high;
  }

  private static boolean sameValues(Measurement a, Measurement b) {
    return Double.compare(a.chargeCurrentAmps(), b.chargeCurrentAmps()) == 0
        && Double.compare(a.voltageVolts(), b.voltageVolts()) == 0
        && Double.compare(a.maxCellVoltageVolts(), b.maxCellVoltageVolts()) == 0
        && Double.compare(a.minCellVoltageVolts(), b.minCellVoltageVolts()) == 0
        && Double.compare(a.maxCellTemperatureKelvin(), b.maxCellTemperatureKelvin()) == 0
        && Double.compare(a.minCellTemperatureKelvin(), b.minCellTemperatureKelvin()) == 0
        && Double.compare(a.surfaceTemperatureKelvin(), b.surfaceTemperatureKelvin()) == 0;
  }
}
