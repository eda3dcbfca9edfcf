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
 */
public record ChargerSettings(
    ChargerCapabilities capabilities,
    double timeConstantSeconds,
    double resolutionAmps,
    double expiryRampSeconds,
    double efficiency,
    double standbyWatts) {

  public ChargerSettings {
    require(timeConstantSeconds >= 0, "timeConstantSeconds", timeConstantSeconds, "at least 0");
    require(resolutionAmps >= 0, "resolutionAmps", resolutionAmps, "at least 0");
    require(expiryRampSeconds > 0, "expiryRampSeconds", expiryRampSeconds, "above 0");
    require(efficiency > 0 && efficiency <= 1, "efficiency", efficiency, "above 0 and at most 1");
    require(standbyWatts >= 0, "standbyWatts", standbyWatts, "at least 0");
  }

  /**
   * An ordinary charger of these capabilities: 0.1 s current loop, 10 mA, zero within 1 s, 95 %.
   */
  public static ChargerSettings of(ChargerCapabilities capabilities) {
    return new ChargerSettings(capabilities, 0.1, 0.01, 1.0, 0.95, 0.0);
  }

  public ChargerSettings withCapabilities(ChargerCapabilities newCapabilities) {
    return new ChargerSettings(
        newCapabilities,
        timeConstantSeconds,
        resolutionAmps,
        expiryRampSeconds,
        efficiency,
        standbyWatts);
  }

  public ChargerSettings withTimeConstantSeconds(double seconds) {
    return new ChargerSettings(
        capabilities, seconds, resolutionAmps, expiryRampSeconds, efficiency, standbyWatts);
  }

  public ChargerSettings withResolutionAmps(double amps) {
    return new ChargerSettings(
        capabilities, timeConstantSeconds, amps, expiryRampSeconds, efficiency, standbyWatts);
  }

  public ChargerSettings withExpiryRampSeconds(double seconds) {
    return new ChargerSettings(
        capabilities, timeConstantSeconds, resolutionAmps, seconds, efficiency, standbyWatts);
  }

  private static void require(boolean holds, String field, double value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Charger " + field + " " + value + " is not allowed; it must be " + allowed + ".");
    }
  }
}
