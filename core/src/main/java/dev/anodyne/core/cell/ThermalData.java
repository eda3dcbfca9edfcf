package dev.anodyne.core.cell;

/**
 * Lumped heat balance of a cell.
 *
 * @param heatCapacityJPerKelvin whole cell, J/K
 * @param coolingAreaM2 m²
 * @param heatTransferWPerM2Kelvin W/m²K over the cooling area
 */
public record ThermalData(
    double heatCapacityJPerKelvin, double coolingAreaM2, double heatTransferWPerM2Kelvin) {}
