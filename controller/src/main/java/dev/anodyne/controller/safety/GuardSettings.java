package dev.anodyne.controller.safety;

import dev.anodyne.core.charging.PackLayout;

/**
 * The guard's own limits. They stand beside those of vehicle and charger; the tightest one counts.
 *
 * @param layout how the battery's cells are wired
 * @param maxCellVoltageVolts highest cell voltage, V
 * @param maxCellTemperatureKelvin highest cell temperature, K
 * @param maxCurrentAmps highest battery current, A; +∞ leaves it to vehicle and charger
 * @param stalenessNanos a measurement older than this stops the current, ns
 * @param frozenNanos identical values for longer than this stop the current, ns; 0 turns the rule
 *     off for sources so coarse that their values legitimately stand still
 * @param rampAmpsPerSecond largest rise of the command, A/s, for chargers that do not tell theirs
 * @param rampWindowNanos longest interval for which a rise is credited at once, ns: the loop's
 *     period or more
 */
public record GuardSettings(
    PackLayout layout,
    double maxCellVoltageVolts,
    double maxCellTemperatureKelvin,
    double maxCurrentAmps,
    long stalenessNanos,
    long frozenNanos,
    double rampAmpsPerSecond,
    long rampWindowNanos) {
  /** A second without fresh values is normal at 1 Hz, two are not. */
  public static final long DEFAULT_STALENESS_NANOS = 2_000_000_000L;

  /**
   * With {@link #DEFAULT_STALENESS_NANOS} a loss shows within 3 s even when values merely freeze.
   */
  public static final long DEFAULT_FROZEN_NANOS = 2_500_000_000L;

  /** Full current of a car's battery in ten seconds, scaled to the battery's size. */
  private static final double DEFAULT_RAMP_AMPS_PER_SECOND_PER_CELL = 10.0;

  public GuardSettings {
    requirePositive("maxCellVoltageVolts", maxCellVoltageVolts);
    requirePositive("maxCellTemperatureKelvin", maxCellTemperatureKelvin);
    requirePositive("maxCurrentAmps", maxCurrentAmps);
    requirePositive("stalenessNanos", stalenessNanos);
    requirePositive("rampAmpsPerSecond", rampAmpsPerSecond);
    requirePositive("rampWindowNanos", rampWindowNanos);
    if (frozenNanos < 0) {
      throw new IllegalArgumentException("Guard setting frozenNanos must not be negative.");
    }
  }

  /** The usual times for a battery with these limits. */
  public static GuardSettings of(
      PackLayout layout, double maxCellVoltageVolts, double maxCellTemperatureKelvin) {
    return new GuardSettings(
        layout,
        maxCellVoltageVolts,
        maxCellTemperatureKelvin,
        Double.POSITIVE_INFINITY,
        DEFAULT_STALENESS_NANOS,
        DEFAULT_FROZEN_NANOS,
        layout.packAmps(DEFAULT_RAMP_AMPS_PER_SECOND_PER_CELL),
        2_000_000_000L);
  }

  /** The same limits with times that fit a longer loop period or an accelerated clock. */
  public GuardSettings withTimes(long newStaleness, long newFrozen, long newRampWindow) {
    return new GuardSettings(
        layout,
        maxCellVoltageVolts,
        maxCellTemperatureKelvin,
        maxCurrentAmps,
        newStaleness,
        newFrozen,
        rampAmpsPerSecond,
        newRampWindow);
  }

  /** The same limits with a highest battery current, A. */
  public GuardSettings withMaxCurrentAmps(double amps) {
    return new GuardSettings(
        layout,
        maxCellVoltageVolts,
        maxCellTemperatureKelvin,
        amps,
        stalenessNanos,
        frozenNanos,
        rampAmpsPerSecond,
        rampWindowNanos);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          "Guard setting " + name + " is " + value + "; it must be greater than 0.");
    }
  }
}
