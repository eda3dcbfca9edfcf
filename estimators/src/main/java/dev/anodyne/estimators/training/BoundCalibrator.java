package dev.anodyne.estimators.training;

import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.Conformal;
import dev.anodyne.estimators.bounds.GroupBounds;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.QuantityBounds;
import dev.anodyne.estimators.bounds.TrainedRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Normalised split conformal calibration by group (Papadopoulos et al. 2002, Vovk 2003).
 *
 * <p>The score of an instant is (estimate − truth)/(σ + s g): how many of its own deviations the
 * estimate was too optimistic by; that of a session is its largest score where the true anode
 * potential is within 30 mV of 0 V. Half of the sessions choose the shape (the mean error and s),
 * the other half, which the shape has not seen, give the factor κ. It is the largest of
 *
 * <ul>
 *   <li>the quantile over the group's sessions that 99 % of sessions from beginning to end need,
 *   <li>of every population (fresh, aged, cold, biased, …) by itself the quantile that 95 % of its
 *       sessions from beginning to end, and that 99 % of its instants, need: an easy population may
 *       not pay for a hard one, which the estimator cannot tell apart.
 * </ul>
 *
 * <p>Two-sided intervals: 95 % of the instants of every population.
 */
final class BoundCalibrator {
  /** Share of a population's sessions whose bound must hold from beginning to end. */
  static final double POPULATION_COVERAGE = 0.95;

  /** Share of a population's instants. */
  static final double INSTANT_COVERAGE = 0.99;

  private static final double[] ANODE_SHAPES = {
    0, 0.1e-3, 0.25e-3, 0.5e-3, 0.75e-3, 1e-3, 1.5e-3, 2e-3, 3e-3, 4e-3, 6e-3
  };
  private static final double[] OTHER_SHAPES = {0, 0.25, 0.5, 1, 2};
  private static final double LEAST_SIGMA = 1e-9;
  private static final double LEAST_DISTANCE = 0.25;
  private static final double LEAST_WIDENING = 0.5;

  private final List<ScoredSession> shaping;
  private final List<ScoredSession> calibration;

  /**
   * A calibrator.
   *
   * @param sessions within the range; every second of a group and population shapes
   */
  BoundCalibrator(List<ScoredSession> sessions) {
    shaping = new ArrayList<>();
    calibration = new ArrayList<>();
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (ScoredSession s : sessions) {
      int turn = seen.merge(s.group + s.population, 1, Integer::sum);
      (turn % 2 == 1 ? shaping : calibration).add(s);
    }
  }

  /**
   * The table.
   *
   * @param range of the signals in these sessions
   * @param beyond sessions outside the range, which tell how fast a bound must widen
   */
  BoundTable table(TrainedRange range, List<ScoredSession> beyond) {
    beyond.forEach(s -> s.locate(range));
    Map<BatteryGroup, GroupBounds> groups = new EnumMap<>(BatteryGroup.class);
    for (BatteryGroup g : BatteryGroup.values()) {
      groups.put(g, group(g));
    }
    BoundTable inside = table(groups, range, 0.0);
    return table(groups, range, Math.max(LEAST_WIDENING, widening(inside, beyond)));
  }

  private static BoundTable table(
      Map<BatteryGroup, GroupBounds> groups, TrainedRange range, double widening) {
    return new BoundTable(
        BoundTable.COVERAGE, EstimateIntervals.COVERAGE, groups, range, widening, true);
  }

  private GroupBounds group(BatteryGroup g) {
    List<ScoredSession> own = near(of(calibration, g));
    boolean pooled =
        !Conformal.isEnough(own.size(), BoundTable.COVERAGE) || near(of(shaping, g)).isEmpty();
    List<ScoredSession> shape = pooled ? alike(shaping, g) : of(shaping, g);
    List<ScoredSession> judge = pooled ? alike(calibration, g) : of(calibration, g);
    double offset = g.series() ? offset(near(shape)) : 0.0;
    double unseen = anodeShape(near(shape), offset);
    double lower = lowerKappa(near(judge), offset, unseen);
    Map<Quantity, QuantityBounds> quantities = new EnumMap<>(Quantity.class);
    for (Quantity q : Quantity.values()) {
      quantities.put(
          q,
          q == Quantity.ANODE_POTENTIAL
              ? new QuantityBounds(unseen, intervalKappa(judge, q, offset, unseen))
              : interval(shape, judge, q));
    }
    return new GroupBounds(offset, lower, quantities, own.size(), pooled);
  }

  private static List<ScoredSession> of(List<ScoredSession> sessions, BatteryGroup g) {
    return sessions.stream().filter(s -> s.group == g).toList();
  }

  /** New and identified batteries with as many cells; all batteries where even those lack. */
  private static List<ScoredSession> alike(List<ScoredSession> sessions, BatteryGroup g) {
    List<ScoredSession> alike =
        sessions.stream().filter(s -> s.group.series() == g.series()).toList();
    return near(alike).isEmpty() ? sessions : alike;
  }

  private static List<ScoredSession> near(List<ScoredSession> sessions) {
    return sessions.stream().filter(ScoredSession::isEverNear).toList();
  }

  /**
   * Least-squares factor of the error on the growth of errors: the part of it that every nominal
   * pack has. Others must not move the estimate of those.
   */
  private static double offset(List<ScoredSession> sessions) {
    double top = 0.0;
    double bottom = 1e-12;
    for (ScoredSession s : sessions) {
      for (int r = 0; s.nominal && r < s.rows(); r++) {
        if (s.isNear(r)) {
          top += s.growth(r) * s.error(r, Quantity.ANODE_POTENTIAL);
          bottom += s.growth(r) * s.growth(r);
        }
      }
    }
    return top / bottom;
  }

  /** The s that leaves the narrowest bounds, each population counting alike. */
  private static double anodeShape(List<ScoredSession> sessions, double offset) {
    double best = ANODE_SHAPES[0];
    double narrowest = Double.POSITIVE_INFINITY;
    for (double unseen : ANODE_SHAPES) {
      double kappa = lowerKappa(sessions, offset, unseen);
      double width = 0.0;
      for (List<ScoredSession> p : populations(sessions).values()) {
        width += kappa * median(p, (s, r) -> s.isNear(r) ? sigma(s, r, unseen) : Double.NaN);
      }
      if (width < narrowest) {
        narrowest = width;
        best = unseen;
      }
    }
    return best;
  }

  private static double lowerKappa(List<ScoredSession> sessions, double offset, double unseen) {
    ToDoubleFunction<ScoredSession> worst = s -> worst(s, offset, unseen);
    double kappa =
        Conformal.quantile(sessions.stream().mapToDouble(worst).toArray(), BoundTable.COVERAGE);
    for (List<ScoredSession> p : populations(sessions).values()) {
      double ever =
          Conformal.quantile(p.stream().mapToDouble(worst).toArray(), POPULATION_COVERAGE);
      double instants =
          quantile(
              p,
              INSTANT_COVERAGE,
              (s, r) -> s.isNear(r) ? score(s, r, offset, unseen) : Double.NaN);
      kappa = Math.max(kappa, Math.max(ever, instants));
    }
    return Math.max(kappa, 0.0);
  }

  private static double sigma(ScoredSession s, int row, double unseen) {
    double own = s.sigma(row, Quantity.ANODE_POTENTIAL);
    return Math.max(own + unseen * s.growth(row), LEAST_SIGMA);
  }

  private static double score(ScoredSession s, int row, double offset, double unseen) {
    double error = s.error(row, Quantity.ANODE_POTENTIAL) - offset * s.growth(row);
    return error / sigma(s, row, unseen);
  }

  private static double worst(ScoredSession s, double offset, double unseen) {
    double worst = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < s.rows(); r++) {
      if (s.isNear(r)) {
        worst = Math.max(worst, score(s, r, offset, unseen));
      }
    }
    return worst;
  }

  private static double intervalKappa(
      List<ScoredSession> sessions, Quantity q, double offset, double unseen) {
    boolean anode = q == Quantity.ANODE_POTENTIAL;
    double kappa = 0.0;
    for (List<ScoredSession> p : populations(sessions).values()) {
      double needed =
          quantile(
              p,
              EstimateIntervals.COVERAGE,
              (s, r) -> {
                double growth = anode ? s.growth(r) : 1.0;
                double error = s.error(r, q) - (anode ? offset * growth : 0.0);
                return Math.abs(error) / Math.max(s.sigma(r, q) + unseen * growth, LEAST_SIGMA);
              });
      kappa = Math.max(kappa, Double.isNaN(needed) ? 0.0 : needed);
    }
    return kappa;
  }

  /** The shape with the narrowest intervals, each population counting alike, and its factor. */
  private static QuantityBounds interval(
      List<ScoredSession> shape, List<ScoredSession> judge, Quantity q) {
    double typical = median(shape, (s, r) -> Math.abs(s.error(r, q)));
    double best = 0.0;
    double narrowest = Double.POSITIVE_INFINITY;
    for (double share : OTHER_SHAPES) {
      double unseen = share * (Double.isNaN(typical) ? 0.0 : typical);
      double width = 0.0;
      for (List<ScoredSession> p : populations(shape).values()) {
        width += median(p, (s, r) -> s.sigma(r, q) + unseen);
      }
      width *= intervalKappa(shape, q, 0.0, unseen);
      if (width < narrowest) {
        narrowest = width;
        best = unseen;
      }
    }
    return new QuantityBounds(best, intervalKappa(judge, q, 0.0, best));
  }

  /** How much wider bounds must be, a unit of distance, to hold in sessions beyond the range. */
  private static double widening(BoundTable inside, List<ScoredSession> beyond) {
    double[] needed =
        near(beyond).stream()
            .mapToDouble(s -> widening(inside, s))
            .filter(w -> w > Double.NEGATIVE_INFINITY)
            .toArray();
    return needed.length == 0 ? 1.0 : Conformal.quantile(needed, BoundTable.COVERAGE);
  }

  private static double widening(BoundTable inside, ScoredSession s) {
    GroupBounds g = inside.of(s.group);
    double unseen = g.of(Quantity.ANODE_POTENTIAL).unseenSigma();
    double most = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < s.rows(); r++) {
      if (s.isNear(r) && s.distance(r) > 0.0) {
        double over = score(s, r, g.offsetVolts(), unseen) / Math.max(g.lowerKappa(), 0.1) - 1.0;
        most = Math.max(most, over / Math.max(s.distance(r), LEAST_DISTANCE));
      }
    }
    return most;
  }

  static Map<String, List<ScoredSession>> populations(List<ScoredSession> sessions) {
    Map<String, List<ScoredSession>> map = new LinkedHashMap<>();
    for (ScoredSession s : sessions) {
      map.computeIfAbsent(s.population, p -> new ArrayList<>()).add(s);
    }
    return map;
  }

  /** A number of an instant; NaN when the instant does not count. */
  @FunctionalInterface
  interface Instant {
    double of(ScoredSession session, int row);
  }

  static double median(List<ScoredSession> sessions, Instant value) {
    return quantile(sessions, 0.5, value);
  }

  /** Quantile over the instants that count; NaN when none does. */
  static double quantile(List<ScoredSession> sessions, double share, Instant value) {
    double[] all =
        sessions.stream()
            .flatMapToDouble(
                s -> java.util.stream.IntStream.range(0, s.rows()).mapToDouble(r -> value.of(s, r)))
            .filter(v -> !Double.isNaN(v))
            .toArray();
    if (all.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(all);
    return all[(int) Math.min(Math.ceil(share * all.length), all.length - 1)];
  }
}
