package dev.anodyne.core.charging;

/**
 * What heats or cools a battery, as charger and battery tell it together.
 *
 * @param maxHeatingWatts largest heat into the battery, W, ≥ 0; 0 without a heater
 * @param maxCoolingWatts largest heat out of the battery, W, ≥ 0; 0 without a cooler
 * @param heatingEfficiency heat over power from the grid, above 0; above 1 for a heat pump
 * @param coolingCoefficient heat moved over power from the grid, above 0
 */
public record ThermalCapabilities(
    double maxHeatingWatts,
    double maxCoolingWatts,
    double heatingEfficiency,
    double coolingCoefficient) {
  /** Neither heater nor cooler. */
  public static final ThermalCapabilities NONE = new ThermalCapabilities(0, 0, 1, 1);

  public ThermalCapabilities {
    require(maxHeatingWatts >= 0, "maxHeatingWatts", maxHeatingWatts, "at least 0");
    require(maxCoolingWatts >= 0, "maxCoolingWatts", maxCoolingWatts, "at least 0");
    require(heatingEfficiency > 0, "heatingEfficiency", heatingEfficiency, "above 0");
    require(coolingCoefficient > 0, "coolingCoefficient", coolingCoefficient, "above 0");
  }

  /** True when there is a heater or a cooler. */
  public boolean isOffered() {
    return maxHeatingWatts > 0 || maxCoolingWatts > 0;
  }

  /** One cell's share, where all cells get the same. */
  public ThermalCapabilities perCell(PackLayout layout) {
    double cells = (double) layout.series() * layout.parallel();
    return new ThermalCapabilities(
        maxHeatingWatts / cells, maxCoolingWatts / cells, heatingEfficiency, coolingCoefficient);
  }

  /** Power from the grid for a heat into (above 0) or out of (below 0) the battery, W. */
  public double gridWatts(double heatWatts) {
    return heatWatts >= 0 ? heatWatts / heatingEfficiency : -heatWatts / coolingCoefficient;
  }

  private static void require(boolean holds, String field, double value, String allowed) {
    if (!holds || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "Thermal "
              + field
              + " "
              + value
              + " is not allowed; it must be a finite number "
              + allowed
              + ".");
    }
  }
}
