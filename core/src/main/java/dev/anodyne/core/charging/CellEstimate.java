package dev.anodyne.core.charging;

import dev.anodyne.core.p2d.P2dState;

/**
 * Belief about the battery's weakest cell. Never the truth: truth types live in plant-sim.
 *
 * @param timeNanos time of the measurement it rests on, ns
 * @param valid false when no number here may be used (no measurement yet, not finite, diverged)
 * @param inRange false when the inputs left the estimator's training range; the bound is wider then
 * @param chargeCurrentAmps measured current of the cell, A
 * @param voltageVolts measured voltage of the highest cell, V
 * @param temperatureKelvin measured temperature of the hottest cell, K
 * @param soc state of charge, 0–1
 * @param anodePotentialVolts anode potential, V against Li/Li⁺
 * @param anodePotentialLowerBoundVolts calibrated lower bound of the anode potential, V
 * @param anodeSurfaceStoichiometry electrode mean of the anode's surface stoichiometry
 * @param anodeSurfaceStoichiometryAtSeparator anode surface stoichiometry next to the separator
 * @param cathodeSurfaceStoichiometry electrode mean of the cathode's surface stoichiometry
 * @param coreTemperatureKelvin core temperature, K
 * @param voltageBiasVolts filtered difference measured minus twin voltage, V (offset-free control)
 * @param twinState the digital twin's full state. Owned by the estimator and changed by its next
 *     update: copy it to keep it
 * @param anodeStoichiometry volume mean of the anode's stoichiometry; NaN when nothing is said
 * @param cathodeStoichiometry volume mean of the cathode's stoichiometry; NaN when nothing is said
 * @param intervals how sure the estimator is of its values; {@link EstimateIntervals#UNKNOWN} of
 *     estimates that are not valid
 */
public record CellEstimate(
    long timeNanos,
    boolean valid,
    boolean inRange,
    double chargeCurrentAmps,
    double voltageVolts,
    double temperatureKelvin,
    double soc,
    double anodePotentialVolts,
    double anodePotentialLowerBoundVolts,
    double anodeSurfaceStoichiometry,
    double anodeSurfaceStoichiometryAtSeparator,
    double cathodeSurfaceStoichiometry,
    double coreTemperatureKelvin,
    double voltageBiasVolts,
    P2dState twinState,
    double anodeStoichiometry,
    double cathodeStoichiometry,
    EstimateIntervals intervals) {

  /** An estimate that says nothing about mean stoichiometries nor how sure it is. */
  public CellEstimate(
      long timeNanos,
      boolean valid,
      boolean inRange,
      double chargeCurrentAmps,
      double voltageVolts,
      double temperatureKelvin,
      double soc,
      double anodePotentialVolts,
      double anodePotentialLowerBoundVolts,
      double anodeSurfaceStoichiometry,
      double anodeSurfaceStoichiometryAtSeparator,
      double cathodeSurfaceStoichiometry,
      double coreTemperatureKelvin,
      double voltageBiasVolts,
      P2dState twinState) {
    this(
        timeNanos,
        valid,
        inRange,
        chargeCurrentAmps,
        voltageVolts,
        temperatureKelvin,
        soc,
        anodePotentialVolts,
        anodePotentialLowerBoundVolts,
        anodeSurfaceStoichiometry,
        anodeSurfaceStoichiometryAtSeparator,
        cathodeSurfaceStoichiometry,
        coreTemperatureKelvin,
        voltageBiasVolts,
        twinState,
        Double.NaN,
        Double.NaN,
        EstimateIntervals.UNKNOWN);
  }

  /**
   * This estimate while newer samples cannot be used: out of range, with a lower bound, and nothing
   * said about how sure it is.
   *
   * @param marginVolts how much lower the bound becomes, V, ≥ 0
   */
  public CellEstimate kept(double marginVolts) {
    return new CellEstimate(
        timeNanos,
        valid,
        false,
        chargeCurrentAmps,
        voltageVolts,
        temperatureKelvin,
        soc,
        anodePotentialVolts,
        anodePotentialLowerBoundVolts - marginVolts,
        anodeSurfaceStoichiometry,
        anodeSurfaceStoichiometryAtSeparator,
        cathodeSurfaceStoichiometry,
        coreTemperatureKelvin,
        voltageBiasVolts,
        twinState,
        anodeStoichiometry,
        cathodeStoichiometry,
        EstimateIntervals.UNKNOWN);
  }
}
