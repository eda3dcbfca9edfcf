package dev.anodyne.estimators.evaluation;

/**
 * How far estimates violate what holds in every lithium-ion cell, whatever its parameters. The
 * truth scores near zero in each figure, for every battery, fresh or aged.
 *
 * @param sessions sessions that the figures are means of
 * @param lithiumDriftPercent lithium that appears or vanishes: root mean square departure of both
 *     electrodes' mean stoichiometry from a straight line over the charge that passed, in percent
 *     of the cell's capacity
 * @param voltageMillivolts root mean square of what is missing between the measured voltage and the
 *     voltage that the estimate's own surface stoichiometries stand for, mV
 * @param anodePotentialMillivolts the same between the estimate's anode potential and its anode's
 *     surface at the separator, mV
 * @param signPercent share of samples under charge with a surface on the wrong side of the mean or
 *     an overpotential against the current, %
 * @param monotonicityPercent share of current steps after which the anode potential moved with the
 *     current instead of against it, %
 */
public record IdentityViolations(
    int sessions,
    double lithiumDriftPercent,
    double voltageMillivolts,
    double anodePotentialMillivolts,
    double signPercent,
    double monotonicityPercent) {

  /** Nothing was judged. */
  public static final IdentityViolations NONE = new IdentityViolations(0, 0, 0, 0, 0, 0);
}
