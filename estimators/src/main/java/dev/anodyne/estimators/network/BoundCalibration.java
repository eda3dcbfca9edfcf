package dev.anodyne.estimators.network;

/**
 * Conformal correction of the lower bound: the bound is the lower of estimate and quantile head
 * minus this, times the growth of errors with current and cold ({@link
 * dev.anodyne.estimators.twin.BackOff#growth}). Found on sessions that training never saw, as the
 * finite-sample quantile of each session's largest optimistic error where the true anode potential
 * is within 30 mV of 0 V, so it holds for a whole session and not only sample by sample (split
 * conformal prediction: Vovk et al. 2005; conformalised quantile regression: Romano, Patterson,
 * Candès 2019).
 *
 * @param singleVolts for one cell at 1C and 25 °C, V
 * @param seriesVolts for cells in series at 1C and 25 °C, V
 * @param coverage share of sessions that the bound was made to hold for, 0–1
 */
public record BoundCalibration(double singleVolts, double seriesVolts, double coverage) {
  public BoundCalibration {
    if (!Double.isFinite(singleVolts)
        || !Double.isFinite(seriesVolts)
        || !(coverage > 0.5 && coverage < 1.0)) {
      throw new IllegalArgumentException(
          "A calibration of "
              + singleVolts
              + " V and "
              + seriesVolts
              + " V for a coverage of "
              + coverage
              + " is not usable: both must be finite, the coverage above 0.5 and below 1.");
    }
  }

  /** The correction for a pack of {@code series} cells in series, V. */
  public double volts(int series) {
    return series > 1 ? seriesVolts : singleVolts;
  }
}
