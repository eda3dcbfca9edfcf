package dev.anodyne.core.protocol;

/**
 * One pass over the load in figures. Charge and energy are integrals over the sub-steps by the
 * integration's own weights.
 *
 * @param cycle its number, from 1
 * @param startSeconds when it began, s
 * @param endSeconds when it ended, s
 * @param chargedAmpHours charge that went in, A·h
 * @param dischargedAmpHours charge that came out, A·h
 * @param chargedWattHours energy that went in at the terminals, W·h
 * @param dischargedWattHours energy that came out at the terminals, W·h
 * @param minAnodePotentialVolts lowest anode potential, V; lithium can plate below 0
 * @param maxTemperatureKelvin highest temperature, K
 * @param lossToSeiAmpHours lithium bound in the SEI since the start of the run, A·h
 * @param lossToPlatingAmpHours lithium plated, dead or not, since the start of the run, A·h
 * @param capacityAmpHours capacity left at its end between the cut-off voltages at rest, A·h
 * @param measuredCapacityAmpHours capacity at its end as a C/20 charge and discharge of a copy
 *     measures it, A·h; NaN when it was not measured after this cycle
 */
public record CycleSummary(
    int cycle,
    double startSeconds,
    double endSeconds,
    double chargedAmpHours,
    double dischargedAmpHours,
    double chargedWattHours,
    double dischargedWattHours,
    double minAnodePotentialVolts,
    double maxTemperatureKelvin,
    double lossToSeiAmpHours,
    double lossToPlatingAmpHours,
    double capacityAmpHours,
    double measuredCapacityAmpHours) {

  /** Charge out over charge in; NaN when nothing went in. */
  public double coulombicEfficiency() {
    return chargedAmpHours > 0 ? dischargedAmpHours / chargedAmpHours : Double.NaN;
  }

  /** Energy out over energy in; NaN when nothing went in. */
  public double energyEfficiency() {
    return chargedWattHours > 0 ? dischargedWattHours / chargedWattHours : Double.NaN;
  }
}
