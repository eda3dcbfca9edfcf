package dev.anodyne.controller.safety;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * The last word on the current: judges a command by measurement, status and limits, and can only
 * lower it.
 *
 * <p>Some findings trip it (see {@link GuardReason#isTrip}): the current is then zero, and stays
 * zero until a measurement newer than the event has arrived <em>and</em> a decision has been made
 * on an image newer than the event. A command from before is never taken up again.
 *
 * <p>Times are on the loop's clock. Not thread-safe: one thread judges.
 */
public final class Guard {
  /** A measurement this far in the future has a broken clock, so its age means nothing. */
  private static final long FUTURE_TOLERANCE_NANOS = 1_000_000_000L;

  /** Above a voltage limit by this much the current is reduced; sensor noise is 1 mV. */
  private static final double VOLTAGE_SOFT_VOLTS = 0.010;

  /** Above a voltage limit by this much the current stops. */
  private static final double VOLTAGE_HARD_VOLTS = 0.050;

  /** Above the temperature limit by this much the current is reduced; sensor noise is 0.2 K. */
  private static final double TEMPERATURE_SOFT_KELVIN = 0.5;

  /** Above the temperature limit by this much the current stops. */
  private static final double TEMPERATURE_HARD_KELVIN = 2.0;

  private final GuardSettings settings;
  private final MeasurementWatch watch;
  private final OverCurrentWatch overCurrent;
  private GuardReason trip = GuardReason.AWAITING_DECISION;
  private String tripText = "No decision yet.";
  private boolean tripped = true;
  private long tripNanos = Long.MIN_VALUE;
  private double lastAllowedAmps;
  private long lastAllowedNanos;
  private boolean allowedBefore;
  private long lastJudgedNanos;

  public Guard(GuardSettings settings) {
    this.settings = settings;
    this.watch = new MeasurementWatch(settings.layout());
    this.overCurrent = new OverCurrentWatch(settings.layout());
  }

  /** The guard's own limits. */
  public GuardSettings settings() {
    return settings;
  }

  /**
   * Judges a new decision.
   *
   * @param status the newest status image
   * @param decided the command that the loop decided, for the whole battery
   * @param decidedFromNanos time of the image that the decision was made on, ns
   * @param nowNanos now, ns
   */
  public GuardVerdict admit(
      ChargerStatus status, CurrentCommand decided, long decidedFromNanos, long nowNanos) {
    boolean clean = look(status, nowNanos);
    if (clean
        && tripped
        && isAfterTrip(status.measurement().timeNanos())
        && isAfterTrip(decidedFromNanos)) {
      tripped = false;
    }
    return judge(status, decided, nowNanos);
  }

  /**
   * Judges the command in force again, without a new decision: a trip stays.
   *
   * @param status the newest status image
   * @param inForce the command as it was decided, for the whole battery
   * @param nowNanos now, ns
   */
  public GuardVerdict recheck(ChargerStatus status, CurrentCommand inForce, long nowNanos) {
    look(status, nowNanos);
    return judge(status, inForce, nowNanos);
  }

  /** True while the current is stopped until a new decision. */
  public boolean isTripped() {
    return tripped;
  }

  private boolean isAfterTrip(long nanos) {
    return tripNanos == Long.MIN_VALUE || nanos - tripNanos > 0;
  }

  /** Returns true when nothing is wrong now; otherwise trips. */
  private boolean look(ChargerStatus status, long nowNanos) {
    Measurement m = status.measurement();
    watch.observe(m, status.capabilities(), nowNanos);
    overCurrent.observe(
        m.chargeCurrentAmps(), lastAllowedAmps, status.capabilities().maxCurrentAmps(), nowNanos);
    lastJudgedNanos = nowNanos;
    GuardVerdict finding = findTrip(status, nowNanos);
    if (finding == null) {
      return true;
    }
    tripped = true;
    trip = finding.reason();
    tripText = finding.text();
    tripNanos = nowNanos;
    return false;
  }

  private GuardVerdict judge(ChargerStatus status, CurrentCommand wanted, long nowNanos) {
    GuardVerdict verdict =
        tripped
            ? tripNanos == lastJudgedNanos || !trip.isTrip()
                ? GuardVerdict.stop(trip, tripText)
                : GuardVerdict.stop(
                    GuardReason.AWAITING_DECISION,
                    tripText + " That is over; a new decision is awaited.")
            : caps(status, wanted, nowNanos);
    lastAllowedAmps = verdict.allowedAmps();
    lastAllowedNanos = nowNanos;
    allowedBefore = true;
    return verdict;
  }

  private @Nullable GuardVerdict findTrip(ChargerStatus status, long nowNanos) {
    GuardVerdict finding = SourceWatch.finding(status);
    if (finding == null) {
      finding = findMeasurementTrip(status, nowNanos);
    }
    return finding != null ? finding : findLimitTrip(status);
  }

  private @Nullable GuardVerdict findMeasurementTrip(ChargerStatus status, long nowNanos) {
    Measurement m = status.measurement();
    if (!m.isUsable()) {
      return GuardVerdict.stop(
          GuardReason.NO_MEASUREMENT,
          "There is no usable measurement (quality " + m.quality() + ").");
    }
    long age = nowNanos - m.timeNanos();
    if (age > settings.stalenessNanos() || age < -FUTURE_TOLERANCE_NANOS) {
      return GuardVerdict.stop(
          GuardReason.MEASUREMENT_OLD,
          "The newest measurement is "
              + tenths(age * 1e-9)
              + " s old; at most "
              + tenths(settings.stalenessNanos() * 1e-9)
              + " s are allowed.");
    }
    String implausible = watch.implausible();
    if (implausible != null) {
      return GuardVerdict.stop(
          GuardReason.IMPLAUSIBLE, "The measurement is implausible: " + implausible + ".");
    }
    String jump = watch.jump();
    if (jump != null) {
      return GuardVerdict.stop(GuardReason.JUMP, "The measurement is implausible: " + jump + ".");
    }
    if (watch.isFrozen(nowNanos, settings.frozenNanos())) {
      return GuardVerdict.stop(
          GuardReason.FROZEN,
          "Every measured value has stood still for more than "
              + tenths(settings.frozenNanos() * 1e-9)
              + " s while current flows.");
    }
    return null;
  }

  private @Nullable GuardVerdict findLimitTrip(ChargerStatus status) {
    Measurement m = status.measurement();
    BatteryLimits battery = status.batteryLimits();
    // Once stopped for a limit, the value must be back inside it before the charge goes on.
    boolean back = tripped && trip == GuardReason.OVER_VOLTAGE;
    double over = overVoltage(m, battery, status.capabilities());
    if (over >= (back ? 0 : VOLTAGE_HARD_VOLTS)) {
      return GuardVerdict.stop(
          GuardReason.OVER_VOLTAGE,
          "The highest cell is " + Math.round(over * 1e3) + " mV above its voltage limit.");
    }
    back = tripped && trip == GuardReason.OVER_TEMPERATURE;
    double hot = m.maxCellTemperatureKelvin() - maxTemperature(battery);
    if (hot >= (back ? 0 : TEMPERATURE_HARD_KELVIN)) {
      return GuardVerdict.stop(
          GuardReason.OVER_TEMPERATURE,
          "The hottest cell is " + tenths(hot) + " K above its temperature limit.");
    }
    if (overCurrent.isTooLong(ramp(status.capabilities()))
        || (overCurrent.isOver() && tripped && trip == GuardReason.OVER_CURRENT)) {
      return GuardVerdict.stop(
          GuardReason.OVER_CURRENT,
          "The charger delivers "
              + tenths(m.chargeCurrentAmps())
              + " A, more than commanded, and does not come down.");
    }
    return null;
  }

  private GuardVerdict caps(ChargerStatus status, CurrentCommand wanted, long nowNanos) {
    double asked = wanted.chargeCurrentAmps();
    if (!(asked >= 0) || Double.isInfinite(asked)) {
      return GuardVerdict.stop(
          GuardReason.BAD_COMMAND, "The decided current is " + asked + ", not a number ≥ 0.");
    }
    if (wanted.isExpiredAt(nowNanos)) {
      return GuardVerdict.stop(
          GuardReason.COMMAND_EXPIRED, "The last decision has expired and no new one has come.");
    }
    ChargerCapabilities charger = status.capabilities();
    BatteryLimits battery = status.batteryLimits();
    double ceiling = Math.min(battery.maxVoltageVolts(), charger.maxVoltageVolts());
    double wantedCeiling = wanted.voltageCeilingVolts();
    ceiling = wantedCeiling >= 0 ? Math.min(wantedCeiling, ceiling) : 0;

    double volts = status.measurement().voltageVolts();
    Lowest lowest = new Lowest(asked);
    lowest.cap(settings.maxCurrentAmps(), GuardReason.SITE_CURRENT);
    lowest.cap(charger.maxCurrentAmps(), GuardReason.CHARGER_CURRENT);
    lowest.cap(battery.targetCurrentAmps(), GuardReason.VEHICLE_CURRENT);
    if (charger.maxPowerWatts() > 0) {
      lowest.cap(charger.maxPowerWatts() / volts, GuardReason.CHARGER_POWER);
    }
    lowest.cap(battery.maxPowerWatts() / volts, GuardReason.VEHICLE_POWER);
    lowest.cap(rampCap(charger, nowNanos), GuardReason.RAMP);
    derate(lowest, status);
    return lowest.verdict(ceiling);
  }

  private void derate(Lowest lowest, ChargerStatus status) {
    Measurement m = status.measurement();
    double over = overVoltage(m, status.batteryLimits(), status.capabilities());
    lowest.scale(share(over, VOLTAGE_SOFT_VOLTS, VOLTAGE_HARD_VOLTS), GuardReason.VOLTAGE_DERATING);
    double hot = m.maxCellTemperatureKelvin() - maxTemperature(status.batteryLimits());
    lowest.scale(
        share(hot, TEMPERATURE_SOFT_KELVIN, TEMPERATURE_HARD_KELVIN),
        GuardReason.TEMPERATURE_DERATING);
  }

  private double rampCap(ChargerCapabilities charger, long nowNanos) {
    long window = settings.rampWindowNanos();
    long sinceNanos = allowedBefore ? Math.min(nowNanos - lastAllowedNanos, window) : window;
    return lastAllowedAmps + ramp(charger) * Math.max(0, sinceNanos) * 1e-9;
  }

  private double ramp(ChargerCapabilities charger) {
    return charger.maxRampAmpsPerSecond() > 0
        ? charger.maxRampAmpsPerSecond()
        : settings.rampAmpsPerSecond();
  }

  /** How far the worst of cell and terminals is above its limit, as volts of one cell. */
  private double overVoltage(Measurement m, BatteryLimits battery, ChargerCapabilities charger) {
    double cellLimit = Math.min(settings.maxCellVoltageVolts(), battery.maxCellVoltageVolts());
    double packLimit = Math.min(battery.maxVoltageVolts(), charger.maxVoltageVolts());
    return Math.max(
        m.maxCellVoltageVolts() - cellLimit,
        (m.voltageVolts() - packLimit) / settings.layout().series());
  }

  private double maxTemperature(BatteryLimits battery) {
    return Math.min(settings.maxCellTemperatureKelvin(), battery.maxTemperatureKelvin());
  }

  /** 1 below {@code soft}, 0 above {@code hard}, linear in between. */
  private static double share(double excess, double soft, double hard) {
    return Math.max(0, Math.min(1, (hard - excess) / (hard - soft)));
  }

  static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
