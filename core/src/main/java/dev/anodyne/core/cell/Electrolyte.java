package dev.anodyne.core.cell;

/**
 * The electrolyte.
 *
 * @param transferenceNumber of the cation
 * @param thermodynamicFactor 1 + dln f/dln c, constant
 * @param diffusivity of concentration in mol/m³, m²/s, at the reference temperature
 * @param diffusivityActivation J/mol
 * @param conductivity of concentration in mol/m³, S/m, at the reference temperature
 * @param conductivityActivation J/mol
 * @param conductivityTemperatureExponent κ also goes with (T/T_ref) to this power; mostly 0
 * @param initialConcentration mol/m³
 */
public record Electrolyte(
    double transferenceNumber,
    double thermodynamicFactor,
    Curve diffusivity,
    double diffusivityActivation,
    Curve conductivity,
    double conductivityActivation,
    double conductivityTemperatureExponent,
    double initialConcentration) {}
