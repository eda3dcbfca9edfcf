package dev.anodyne.core.cell;

/**
 * Lithium plating (O'Kane et al. 2020, 2022).
 *
 * @param model what becomes of the plated lithium
 * @param rateConstant m/s
 * @param transferCoefficient of plating; stripping has one minus it
 * @param molarVolumeM3 m³/mol of lithium metal
 * @param deadLithiumRatePerSecond decay of plated into dead lithium at the initial SEI thickness,
 *     1/s; 0 unless partially reversible
 */
public record PlatingData(
    PlatingModel model,
    double rateConstant,
    double transferCoefficient,
    double molarVolumeM3,
    double deadLithiumRatePerSecond) {}
