package dev.anodyne.core.charging;

/**
 * What the sensors said at one instant. Packs report the extremes of their cells beside the totals,
 * as battery-management systems do.
 *
 * @param timeNanos time of the sample on the loop's clock, ns
 * @param chargeCurrentAmps current into the battery, A, positive when charging
 * @param voltageVolts voltage at the battery's terminals, V
 * @param surfaceTemperatureKelvin mean surface temperature, K
 * @param minCellVoltageVolts lowest cell voltage, V
 * @param maxCellVoltageVolts highest cell voltage, V
 * @param minCellTemperatureKelvin lowest cell surface temperature, K
 * @param maxCellTemperatureKelvin highest cell surface temperature, K
 * @param quality the worst quality among the values
 */
public record Measurement(
    long timeNanos,
    double chargeCurrentAmps,
    double voltageVolts,
    double surfaceTemperatureKelvin,
    double minCellVoltageVolts,
    double maxCellVoltageVolts,
    double minCellTemperatureKelvin,
    double maxCellTemperatureKelvin,
    Quality quality) {

  /** A single cell: its own voltage and temperature are the extremes. */
  public static Measurement ofCell(
      long timeNanos,
      double chargeCurrentAmps,
      double voltageVolts,
      double surfaceTemperatureKelvin,
      Quality quality) {
    return new Measurement(
        timeNanos,
        chargeCurrentAmps,
        voltageVolts,
        surfaceTemperatureKelvin,
        voltageVolts,
        voltageVolts,
        surfaceTemperatureKelvin,
        surfaceTemperatureKelvin,
        quality);
  }

  /** True when every number is finite and the quality is {@link Quality#GOOD}. */
  public boolean isUsable() {
    return quality == Quality.GOOD
        && Double.isFinite(chargeCurrentAmps)
        && Double.isFinite(voltageVolts)
        && Double.isFinite(surfaceTemperatureKelvin)
        && Double.isFinite(minCellVoltageVolts)
        && Double.isFinite(maxCellVoltageVolts)
        && Double.isFinite(minCellTemperatureKelvin)
        && Double.isFinite(maxCellTemperatureKelvin);
  }

  /** The same values with another quality. */
  public Measurement withQuality(Quality newQuality) {
    return new Measurement(
        timeNanos,
        chargeCurrentAmps,
        voltageVolts,
        surfaceTemperatureKelvin,
        minCellVoltageVolts,
        maxCellVoltageVolts,
        minCellTemperatureKelvin,
        maxCellTemperatureKelvin,
        newQuality);
  }
}
