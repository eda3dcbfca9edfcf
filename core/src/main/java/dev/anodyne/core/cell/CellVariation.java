package dev.anodyne.core.cell;

/**
 * How one cell differs from its parameter set. Factors are 1 and losses 0 for the nominal cell. A
 * loss may be negative, to −0.2: a cell that holds more than its set says.
 *
 * @param capacityFactor scales the electrode area (all extensive properties)
 * @param seriesResistanceOhm added ohmic resistance, Ω
 * @param anodeDiffusivityFactor scales the anode's solid diffusivity
 * @param cathodeDiffusivityFactor scales the cathode's solid diffusivity
 * @param anodeExchangeFactor scales the anode's exchange current
 * @param cathodeExchangeFactor scales the cathode's exchange current
 * @param electrolyteConductivityFactor scales the electrolyte's conductivity
 * @param electrolyteDiffusivityFactor scales the electrolyte's diffusivity
 * @param lossOfLithiumInventory share of the cyclable lithium that is lost, 0–1
 * @param lossOfAnodeMaterial share of the anode's active material that is lost, 0–1
 * @param lossOfCathodeMaterial share of the cathode's active material that is lost, 0–1
 * @param heatTransferFactor scales the heat transfer coefficient
 */
public record CellVariation(
    double capacityFactor,
    double seriesResistanceOhm,
    double anodeDiffusivityFactor,
    double cathodeDiffusivityFactor,
    double anodeExchangeFactor,
    double cathodeExchangeFactor,
    double electrolyteConductivityFactor,
    double electrolyteDiffusivityFactor,
    double lossOfLithiumInventory,
    double lossOfAnodeMaterial,
    double lossOfCathodeMaterial,
    double heatTransferFactor) {
  /** The nominal cell. */
  public static final CellVariation NONE = new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1);

  /** The same cell with another added series resistance, Ω. */
  public CellVariation withSeriesResistance(double ohm) {
    return new CellVariation(
        capacityFactor,
        ohm,
        anodeDiffusivityFactor,
        cathodeDiffusivityFactor,
        anodeExchangeFactor,
        cathodeExchangeFactor,
        electrolyteConductivityFactor,
        electrolyteDiffusivityFactor,
        lossOfLithiumInventory,
        lossOfAnodeMaterial,
        lossOfCathodeMaterial,
        heatTransferFactor);
  }

  /** The same cell with another capacity. */
  public CellVariation withCapacityFactor(double factor) {
    return new CellVariation(
        factor,
        seriesResistanceOhm,
        anodeDiffusivityFactor,
        cathodeDiffusivityFactor,
        anodeExchangeFactor,
        cathodeExchangeFactor,
        electrolyteConductivityFactor,
        electrolyteDiffusivityFactor,
        lossOfLithiumInventory,
        lossOfAnodeMaterial,
        lossOfCathodeMaterial,
        heatTransferFactor);
  }
}
