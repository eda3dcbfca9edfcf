package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;

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
  private double lastCommandAmps;
  private ActiveConstraint binding = ActiveConstraint.NONE;

  /** Limits for a policy that decides every {@code periodSeconds}. */
  public HardLimits(double periodSeconds) {
    this.periodSeconds = periodSeconds;
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
    boolean same =
        Math.abs(measured - lastCommandAmps) <= SAME_AMPS + SAME_SHARE * Math.abs(lastCommandAmps);
    return same ? lastCommandAmps : Math.max(0.0, measured);
  }

  /** Largest current that may be commanded now whatever a policy wants, A. */
  public double ceilingAmps(CellEstimate estimate, ChargeLimits limits) {
    double present = presentAmps(estimate);
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
    return lastCommandAmps;
  }

  /** Ramps on from the last command of another policy. */
  public void takeOver(HardLimits other) {
    lastCommandAmps = other.lastCommandAmps;
  }

  /** Records that nothing is commanded. */
  public double zero() {
    lastCommandAmps = 0.0;
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
