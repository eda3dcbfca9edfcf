package dev.anodyne.plantsim.pack;

import java.util.List;

/**
 * The truth about the battery at one instant.
 *
 * @param timeSeconds plant time since the start, s
 * @param chargeCurrentAmps battery current, A
 * @param voltageVolts battery voltage, V
 * @param soc state of charge of the battery: the mean of its cells', 0–1
 * @param minSoc lowest state of charge of a cell, 0–1
 * @param maxSoc highest state of charge of a cell, 0–1
 * @param minCellVoltageVolts lowest cell voltage, V
 * @param maxCellVoltageVolts highest cell voltage, V
 * @param minCellTemperatureKelvin lowest cell temperature, K
 * @param maxCellTemperatureKelvin highest cell temperature, K
 * @param minAnodePotentialVolts lowest anode potential of a cell, V
 * @param platingExposureVoltSeconds ∫ max(0, −anode potential) dt of the worst cell, V·s
 * @param cells the cells; series position s and parallel position p is number s·parallel + p
 */
public record PackState(
    double timeSeconds,
    double chargeCurrentAmps,
    double voltageVolts,
    double soc,
    double minSoc,
    double maxSoc,
    double minCellVoltageVolts,
    double maxCellVoltageVolts,
    double minCellTemperatureKelvin,
    double maxCellTemperatureKelvin,
    double minAnodePotentialVolts,
    double platingExposureVoltSeconds,
    List<CellState> cells) {

  /** Sums up the cells. */
  static PackState of(
      double timeSeconds, double chargeCurrentAmps, double voltageVolts, List<CellState> cells) {
    double socSum = 0;
    double minSoc = Double.POSITIVE_INFINITY;
    double maxSoc = Double.NEGATIVE_INFINITY;
    double minVolts = Double.POSITIVE_INFINITY;
    double maxVolts = Double.NEGATIVE_INFINITY;
    double minKelvin = Double.POSITIVE_INFINITY;
    double maxKelvin = Double.NEGATIVE_INFINITY;
    double minAnode = Double.POSITIVE_INFINITY;
    double exposure = 0;
    for (CellState cell : cells) {
      socSum += cell.soc();
      minSoc = Math.min(minSoc, cell.soc());
      maxSoc = Math.max(maxSoc, cell.soc());
      minVolts = Math.min(minVolts, cell.voltageVolts());
      maxVolts = Math.max(maxVolts, cell.voltageVolts());
      minKelvin = Math.min(minKelvin, cell.temperatureKelvin());
      maxKelvin = Math.max(maxKelvin, cell.temperatureKelvin());
      minAnode = Math.min(minAnode, cell.anodePotentialVolts());
      exposure = Math.max(exposure, cell.platingExposureVoltSeconds());
    }
    return new PackState(
        timeSeconds,
        chargeCurrentAmps,
        voltageVolts,
        socSum / cells.size(),
        minSoc,
        maxSoc,
        minVolts,
        maxVolts,
        minKelvin,
        maxKelvin,
        minAnode,
        exposure,
        List.copyOf(cells));
  }
}
