package dev.anodyne.plantsim;

/**
 * True extremes over every step of the physics since the start or the last reset. Cells are
 * numbered series position · parallel + parallel position.
 *
 * @param minAnodePotentialVolts lowest anode potential of any cell, V
 * @param maxCellVoltageVolts highest voltage of any cell, V
 * @param maxTemperatureKelvin highest temperature of any cell, K
 * @param maxChargeCurrentAmps highest battery current, A
 * @param maxVoltageVolts highest battery voltage, V
 * @param minAnodePotentialCell the cell that had the lowest anode potential
 * @param maxVoltageCell the cell that had the highest voltage
 * @param maxTemperatureCell the cell that was the hottest
 */
public record PlantExtremes(
    double minAnodePotentialVolts,
    double maxCellVoltageVolts,
    double maxTemperatureKelvin,
    double maxChargeCurrentAmps,
    double maxVoltageVolts,
    int minAnodePotentialCell,
    int maxVoltageCell,
    int maxTemperatureCell) {}
