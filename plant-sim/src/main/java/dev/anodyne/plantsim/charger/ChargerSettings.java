package dev.anodyne.plantsim.charger;

import dev.anodyne.core.charging.ChargerCapabilities;

/**
 * What a charger is built like.
 *
 * @param capabilities what it can do at its terminals, and what it tells about itself
 * @param timeConstantSeconds first-order time constant of the current loop, s, ≥ 0
 * @param resolutionAmps set-point resolution, rounded down so that no set-point is passed, A, ≥ 0
 * @param expiryRampSeconds longest time from the expiry of a command (or a fault) to zero, s, > 0
 * @param efficiency direct over alternating power, above 0 and at most 1
 * @param standbyWatts power drawn from the grid without any charge, W, ≥ 0
 * @param delaySeconds dead time from a command to its first effect, s, ≥ 0
 * @param rampDownFactor how fast the current falls over how fast it rises, above 0; the
 *     capabilities tell the rise
 * @param schedule what happens to it in mid-session
 */
public record ChargerSettings(
    ChargerCapabilities capabilities,
    double timeConstantSeconds,
    double resolutionAmps,
    double expiryRampSeconds,
    double efficiency,
    double standbyWatts,
    double delaySeconds,
    double rampDownFactor,
    ChargerSchedule schedule) {

  public ChargerSettings {
    require(timeConstantSeconds >= 0, "timeConstantSeconds", timeConstantSeconds, "at least 0");
    require(resolutionAmps >= 0, "resolutionAmps", resolutionAmps, "at least 0");
    require(expiryRampSeconds > 0, "expiryRampSeconds", expiryRampSeconds, "above 0");
    require(efficiency > 0 && efficiency <= 1, "efficiency", efficiency, "above 0 and at most 1");
    require(standbyWatts >= 0, "standbyWatts", standbyWatts, "at least 0");
    require(
        delaySeconds >= 0 && delaySeconds <= 60, "delaySeconds", delaySeconds, "between 0 and 60");
    require(
        rampDownFactor > 0 && rampDownFactor < Double.POSITIVE_INFINITY,
        "rampDownFactor",
        rampDownFactor,
        "a finite number above 0");
  }

  /** Without dead time, as fast down as up, and nothing happens to it. */
  public ChargerSettings(
      ChargerCapabilities capabilities,
      double timeConstantSeconds,
      double resolutionAmps,
      double expiryRampSeconds,
      double efficiency,
      double standbyWatts) {
    this(
        capabilities,
        timeConstantSeconds,
        resolutionAmps,
        expiryRampSeconds,
        efficiency,
        standbyWatts,
        0.0,
        1.0,
        ChargerSchedule.NONE);
  }

  /**
   * An ordinary charger of these capabilities: 0.1 s current loop, 10 mA, zero within 1 s, 95 %.
   */
  public static ChargerSettings of(ChargerCapabilities capabilities) {
    return new ChargerSettings(capabilities, 0.1, 0.01, 1.0, 0.95, 0.0);
  }

  public ChargerSettings withCapabilities(ChargerCapabilities newCapabilities) {
    return copy(newCapabilities, timeConstantSeconds, resolutionAmps, expiryRampSeconds);
  }

  public ChargerSettings withTimeConstantSeconds(double seconds) {
    return copy(capabilities, seconds, resolutionAmps, expiryRampSeconds);
  }

  public ChargerSettings withResolutionAmps(double amps) {
    return copy(capabilities, timeConstantSeconds, amps, expiryRampSeconds);
  }

  public ChargerSettings withExpiryRampSeconds(double seconds) {
    return copy(capabilities, timeConstantSeconds, resolutionAmps, seconds);
  }

  /**
   * The same charger with other losses.
   *
   * @param newEfficiency direct over alternating power, above 0 and at most 1
   * @param newStandbyWatts power drawn without any charge, W
   */
  public ChargerSettings withLosses(double newEfficiency, double newStandbyWatts) {
    return new ChargerSettings(
        capabilities,
        timeConstantSeconds,
        resolutionAmps,
        expiryRampSeconds,
        newEfficiency,
        newStandbyWatts,
        delaySeconds,
        rampDownFactor,
        schedule);
  }

  /** The same charger with a dead time, s, and its fall's rate over its rise's. */
  public ChargerSettings withActuation(double newDelaySeconds, double newRampDownFactor) {
    return new ChargerSettings(
        capabilities,
        timeConstantSeconds,
        resolutionAmps,
        expiryRampSeconds,
        efficiency,
        standbyWatts,
        newDelaySeconds,
        newRampDownFactor,
        schedule);
  }

  /** The same charger to which something happens. */
  public ChargerSettings withSchedule(ChargerSchedule newSchedule) {
    return new ChargerSettings(
        capabilities,
        timeConstantSeconds,
        resolutionAmps,
        expiryRampSeconds,
        efficiency,
        standbyWatts,
        delaySeconds,
        rampDownFactor,
        newSchedule);
  }

  private ChargerSettings copy(
      ChargerCapabilities newCapabilities,
      double newTimeConstantSeconds,
      double newResolutionAmps,
      double newExpiryRampSeconds) {
    return new ChargerSettings(
        newCapabilities,
        newTimeConstantSeconds,
        newResolutionAmps,
        newExpiryRampSeconds,
        efficiency,
        standbyWatts,
        delaySeconds,
        rampDownFactor,
        schedule);
  }

  private static void require(boolean holds, String field, double value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Charger " + field + " " + value + " is not allowed; it must be " + allowed + ".");
    }
  }
}
