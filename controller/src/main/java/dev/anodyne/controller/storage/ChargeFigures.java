package dev.anodyne.controller.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a charge came to, by its telemetry; null for what is not known.
 *
 * @param startSoc estimated state of charge of the first sample that has one, 0–1
 * @param endSoc of the last one
 * @param energyWattHours into the battery
 * @param chargeAmpHours into the battery
 * @param maxPowerWatts highest power into the battery
 * @param maxCellVoltageVolts highest cell voltage
 * @param maxTemperatureKelvin highest cell temperature
 * @param minAnodePotentialVolts lowest estimated anode potential
 * @param minAnodePotentialBoundVolts lowest calibrated lower bound
 * @param fallbackShare share of the decisions that came from a rung below the policy, 0–1
 * @param samples how many there were
 */
public record ChargeFigures(
    @Nullable Double startSoc,
    @Nullable Double endSoc,
    @Nullable Double energyWattHours,
    @Nullable Double chargeAmpHours,
    @Nullable Double maxPowerWatts,
    @Nullable Double maxCellVoltageVolts,
    @Nullable Double maxTemperatureKelvin,
    @Nullable Double minAnodePotentialVolts,
    @Nullable Double minAnodePotentialBoundVolts,
    @Nullable Double fallbackShare,
    @Nullable Long samples) {}
