package dev.anodyne.core.cell;

/**
 * Partially reversible lithium plating (O'Kane 2020, 2022).
 *
 * @param rateConstant m/s
 * @param transferCoefficient of plating; stripping has one minus it
 * @param molarVolumeM3 m³/mol of lithium metal
 * @param deadLithiumRatePerSecond decay of plated into dead lithium at the initial SEI thickness,
 *     1/s
 */
public record PlatingData(
    double rateConstant,
    double transferCoefficient,
    double molarVolumeM3,
    double deadLithiumRatePerSecond) {}
