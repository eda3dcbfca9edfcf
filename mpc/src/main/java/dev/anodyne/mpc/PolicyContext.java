package dev.anodyne.mpc;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.NanoClock;

/**
 * What a policy is made for.
 *
 * @param cell the controller's parameters of the cell, heat transfer set
 * @param periodSeconds control period, s
 * @param startSoc where the charge begins, 0–1, for policies that are tuned for a charge
 * @param ambientKelvin ambient temperature, K
 * @param limits the limits to be expected; the ones in force come with every decision
 * @param clock measures decisions and enforces the deadline
 * @param deadlineNanos time a decision may take, ns; 0 for none
 * @param outlook what is known about the time ahead
 * @param chargerDelaySeconds known dead time from a decision to its first effect on the current, s
 */
public record PolicyContext(
    CellParameters cell,
    double periodSeconds,
    double startSoc,
    double ambientKelvin,
    ChargeLimits limits,
    NanoClock clock,
    long deadlineNanos,
    Outlook outlook,
    double chargerDelaySeconds) {
  public PolicyContext {
    if (!(chargerDelaySeconds >= 0.0 && chargerDelaySeconds <= 60.0)) {
      throw new IllegalArgumentException(
          "The charger's dead time is "
              + chargerDelaySeconds
              + " s; it must lie between 0 and 60.");
    }
    if (!(periodSeconds > 0.0) || Double.isInfinite(periodSeconds)) {
      throw new IllegalArgumentException(
          "The control period is " + periodSeconds + " s; it must be a number above 0.");
    }
    if (!(startSoc >= 0.0 && startSoc <= 1.0)) {
      throw new IllegalArgumentException(
          "The start state of charge is " + startSoc + "; it must lie between 0 and 1.");
    }
    if (deadlineNanos < 0) {
      throw new IllegalArgumentException(
          "The deadline is " + deadlineNanos + " ns; it must be 0 (none) or more.");
    }
  }

  /** When no dead time of the charger is known. */
  public PolicyContext(
      CellParameters cell,
      double periodSeconds,
      double startSoc,
      double ambientKelvin,
      ChargeLimits limits,
      NanoClock clock,
      long deadlineNanos,
      Outlook outlook) {
    this(cell, periodSeconds, startSoc, ambientKelvin, limits, clock, deadlineNanos, outlook, 0.0);
  }

  /** When nothing is known about the time ahead. */
  public PolicyContext(
      CellParameters cell,
      double periodSeconds,
      double startSoc,
      double ambientKelvin,
      ChargeLimits limits,
      NanoClock clock,
      long deadlineNanos) {
    this(cell, periodSeconds, startSoc, ambientKelvin, limits, clock, deadlineNanos, Outlook.NONE);
  }

  /** The same under other limits. */
  public PolicyContext withLimits(ChargeLimits other) {
    return new PolicyContext(
        cell,
        periodSeconds,
        startSoc,
        ambientKelvin,
        other,
        clock,
        deadlineNanos,
        outlook,
        chargerDelaySeconds);
  }

  /** The same with another deadline, ns; 0 for none. */
  public PolicyContext withDeadlineNanos(long nanos) {
    return new PolicyContext(
        cell,
        periodSeconds,
        startSoc,
        ambientKelvin,
        limits,
        clock,
        nanos,
        outlook,
        chargerDelaySeconds);
  }
}
