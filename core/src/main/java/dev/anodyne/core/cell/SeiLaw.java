package dev.anodyne.core.cell;

/**
 * Rate of SEI growth: charge transfer and transport through the film in series. Either may be
 * infinitely fast, which leaves the other to limit the growth.
 *
 * @param reactionAmpsPerM2 j₀: reduction current at the SEI's open-circuit potential on a bare
 *     surface, A/m²
 * @param openCircuitVolts U, against lithium, V
 * @param transferCoefficient α in exp(−α F (v − U)/RT)
 * @param diffusionMolPerMSecond D c: flux of the diffusing species times the film's thickness,
 *     mol/(m s)
 */
public record SeiLaw(
    double reactionAmpsPerM2,
    double openCircuitVolts,
    double transferCoefficient,
    double diffusionMolPerMSecond) {

  /** Limited by the diffusion of solvent, j = −F D c/L (O'Kane 2022; Marquis 2020, eq. 5.91). */
  public static SeiLaw solventDiffusion(double diffusivityM2PerSecond, double molPerM3) {
    return new SeiLaw(Double.POSITIVE_INFINITY, 0, 0, diffusivityM2PerSecond * molPerM3);
  }

  /** Limited by the reaction, j = −j₀ exp(−α F (v − U)/RT) (Marquis 2020, eq. 5.92). */
  public static SeiLaw reaction(double ampsPerM2, double openCircuitVolts, double transfer) {
    return new SeiLaw(ampsPerM2, openCircuitVolts, transfer, Double.POSITIVE_INFINITY);
  }

  /**
   * EC reaction, j = −F c k/(1 + L k/D) with k = k₀ exp(−α F (v − U)/RT) (Yang et al., J. Power
   * Sources 360 (2017) 28).
   */
  public static SeiLaw ecReaction(
      double rateMPerSecond,
      double openCircuitVolts,
      double transfer,
      double molPerM3,
      double diffusivityM2PerSecond) {
    return new SeiLaw(
        Constants.FARADAY * molPerM3 * rateMPerSecond,
        openCircuitVolts,
        transfer,
        diffusivityM2PerSecond * molPerM3);
  }
}
