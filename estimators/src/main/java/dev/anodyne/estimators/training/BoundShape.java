package dev.anodyne.estimators.training;

import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.QuantityBounds;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the width of a bound goes with, before the factor that gives it its coverage: (σ + s g)(1 +
 * a u). Found by trying; the narrowest is taken.
 *
 * @param quantity of which
 * @param offset mean error at a growth of 1 that is taken off
 * @param unseen s, in the quantity's unit
 * @param perDoubt a
 */
record BoundShape(Quantity quantity, double offset, double unseen, double perDoubt) {
  private static final double[] ANODE_UNSEEN = {
    0, 0.1e-3, 0.25e-3, 0.5e-3, 0.75e-3, 1e-3, 1.5e-3, 2e-3, 3e-3, 4e-3, 6e-3
  };

  /** Shares of the typical error. */
  private static final double[] OTHER_UNSEEN = {0, 0.25, 0.5, 1, 2};

  private static final double[] PER_DOUBT = {0, 0.25, 0.5, 1, 2, 4, 8};

  /** The reference charge counts as often. */
  private static final double REFERENCE_WEIGHT = 3.0;

  private static final double LEAST_WIDTH = 1e-12;
  private static final double LEAST_SIGMA = 1e-9;

  /** How the anode potential's error grows is known ({@link ScoredSession#growth}). */
  private double growth(ScoredSession s, int row) {
    return quantity == Quantity.ANODE_POTENTIAL ? s.growth(row) : 1.0;
  }

  double sigma(ScoredSession s, int row) {
    double sigma =
        new QuantityBounds(unseen, 1.0, perDoubt)
            .sigma(s.sigma(row, quantity), growth(s, row), s.doubt(row));
    return Math.max(sigma, LEAST_SIGMA);
  }

  /** By how many of its own deviations an estimate is too high. */
  double score(ScoredSession s, int row) {
    return (s.error(row, quantity) - offset * growth(s, row)) / sigma(s, row);
  }

  /** The largest score of a session where it is near 0 V. */
  double worst(ScoredSession s) {
    double worst = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < s.rows(); r++) {
      if (s.isNear(r)) {
        worst = Math.max(worst, score(s, r));
      }
    }
    return worst;
  }

  /** The bounds with a factor. */
  QuantityBounds bounds(double kappa) {
    return new QuantityBounds(unseen, kappa, perDoubt);
  }

  /**
   * The shape whose bounds are narrowest: least product over the populations of the width that
   * holds half of the time, the reference charge counting three times. Of a sum the widest would
   * decide alone, and new batteries would pay for what nobody can know of old ones.
   *
   * @param kappa the factor that a shape needs
   */
  static BoundShape narrowest(
      List<ScoredSession> sessions,
      Quantity quantity,
      double offset,
      ToDoubleFunction<BoundShape> kappa) {
    List<BoundShape> all = candidates(sessions, quantity, offset);
    double[] widths =
        IntStream.range(0, all.size())
            .parallel()
            .mapToDouble(i -> all.get(i).width(sessions, kappa.applyAsDouble(all.get(i))))
            .toArray();
    return IntStream.range(0, all.size())
        .boxed()
        .min(Comparator.comparingDouble(i -> widths[i]))
        .map(all::get)
        .orElseThrow();
  }

  private double width(List<ScoredSession> sessions, double kappa) {
    double sum = 0.0;
    for (Map.Entry<String, List<ScoredSession>> p :
        BoundCalibrator.populations(sessions).entrySet()) {
      double half = kappa * Instants.median(p.getValue(), this::sigma);
      double weight = p.getKey().equals(Population.REFERENCE.name()) ? REFERENCE_WEIGHT : 1.0;
      sum += weight * Math.log(Math.max(half, LEAST_WIDTH));
    }
    return sum;
  }

  private static List<BoundShape> candidates(
      List<ScoredSession> sessions, Quantity quantity, double offset) {
    boolean anode = quantity == Quantity.ANODE_POTENTIAL;
    double typical =
        anode ? 1.0 : Instants.median(sessions, (s, r) -> Math.abs(s.error(r, quantity)));
    double unit = Double.isNaN(typical) ? 0.0 : typical;
    double[] doubts = isEverInDoubt(sessions) ? PER_DOUBT : new double[] {0.0};
    return java.util.Arrays.stream(anode ? ANODE_UNSEEN : OTHER_UNSEEN)
        .boxed()
        .flatMap(
            unseen ->
                java.util.Arrays.stream(doubts)
                    .mapToObj(a -> new BoundShape(quantity, offset, unseen * unit, a)))
        .toList();
  }

  /** An estimator without a doubt of its own gets bounds without a share for it. */
  private static boolean isEverInDoubt(List<ScoredSession> sessions) {
    return sessions.stream()
        .anyMatch(s -> IntStream.range(0, s.rows()).anyMatch(r -> s.doubt(r) != 0.0));
  }
}
