package dev.anodyne.core.charging;

/**
 * What a charger can do at its terminals. Nothing is charged before these have arrived.
 *
 * @param minVoltageVolts lowest output voltage, V
 * @param maxVoltageVolts highest output voltage, V
 * @param maxCurrentAmps highest output current, A
 * @param maxPowerWatts highest output power, W
 * @param maxRampAmpsPerSecond largest rate of change of the current, A/s
 */
public record ChargerCapabilities(
    double minVoltageVolts,
    double maxVoltageVolts,
    double maxCurrentAmps,
    double maxPowerWatts,
    double maxRampAmpsPerSecond) {
  /** Not heard yet: nothing may be drawn. */
  public static final ChargerCapabilities UNKNOWN = new ChargerCapabilities(0, 0, 0, 0, 0);

  /** True when the charger has told what it can do. */
  public boolean isKnown() {
    return maxCurrentAmps > 0 && maxVoltageVolts > 0;
  }
}
