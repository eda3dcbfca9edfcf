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
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Normalised conformal calibration by group (Papadopoulos et al. 2002, Vovk 2003).
 *
 * <p>The score of an instant is (estimate − truth)/((σ + s g)(1 + a u)): how many of its own
 * deviations the estimate was too optimistic by; that of a session is its largest score where the
 * true anode potential is within 30 mV of 0 V, its lowest included. The factor κ is the largest of
 *
 * <ul>
 *   <li>the quantile over the group's sessions that 99.5 % of sessions from beginning to end need;
 *       of fewer than 199 sessions the largest score, which n/(n + 1) of new ones stay below,
 *   <li>of every population (fresh, aged, cold, biased, …) by itself the quantile that 95 % of its
 *       sessions from beginning to end need, and that its bound needs for 99 % of the time,
 *       wherever the anode potential is: an easy population may not pay for a hard one, which the
 *       estimator cannot tell apart.
 * </ul>
 *
 * <p>The shape, three numbers a group (the mean error, s and a of some tens that are tried), is
 * chosen on the same sessions: halves of them leave so few of each population that the choice
 * follows single batteries, and bounds come out half as wide again. That costs the guarantee less
 * than the scatter of its quantiles; what holds of batteries that nothing here has seen is for an
 * evaluation to say.
 *
 * <p>Two-sided intervals: 95 % of the time of every population.
 */
final class BoundCalibrator {
  /**
   * Share of a group's sessions whose bound must hold from beginning to end. More than is promised
   * ({@link BoundTable#COVERAGE}): a charge that rides on its bound goes as low as the bound lets
   * it, so that it meets every error of its whole length at its worst.
   */
  static final double SESSION_COVERAGE = 0.995;

  /**
   * A charge that is held back by its bound alone seeks out the bound's errors. Calibration rides
   * mostly on the truth; packs that ride on the bound need up to 6 % more.
   */
  private static final double RIDING = 1.1;

  /** Share of a population's sessions whose bound must hold from beginning to end. */
  static final double POPULATION_COVERAGE = 0.95;

  /** Share of a population's time. */
  static final double INSTANT_COVERAGE = 0.99;

  private static final double LEAST_DISTANCE = 0.25;
  private static final double LEAST_WIDENING = 0.5;

  private final List<ScoredSession> all;

  /**
   * A calibrator.
   *
   * @param sessions within the range
   */
  BoundCalibrator(List<ScoredSession> sessions) {
    all = List.copyOf(sessions);
  }

  /**
   * The table.
   *
   * @param range of the signals in these sessions
   * @param beyond sessions outside the range, which tell how fast a bound must widen
   */
  BoundTable table(TrainedRange range, List<ScoredSession> beyond) {
    Map<BatteryGroup, GroupBounds> groups = new EnumMap<>(BatteryGroup.class);
    for (BatteryGroup g : BatteryGroup.values()) {
      groups.put(g, group(g));
    }
    return widened(groups, range, beyond);
  }

  /** The groups' bounds, widened beyond the range as sessions there need. */
  static BoundTable widened(
      Map<BatteryGroup, GroupBounds> groups, TrainedRange range, List<ScoredSession> beyond) {
    beyond.forEach(s -> s.locate(range));
    BoundTable inside = table(groups, range, 0.0);
    return table(groups, range, Math.max(LEAST_WIDENING, widening(inside, beyond)));
  }

  private static BoundTable table(
      Map<BatteryGroup, GroupBounds> groups, TrainedRange range, double widening) {
    return new BoundTable(
        BoundTable.COVERAGE, EstimateIntervals.COVERAGE, groups, range, widening, true);
  }

  private GroupBounds group(BatteryGroup g) {
    List<ScoredSession> own = all.stream().filter(s -> s.group == g).toList();
    int near = near(own).size();
    boolean pooled = !Conformal.isEnough(near, POPULATION_COVERAGE);
    List<ScoredSession> sessions = pooled ? alike(g) : own;
    double offset = g.series() ? offset(near(sessions)) : 0.0;
    BoundShape anode =
        BoundShape.narrowest(
            sessions, Quantity.ANODE_POTENTIAL, offset, b -> lowerKappa(sessions, b));
    Map<Quantity, QuantityBounds> quantities = new EnumMap<>(Quantity.class);
    for (Quantity q : Quantity.values()) {
      BoundShape b =
          q == Quantity.ANODE_POTENTIAL
              ? anode
              : BoundShape.narrowest(sessions, q, 0.0, c -> intervalKappa(sessions, c));
      quantities.put(q, b.bounds(intervalKappa(sessions, b)));
    }
    return new GroupBounds(offset, lowerKappa(sessions, anode), quantities, near, pooled);
  }

  /** All batteries with as many cells; all there are where even those lack. */
  private List<ScoredSession> alike(BatteryGroup g) {
    List<ScoredSession> alike = all.stream().filter(s -> s.group.series() == g.series()).toList();
    return near(alike).isEmpty() ? all : alike;
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

  private static double lowerKappa(List<ScoredSession> sessions, BoundShape shape) {
    double kappa = Conformal.quantile(worst(near(sessions), shape), SESSION_COVERAGE);
    for (List<ScoredSession> p : populations(sessions).values()) {
      double[] worst = worst(near(p), shape);
      if (worst.length > 0) {
        kappa = Math.max(kappa, Conformal.quantile(worst, POPULATION_COVERAGE));
      }
      kappa = Math.max(kappa, Instants.quantile(p, INSTANT_COVERAGE, shape::score));
    }
    return RIDING * Math.max(kappa, 0.0);
  }

  private static double[] worst(List<ScoredSession> sessions, BoundShape shape) {
    return sessions.stream().mapToDouble(shape::worst).toArray();
  }

  static double intervalKappa(List<ScoredSession> sessions, BoundShape shape) {
    double kappa = 0.0;
    for (List<ScoredSession> p : populations(sessions).values()) {
      double needed =
          Instants.quantile(p, EstimateIntervals.COVERAGE, (s, r) -> Math.abs(shape.score(s, r)));
      kappa = Math.max(kappa, Double.isNaN(needed) ? 0.0 : needed);
    }
    return kappa;
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
    QuantityBounds q = g.of(Quantity.ANODE_POTENTIAL);
    BoundShape shape =
        new BoundShape(Quantity.ANODE_POTENTIAL, g.offsetVolts(), q.unseenSigma(), q.perDoubt());
    double most = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < s.rows(); r++) {
      if (s.isNear(r) && s.distance(r) > 0.0) {
        double over = shape.score(s, r) / Math.max(g.lowerKappa(), 0.1) - 1.0;
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
}
