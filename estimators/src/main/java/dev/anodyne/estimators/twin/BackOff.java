package dev.anodyne.estimators.twin;

import dev.anodyne.core.charging.PackLayout;

/**
 * How far the twin's own anode potential is from the weakest cell's, and how far below it the truth
 * may lie: two numbers each for a single cell and for cells in series, found on simulated packs
 * that differ from the model.
 *
 * <p>Errors of rates and resistances grow with current and, by Arrhenius, towards the cold, so both
 * numbers are scaled with g = ½ (1 + |I|/I₁C) · exp(0.04 (298.15 − T)), which is 1 at 1C and 25 °C.
 *
 * @param offsetSingleVolts mean of twin minus truth at g = 1, a single cell, V
 * @param offsetSeriesVolts the same for the lowest of several cells in series, V
 * @param marginSingleVolts estimate minus bound at g = 1, a single cell, V
 * @param marginSeriesVolts the same for cells in series, V
 * @param minKelvin coldest temperature that the numbers were found at, K
 * @param maxKelvin hottest, K
 * @param maxCRate highest charge rate, multiples of the nominal capacity an hour
 * @param calibrated false for the cautious defaults of a cell nobody has calibrated
 */
public record BackOff(
    double offsetSingleVolts,
    double offsetSeriesVolts,
    double marginSingleVolts,
    double marginSeriesVolts,
    double minKelvin,
    double maxKelvin,
    double maxCRate,
    boolean calibrated) {

  /** For cells without calibration: wide enough for ±5 % in rates and 1 % in capacity. */
  public static final BackOff UNCALIBRATED =
      new BackOff(0.002, 0.004, 0.012, 0.014, 263.15, 323.15, 3.5, false);

  /**
   * Volts of anode potential that one unit of state of charge may cost: covers the twin's own
   * uncertainty of the state of charge while it is still being found.
   */
  private static final double VOLTS_PER_SOC = 0.35;

  /** Settled uncertainty that the calibrated margin already contains. */
  private static final double SETTLED_SOC_SIGMA = 0.004;

  /** 99 % of a normal distribution lie above −2.33 σ. */
  private static final double NORMAL_99 = 2.33;

  private static final double OUT_OF_RANGE_FACTOR = 2.0;
  private static final double OUT_OF_RANGE_VOLTS = 0.005;

  /** The same for a battery that is known: no mean error of a single cell is left to take off. */
  public BackOff withoutSingleOffset() {
    return new BackOff(
        0,
        offsetSeriesVolts,
        marginSingleVolts,
        marginSeriesVolts,
        minKelvin,
        maxKelvin,
        maxCRate,
        calibrated);
  }

  /** The growth of errors with current and cold; 1 at 1C and 25 °C. */
  public static double growth(double cRate, double kelvin) {
    double cold = Math.exp(0.04 * (298.15 - kelvin));
    return 0.5 * (1.0 + Math.abs(cRate)) * Math.min(Math.max(cold, 0.5), 6.0);
  }

  /** The twin's anode potential with its known mean error taken off, V. */
  double estimate(TwinSignals s, PackLayout layout, double ampHours) {
    double growth = growth(s.cellAmps / ampHours, s.temperatureKelvin);
    if (!s.filtered.usable()) {
      double offset = layout.series() > 1 ? offsetSeriesVolts : offsetSingleVolts;
      return s.model.anodePotentialVolts - offset * growth;
    }
    // The filter leaves no mean error of its own cell; what is left is that another may be weaker.
    double offset =
        layout.series() > 1 ? Math.max(offsetSeriesVolts - offsetSingleVolts, 0.0) : 0.0;
    return s.filtered.value(FilteredState.Quantity.ANODE_POTENTIAL) - offset * growth;
  }

  /** The bound that belongs to an estimate, V. */
  double lowerBound(
      double estimateVolts, TwinSignals s, PackLayout layout, double ampHours, boolean inRange) {
    double margin = layout.series() > 1 ? marginSeriesVolts : marginSingleVolts;
    margin *= growth(s.cellAmps / ampHours, s.temperatureKelvin);
    if (!inRange) {
      margin = OUT_OF_RANGE_FACTOR * margin + OUT_OF_RANGE_VOLTS;
    }
    return estimateVolts - margin - findingVolts(s);
  }

  /** What must be added to any bound while the state of charge is still being found, V. */
  public static double findingVolts(TwinSignals s) {
    return NORMAL_99 * VOLTS_PER_SOC * Math.max(s.socSigma - SETTLED_SOC_SIGMA, 0.0);
  }

  /** True when temperature and current lie where the numbers were found. */
  boolean covers(TwinSignals s, double ampHours) {
    return s.temperatureKelvin >= minKelvin
        && s.temperatureKelvin <= maxKelvin
        && s.cellAmps <= maxCRate * ampHours;
  }
}
