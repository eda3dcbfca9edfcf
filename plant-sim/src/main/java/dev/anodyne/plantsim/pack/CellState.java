package dev.anodyne.plantsim.pack;

/**
 * The truth about one cell at one instant.
 *
 * @param chargeCurrentAmps cell current, A
 * @param voltageVolts terminal voltage, V
 * @param temperatureKelvin temperature, K
 * @param soc state of charge on the cell's own scale, 0–1
 * @param anodePotentialVolts φ_s − φ_e at the anode/separator interface, V
 * @param platingExposureVoltSeconds ∫ max(0, −anode potential) dt since the start, V·s
 * @param anodeSurfaceStoichiometry electrode mean of the anode's surface stoichiometry
 * @param anodeSurfaceStoichiometryAtSeparator anode surface stoichiometry at the separator
 * @param cathodeSurfaceStoichiometry electrode mean of the cathode's surface stoichiometry
 * @param lossToSeiAmpHours capacity lost to the SEI since the start, A·h
 * @param lossToPlatingAmpHours capacity lost to plating since the start, A·h
 * @param deadLithiumAmpHours the part of it that is lost for good, A·h; the rest is stripped again
 */
public record CellState(
    double chargeCurrentAmps,
    double voltageVolts,
    double temperatureKelvin,
    double soc,
    double anodePotentialVolts,
    double platingExposureVoltSeconds,
    double anodeSurfaceStoichiometry,
    double anodeSurfaceStoichiometryAtSeparator,
    double cathodeSurfaceStoichiometry,
    double lossToSeiAmpHours,
    double lossToPlatingAmpHours,
    double deadLithiumAmpHours) {}
