package dev.anodyne.core.charging;

/**
 * The battery's own limits, as its management system sends them. They always cap the command.
 *
 * @param targetCurrentAmps largest current the battery asks for, A; 0 stops the charge
 * @param maxVoltageVolts highest terminal voltage, V
 * @param maxCellVoltageVolts highest cell voltage, V
 * @param maxTemperatureKelvin highest cell temperature, K
 * @param maxPowerWatts highest power, W
 */
public record BatteryLimits(
    double targetCurrentAmps,
    double maxVoltageVolts,
    double maxCellVoltageVolts,
    double maxTemperatureKelvin,
    double maxPowerWatts) {
  /** Not heard yet: nothing may be drawn. */
  public static final BatteryLimits UNKNOWN = new BatteryLimits(0, 0, 0, 0, 0);
}
