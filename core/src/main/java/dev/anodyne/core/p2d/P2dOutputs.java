package dev.anodyne.core.p2d;

/** What a step leaves to be read. Mutable, filled by {@link P2dStepper}; allocation-free. */
public final class P2dOutputs {
  /** Cell current, A, positive when charging. */
  public double chargeCurrentAmps;

  /** Terminal voltage, V. */
  public double voltageVolts;

  /** φ_s − φ_e extrapolated to the anode/separator interface, V. */
  public double anodePotentialVolts;

  /** Cell temperature, K. */
  public double temperatureKelvin;

  /** State of charge from the electrode balance, 0–1. */
  public double soc;

  /** Electrode means of the surface stoichiometry. */
  public double anodeSurfaceStoichiometry;

  public double cathodeSurfaceStoichiometry;

  /** Anode surface stoichiometry at the separator. */
  public double anodeSurfaceStoichiometryAtSeparator;

  /** Volume means of the stoichiometry. */
  public double anodeStoichiometry;

  public double cathodeStoichiometry;

  /** Electrolyte concentration at the collectors, mol/m³. */
  public double electrolyteAtAnodeCollectorMolPerM3;

  public double electrolyteAtCathodeCollectorMolPerM3;

  /** Capacity lost to the side reactions since the start, A·h. */
  public double lossToSeiAmpHours;

  public double lossToPlatingAmpHours;

  /**
   * The part of {@link #lossToPlatingAmpHours} that is lost for good, A·h: metal without contact.
   * The other part is stripped again as the anode's potential rises.
   */
  public double deadLithiumAmpHours;
}
