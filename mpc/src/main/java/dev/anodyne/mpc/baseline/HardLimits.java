package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.mpc.prediction.CommandsInFlight;

/**
 * The limits that every policy obeys in the same way: current, power, ramp upwards and the target
 * state of charge. A fall of the current is never limited: less is always allowed. Keeps the last
 * command to ramp from.
 */
public final class HardLimits {
  /** Command and measurement are the same current up to this much, A plus a share. */
  private static final double SAME_AMPS = 0.1;

  private static final double SAME_SHARE = 0.02;

  /**
   * Voltage the cell gains at most for each ampere more, Ω; a cell current that jumps up is rated
   * at the voltage it will have then.
   */
  private static final double LARGEST_RESISTANCE_OHM = 0.05;

  private final double periodSeconds;
  private final CommandsInFlight inFlight;
  private double lastCommandAmps;
  private ActiveConstraint binding = ActiveConstraint.NONE;

  /** Limits for a policy that decides every {@code periodSeconds}. */
  public HardLimits(double periodSeconds) {
    this(periodSeconds, 0.0);
  }

  /** The same for a charger with a known dead time, s. */
  public HardLimits(double periodSeconds, double chargerDelaySeconds) {
    this.periodSeconds = periodSeconds;
    inFlight = new CommandsInFlight(chargerDelaySeconds, periodSeconds);
  }

  /**
   * The current that flows when a command given now begins to count: {@link
   * #presentAmps(CellEstimate)} without a dead time, else where the commands in flight lead.
   */
  public double presentAmps(CellEstimate estimate, ChargeLimits limits) {
    double flowing = presentAmps(estimate);
    if (inFlight.delaySeconds() <= 0.0) {
      return flowing;
    }
    double amps =
        inFlight.ampsAtEffect(flowing, limits.maxRampAmpsPerSecond(), estimate.timeNanos());
    return isCommand(amps) ? lastCommandAmps : amps;
  }

  /**
   * The current that flows at the start of the period: the last command when the measurement agrees
   * with it (it carries no sensor noise), else the measurement (someone lowered the command, or the
   * charger is still on its way).
   */
  public double presentAmps(CellEstimate estimate) {
    double measured = estimate.chargeCurrentAmps();
    if (!Double.isFinite(measured)) {
      return 0.0;
    }
    return inFlight.delaySeconds() <= 0.0 && isCommand(measured)
        ? lastCommandAmps
        : Math.max(0.0, measured);
  }

  private boolean isCommand(double amps) {
    return Math.abs(amps - lastCommandAmps) <= SAME_AMPS + SAME_SHARE * Math.abs(lastCommandAmps);
  }

  /** Largest current that may be commanded now whatever a policy wants, A. */
  public double ceilingAmps(CellEstimate estimate, ChargeLimits limits) {
    double present = presentAmps(estimate, limits);
    double ceiling = Math.max(0.0, limits.maxChargeCurrentAmps());
    binding = ActiveConstraint.CURRENT;
    double byPower = powerAmps(estimate, limits, ceiling, present);
    // Written so that a value that is not a number counts as a limit, and as 0 in the end.
    if (!(byPower >= ceiling)) {
      ceiling = byPower;
      binding = ActiveConstraint.POWER;
    }
    double byRamp = present + limits.maxRampAmpsPerSecond() * periodSeconds;
    if (!(byRamp >= ceiling || Double.isNaN(ceiling))) {
      ceiling = byRamp;
      binding = ActiveConstraint.RAMP;
    }
    if (estimate.soc() >= limits.targetSoc()) {
      ceiling = 0.0;
      binding = ActiveConstraint.TARGET_SOC;
    }
    return Double.isFinite(ceiling) ? ceiling : 0.0;
  }

  /**
   * Caps a wanted current and remembers it as the command.
   *
   * @param wantedAmps NaN counts as 0
   */
  public double apply(double wantedAmps, CellEstimate estimate, ChargeLimits limits) {
    double ceiling = ceilingAmps(estimate, limits);
    double amps = Double.isNaN(wantedAmps) ? 0.0 : Math.max(0.0, wantedAmps);
    if (amps < ceiling) {
      binding = ActiveConstraint.NONE;
    }
    lastCommandAmps = Math.min(amps, ceiling);
    inFlight.command(lastCommandAmps, estimate.timeNanos());
    return lastCommandAmps;
  }

  /** Ramps on from the last command of another policy. */
  public void takeOver(HardLimits other) {
    lastCommandAmps = other.lastCommandAmps;
    inFlight.takeOver(other.inFlight);
  }

  /** Records that nothing is commanded. */
  public double zero() {
    lastCommandAmps = 0.0;
    inFlight.forget();
    binding = ActiveConstraint.NONE;
    return 0.0;
  }

  /** The limit that cut the last current, or {@link ActiveConstraint#NONE}. */
  public ActiveConstraint binding() {
    return binding;
  }

  private static double powerAmps(
      CellEstimate estimate, ChargeLimits limits, double ceiling, double present) {
    if (limits.maxPowerWatts() == Double.POSITIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double volts = estimate.voltageVolts();
    double amps = Math.min(ceiling, limits.maxPowerWatts() / volts);
    double later = volts + LARGEST_RESISTANCE_OHM * Math.max(0.0, amps - present);
    return Math.max(0.0, limits.maxPowerWatts() / Math.min(later, limits.maxVoltageVolts()));
  }
}
