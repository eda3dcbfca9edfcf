package dev.anodyne.estimators.bounds;

/**
 * How to make an interval of a quantity from its standard deviation σ: value ± κ (σ + s)(1 + a u),
 * of the anode potential with s times its growth ({@link Growth}).
 *
 * <p>The doubt u, 0–1, is the estimator's own: the probability that the battery is not what it
 * should be. Stated deviations of batteries that are as expected and of others need not be wrong by
 * the same factor; with a the one passes into the other steadily.
 *
 * @param unseenSigma s: deviation that σ knows nothing of (other cells of the pack, coarser mesh,
 *     side reactions), in the quantity's unit; a negative one takes back part of a σ that is too
 *     cautious
 * @param kappa κ: factor that gives the interval its coverage
 * @param perDoubt a: how much wider, as a share, where the estimator is sure that the battery is
 *     not what it should be; not negative
 */
public record QuantityBounds(double unseenSigma, double kappa, double perDoubt) {
  public QuantityBounds {
    if (!Double.isFinite(unseenSigma)
        || !(kappa >= 0.0 && Double.isFinite(kappa))
        || !(perDoubt >= 0.0 && Double.isFinite(perDoubt))) {
      throw new IllegalArgumentException(
          "Bounds with a deviation of "
              + unseenSigma
              + ", a factor of "
              + kappa
              + " and a share per doubt of "
              + perDoubt
              + " are not usable: all must be finite, the last two not negative.");
    }
  }

  /** Bounds that do not go with the doubt. */
  public QuantityBounds(double unseenSigma, double kappa) {
    this(unseenSigma, kappa, 0.0);
  }

  /**
   * (σ + s)(1 + a u), in the quantity's unit. Grows with σ, growth and doubt.
   *
   * @param doubt u; beyond 0–1 the nearer end counts, no number counts as 1
   */
  public double sigma(double ownSigma, double growth, double doubt) {
    double share = Double.isNaN(doubt) ? 1.0 : Math.min(Math.max(doubt, 0.0), 1.0);
    return Math.max(ownSigma + unseenSigma * growth, 0.0) * (1.0 + perDoubt * share);
  }
}
