package dev.anodyne.estimators.network;

/**
 * Splits the spread of the cell voltages into a part that follows the current (resistance, rates)
 * and a part that does not (state of charge): recursive least squares with forgetting.
 */
final class SpreadByCurrent {
  private static final double MEMORY_SECONDS = 900.0;

  /** Prior: as if the slope had been seen as 0 for a short while, so that it starts calm. */
  private static final double PRIOR_WEIGHT = 20.0;

  private double weight;
  private double sumRate;
  private double sumSpread;
  private double sumRateRate;
  private double sumRateSpread;

  void reset() {
    weight = 0.0;
    sumRate = 0.0;
    sumSpread = 0.0;
    sumRateRate = 0.0;
    sumRateSpread = 0.0;
  }

  void update(double spreadVolts, double rate, double seconds) {
    double step = Math.max(seconds, 1.0);
    double keep = Math.exp(-step / MEMORY_SECONDS);
    weight = weight * keep + step;
    sumRate = sumRate * keep + step * rate;
    sumSpread = sumSpread * keep + step * spreadVolts;
    sumRateRate = sumRateRate * keep + step * rate * rate;
    sumRateSpread = sumRateSpread * keep + step * rate * spreadVolts;
  }

  /** Volts of spread a unit of C-rate. */
  double slope() {
    double meanRate = sumRate / weight;
    double variance = sumRateRate / weight - meanRate * meanRate;
    double covariance = sumRateSpread / weight - meanRate * sumSpread / weight;
    return covariance / (variance + PRIOR_WEIGHT / (weight + PRIOR_WEIGHT) * 0.05 + 1e-3);
  }

  /** Volts of spread at no current. */
  double intercept() {
    return sumSpread / weight - slope() * sumRate / weight;
  }
}
