package dev.anodyne.estimators.bounds;

/**
 * How to make an interval of a quantity from its standard deviation σ: value ± κ (σ + s), of the
 * anode potential with s times its growth ({@link Growth}).
 *
 * @param unseenSigma s: deviation that σ knows nothing of (other cells of the pack, coarser mesh,
 *     side reactions), in the quantity's unit; a negative one takes back part of a σ that is too
 *     cautious
 * @param kappa κ: factor that gives the interval its coverage
 */
public record QuantityBounds(double unseenSigma, double kappa) {
  public QuantityBounds {
    if (!Double.isFinite(unseenSigma) || !(kappa >= 0.0) || !Double.isFinite(kappa)) {
      throw new IllegalArgumentException(
          "Bounds with a deviation of "
              + unseenSigma
              + " and a factor of "
              + kappa
              + " are not usable: both must be finite, the factor not negative.");
    }
  }

  /** σ + s, in the quantity's unit. */
  double sigma(double ownSigma, double growth) {
    return Math.max(ownSigma + unseenSigma * growth, 0.0);
  }
}
