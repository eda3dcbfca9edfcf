package dev.anodyne.plantsim;

import dev.anodyne.core.charging.CurrentCommand;

/**
 * The command on its way from whoever controls the charger to its electronics: a bench reads it
 * here, and may replace current or voltage ceiling as a faulty message would. Not thread-safe.
 */
public final class CommandInForce {
  private static final double NANOS = 1e-9;

  private CurrentCommand given = CurrentCommand.zero(0);
  private CurrentCommand taken = given;
  private long nowNanos;
  private double forcedAmps = Double.NaN;
  private double forcedCeilingVolts = Double.NaN;

  CommandInForce() {}

  /** Takes up a command at the start of a step. */
  CurrentCommand take(CurrentCommand command, long stepStartNanos) {
    given = command;
    nowNanos = stepStartNanos;
    boolean ampsForced = !Double.isNaN(forcedAmps);
    boolean ceilingForced = !Double.isNaN(forcedCeilingVolts);
    taken =
        ampsForced || ceilingForced
            ? new CurrentCommand(
                ampsForced ? forcedAmps : command.chargeCurrentAmps(),
                ceilingForced ? forcedCeilingVolts : command.voltageCeilingVolts(),
                ampsForced ? Long.MAX_VALUE / 2 : command.validUntilNanos())
            : command;
    return taken;
  }

  /** The command as it was given. */
  public CurrentCommand given() {
    return given;
  }

  /** The command as the charger took it up. */
  public CurrentCommand taken() {
    return taken;
  }

  /** How long it still counts at the start of the last step, s; 0 once it has expired. */
  public double remainingSeconds() {
    return Math.max(0.0, (taken.validUntilNanos() - nowNanos) * NANOS);
  }

  /**
   * Puts a current in place of the given one; it does not expire.
   *
   * @param amps A; NaN lets the given one through
   */
  public void forceCurrent(double amps) {
    forcedAmps = amps;
  }

  /**
   * Puts a voltage ceiling in place of the given one.
   *
   * @param volts V; NaN lets the given one through
   */
  public void forceCeiling(double volts) {
    forcedCeilingVolts = volts;
  }
}
