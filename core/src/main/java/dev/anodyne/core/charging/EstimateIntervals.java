package dev.anodyne.core.charging;

/**
 * Two-sided intervals of what an estimator says about the battery's weakest cell. They inform; the
 * number that planners must respect is {@link CellEstimate#anodePotentialLowerBoundVolts()}, which
 * is one-sided and calibrated apart.
 *
 * @param coverage share of instants at which the truth is to lie within, each quantity by itself
 * @param anodePotentialVolts anode potential, V against Li/Li⁺
 * @param anodeSurfaceStoichiometry electrode mean of the anode's surface stoichiometry
 * @param cathodeSurfaceStoichiometry electrode mean of the cathode's surface stoichiometry
 * @param anodeStoichiometry volume mean of the anode's stoichiometry
 * @param cathodeStoichiometry volume mean of the cathode's stoichiometry
 * @param soc state of charge, 0–1
 * @param coreTemperatureKelvin core temperature, K
 */
public record EstimateIntervals(
    double coverage,
    Interval anodePotentialVolts,
    Interval anodeSurfaceStoichiometry,
    Interval cathodeSurfaceStoichiometry,
    Interval anodeStoichiometry,
    Interval cathodeStoichiometry,
    Interval soc,
    Interval coreTemperatureKelvin) {

  /** The coverage that estimators calibrate for. */
  public static final double COVERAGE = 0.95;

  private static final Interval ANY_SHARE = new Interval(0.0, 1.0);

  /**
   * Nothing is known: every value that a lithium-ion cell can have at all. The ends are finite, so
   * that they can be written and drawn like any other.
   */
  public static final EstimateIntervals UNKNOWN =
      new EstimateIntervals(
          1.0,
          new Interval(-5.0, 5.0),
          ANY_SHARE,
          ANY_SHARE,
          ANY_SHARE,
          ANY_SHARE,
          ANY_SHARE,
          new Interval(200.0, 400.0));

  public EstimateIntervals {
    if (!(coverage > 0.0 && coverage <= 1.0)) {
      throw new IllegalArgumentException(
          "Coverage "
              + coverage
              + " of intervals is not possible: allowed is above 0 to 1."
              + (coverage > 1.0 && coverage <= 100.0 ? "\nMaybe it was given in percent." : ""));
    }
  }
}
