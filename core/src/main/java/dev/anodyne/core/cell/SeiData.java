package dev.anodyne.core.cell;

/**
 * Growth of the solid-electrolyte interphase, limited by solvent diffusion (O'Kane 2022).
 *
 * @param solventDiffusivity m²/s
 * @param solventConcentration mol/m³
 * @param activation J/mol
 * @param resistivityOhmM Ω·m
 * @param molarVolumeM3 m³/mol
 * @param lithiumPerSei moles of lithium bound by a mole of SEI
 * @param initialThicknessM m
 */
public record SeiData(
    double solventDiffusivity,
    double solventConcentration,
    double activation,
    double resistivityOhmM,
    double molarVolumeM3,
    double lithiumPerSei,
    double initialThicknessM) {}
