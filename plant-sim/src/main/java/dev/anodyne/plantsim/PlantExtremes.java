package dev.anodyne.plantsim;

/**
 * True extremes over every step of the physics since the start or the last reset.
 *
 * @param minAnodePotentialVolts lowest anode potential of any cell, V
 * @param maxCellVoltageVolts highest voltage of any cell, V
 * @param maxTemperatureKelvin highest temperature of any cell, K
 * @param maxChargeCurrentAmps highest battery current, A
 * @param maxVoltageVolts highest battery voltage, V
 */
public record PlantExtremes(
    double minAnodePotentialVolts,
    double maxCellVoltageVolts,
    double maxTemperatureKelvin,
    double maxChargeCurrentAmps,
    double maxVoltageVolts) {}
