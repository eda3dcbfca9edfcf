package dev.anodyne.controller.lab.compare;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * A value with its 95 % confidence interval; NaN where there are too few samples for one.
 *
 * @param value the estimate
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {
  /** Nothing is known. */
  static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

  private static final double LEVEL = 0.95;
  private static final double TAIL = (1 - LEVEL) / 2;

  /** The mean, by Student's t. */
  static Interval mean(double[] values) {
    int n = values.length;
    if (n == 0) {
      return NONE;
    }
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    if (n == 1) {
      return new Interval(mean, Double.NaN, Double.NaN);
    }
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double half =
        new TDistribution(n - 1).inverseCumulativeProbability(1 - TAIL)
            * Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean, mean - half, mean + half);
  }

  /**
   * The median, by order statistics: the interval between the k-th smallest and the k-th largest
   * value holds the median of any distribution with a probability that the binomial distribution
   * tells (David and Nagaraja, Order Statistics, 7.1). From six values on.
   */
  static Interval median(double[] values) {
    int n = values.length;
    if (n == 0) {
      return NONE;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double median = 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    BinomialDistribution below = new BinomialDistribution(n, 0.5);
    int k = 0;
    while (k < n / 2 && below.cumulativeProbability(k) <= TAIL) {
      k++;
    }
    return k == 0
        ? new Interval(median, Double.NaN, Double.NaN)
        : new Interval(median, sorted[k - 1], sorted[n - k]);
  }

  /**
   * A share, by Clopper and Pearson (1934): exact, hence never too narrow, also for 0 of n.
   *
   * @param hits of {@code trials}
   */
  static Interval share(int hits, int trials) {
    if (trials == 0) {
      return NONE;
    }
    double low =
        hits == 0
            ? 0
            : new BetaDistribution(hits, trials - hits + 1.0).inverseCumulativeProbability(TAIL);
    double high =
        hits == trials
            ? 1
            : new BetaDistribution(hits + 1.0, (double) trials - hits)
                .inverseCumulativeProbability(1 - TAIL);
    return new Interval((double) hits / trials, low, high);
  }

  boolean hasEnds() {
    return Double.isFinite(low) && Double.isFinite(high);
  }
}
