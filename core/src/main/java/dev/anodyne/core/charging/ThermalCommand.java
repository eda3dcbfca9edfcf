package dev.anodyne.core.charging;

/**
 * Heat to put into the whole battery, until the command expires. A heater or cooler that holds an
 * expired command is off.
 *
 * @param heatWatts W; below 0 when the battery is cooled
 * @param validUntilNanos end of validity on the loop's clock, ns
 */
public record ThermalCommand(double heatWatts, long validUntilNanos) {

  /** Neither heat nor cold. */
  public static ThermalCommand off(long validUntilNanos) {
    return new ThermalCommand(0.0, validUntilNanos);
  }

  /** True when the command may no longer be acted on. */
  public boolean isExpiredAt(long nowNanos) {
    return nowNanos - validUntilNanos >= 0;
  }
}
