package dev.anodyne.core.cell;

/**
 * Growth of the solid-electrolyte interphase.
 *
 * @param law what limits the growth
 * @param activation of the growth, whatever limits it, J/mol
 * @param resistivityOhmM Ω·m
 * @param molarVolumeM3 m³/mol
 * @param lithiumPerSei moles of lithium bound by a mole of SEI
 * @param initialThicknessM m
 */
public record SeiData(
    SeiLaw law,
    double activation,
    double resistivityOhmM,
    double molarVolumeM3,
    double lithiumPerSei,
    double initialThicknessM) {

  /** z F/V̄: charge bound per surface and thickness, C/m³. */
  public double chargePerThickness() {
    return lithiumPerSei * Constants.FARADAY / molarVolumeM3;
  }

  /** One over the speed of growth, s/m, that the reaction alone allows at its own potential. */
  public double reactionInverse() {
    return chargePerThickness() / law.reactionAmpsPerM2();
  }

  /** One over speed of growth times thickness, s/m², that diffusion alone allows. */
  public double diffusionInverse() {
    return lithiumPerSei / (molarVolumeM3 * law.diffusionMolPerMSecond());
  }
}
