package dev.anodyne.estimators.training;

import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.GroupBounds;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.QuantityBounds;
import dev.anodyne.estimators.network.SigmaScale;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many of their own deviations below their estimate networks must put the lower bound, so that
 * it holds at 99 % of the instants of every kind of battery.
 *
 * <p>First the deviations are made honest ({@link SigmaScale}): around each of a row of deviations
 * the quantile of (estimate − truth)/σ over all instants whose deviation is about as large. Then
 * each group of batteries gets the factor that the worst of its populations needs, and how much
 * wider bounds become with the networks' doubt. What is rare among sure answers thus widens unsure
 * ones only.
 *
 * <p>Sensors with delays, lags, coarse steps and drop-outs are a fault rather than a kind of
 * battery: they need be covered at 95 % of their instants, have no part in the deviations, and thus
 * cost batteries with sound sensors little.
 */
final class NetworkFactors {
  /** Instants of every population at which the bound must hold. */
  private static final double COVERAGE = BoundTable.COVERAGE;

  private static final double COVERAGE_DEGRADED = 0.95;

  /** Level of the quantiles that scale deviations; further out there are too few instants. */
  private static final double SCALE_COVERAGE = 0.975;

  /** Knots, V: half an octave apart over the deviations that networks state. */
  private static final double[] KNOTS = {
    1.0e-3, 1.4e-3, 2.0e-3, 2.8e-3, 4.0e-3, 5.6e-3, 8.0e-3, 11.3e-3, 16.0e-3, 22.6e-3
  };

  /** Half the width of the window around a knot, in ln σ. */
  private static final double WINDOW = 0.35;

  /** The deviations are made honest; nothing is left to add to them. */
  private static final BoundShape SHAPE = new BoundShape(Quantity.ANODE_POTENTIAL, 0.0, 0.0, 0.0);

  /** How much wider bounds of batteries in doubt are tried to be. */
  private static final double[] PER_DOUBT = {0, 0.25, 0.5, 1, 1.5, 2, 3, 4};

  /**
   * What networks cannot know of one cell, V at 1C: a cell that is just what its parameter set says
   * with sensors that are not. Wide plans draw biased sensors with batteries that differ, so that
   * networks take an ordinary cell's sensors for good ones; a bias of 5 mV or 0.5 % of the current
   * then costs up to 5 mV of anode potential that no deviation follows.
   */
  private static final double UNSEEN_SINGLE_VOLTS = 0.003;

  private static final double REFERENCE_WEIGHT = 3.0;

  /** How much of its time one more session may break the bound. */
  private static final double ONE_MORE = 0.25;

  private static final double LEAST_KAPPA = 1e-3;

  /** Of so little time nothing is concluded, s. */
  private static final double LEAST_SECONDS = 800;

  /** Sessions that are less of a part of the time have no say in it, s. */
  private static final double LEAST_SECONDS_EACH = 120;

  private static final double HALF = 0.5;

  /** No deviation is made smaller than half of what the networks state. */
  private static final double LEAST_QUANTILE = 0.5;

  /** With fewer sessions than this a population says nothing of a group. */
  private static final int LEAST_SESSIONS = 6;

  private final Map<ScoredSession, Set<String>> sessions;

  /**
   * Factors from sessions that nothing was fitted to.
   *
   * @param sessions each with the populations that it belongs to
   */
  NetworkFactors(Map<ScoredSession, Set<String>> sessions) {
    this.sessions = new LinkedHashMap<>(sessions);
  }

  /** What makes the deviations honest. */
  SigmaScale scale() {
    List<ScoredSession> sound = sessions.keySet().stream().filter(s -> !isDegraded(s)).toList();
    double[] logSigma = Arrays.stream(KNOTS).map(Math::log).toArray();
    double[] logFactor = new double[KNOTS.length];
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < KNOTS.length; i++) {
      double knot = logSigma[i];
      Instants.Instant alike =
          (session, r) ->
              Math.abs(Math.log(SHAPE.sigma(session, r)) - knot) < WINDOW
                  ? SHAPE.score(session, r)
                  : Double.NaN;
      double factor =
          seconds(sound, alike) < LEAST_SECONDS
              ? (i == 0 ? 0.0 : logFactor[i - 1])
              : Math.log(Math.max(Instants.quantile(sound, SCALE_COVERAGE, alike), LEAST_QUANTILE));
      // A larger deviation must not make a smaller one.
      logFactor[i] = Math.max(factor, last - knot);
      last = knot + logFactor[i];
    }
    return new SigmaScale(logSigma, logFactor);
  }

  /**
   * A group's bounds of the anode potential; those of the other quantities stay.
   *
   * @param others has them
   */
  GroupBounds group(BatteryGroup g, GroupBounds others) {
    Map<String, List<ScoredSession>> populations = new LinkedHashMap<>();
    boolean pooled = false;
    for (String population : populations()) {
      List<ScoredSession> own = of(population, g, true);
      if (own.size() < LEAST_SESSIONS) {
        own = of(population, g, false);
        pooled = true;
      }
      if (own.size() >= LEAST_SESSIONS) {
        populations.put(population, own);
      }
    }
    if (populations.isEmpty()) {
      populations.put("", List.copyOf(sessions.keySet()));
    }
    BoundShape shape = narrowest(populations, g.series() ? 0.0 : UNSEEN_SINGLE_VOLTS);
    List<ScoredSession> all = sessions.keySet().stream().filter(s -> s.group == g).toList();
    List<ScoredSession> judged = all.isEmpty() ? List.copyOf(sessions.keySet()) : all;
    Map<Quantity, QuantityBounds> quantities = new EnumMap<>(others.quantities());
    quantities.put(
        Quantity.ANODE_POTENTIAL, shape.bounds(BoundCalibrator.intervalKappa(judged, shape)));
    int near = (int) all.stream().filter(ScoredSession::isEverNear).count();
    return new GroupBounds(0.0, factor(populations, shape), quantities, near, pooled);
  }

  /** How bounds go with the doubt: so that they are narrow above all on the reference charge. */
  private static BoundShape narrowest(Map<String, List<ScoredSession>> populations, double unseen) {
    BoundShape best = SHAPE;
    double narrowest = Double.POSITIVE_INFINITY;
    for (double perDoubt : PER_DOUBT) {
      BoundShape shape = new BoundShape(Quantity.ANODE_POTENTIAL, 0.0, unseen, perDoubt);
      double kappa = Math.max(factor(populations, shape), LEAST_KAPPA);
      double width = 0.0;
      for (Map.Entry<String, List<ScoredSession>> p : populations.entrySet()) {
        double weight = p.getKey().equals(WidePlan.REFERENCE) ? REFERENCE_WEIGHT : 1.0;
        width += weight * Math.log(kappa * Instants.median(p.getValue(), shape::sigma));
      }
      if (width < narrowest) {
        narrowest = width;
        best = shape;
      }
    }
    return best;
  }

  /** What the worst population needs. */
  private static double factor(Map<String, List<ScoredSession>> populations, BoundShape shape) {
    return populations.entrySet().stream()
        .mapToDouble(p -> factor(p.getValue(), p.getKey(), shape))
        .max()
        .orElseThrow();
  }

  /**
   * Of all instants, of those near 0 V, of those with little doubt and of those with much, each by
   * themselves: who passes for a sound battery must be covered with the bounds of one.
   */
  private static double factor(List<ScoredSession> of, String population, BoundShape shape) {
    double coverage = population.equals(Battery.DEGRADED) ? COVERAGE_DEGRADED : COVERAGE;
    double kappa = Math.max(Instants.quantile(of, share(coverage, of.size()), shape::score), 0.0);
    if (population.equals(Battery.DEGRADED)) {
      return kappa;
    }
    List<Instants.Instant> parts =
        List.of(
            (s, r) -> s.isNear(r) ? shape.score(s, r) : Double.NaN,
            (s, r) -> s.doubt(r) < HALF ? shape.score(s, r) : Double.NaN,
            (s, r) -> s.doubt(r) >= HALF ? shape.score(s, r) : Double.NaN);
    for (Instants.Instant part : parts) {
      List<ScoredSession> with =
          of.stream().filter(s -> seconds(List.of(s), part) >= LEAST_SECONDS_EACH).toList();
      if (with.size() >= LEAST_SESSIONS) {
        double needed = Instants.quantile(with, share(coverage, with.size()), part);
        kappa = Math.max(kappa, needed);
      }
    }
    return kappa;
  }

  /**
   * The share of the time of n sessions at which a bound must hold, so that with one more session,
   * which breaks it for a quarter of its time, it still holds for the coverage (as in conformal
   * risk control: Angelopoulos, Bates, Fisch, Lei, Schuster 2022, which has it broken throughout).
   * Few sessions are asked for four times as rare breaks at most.
   */
  private static double share(double coverage, int n) {
    double broken = ((1.0 - coverage) * (n + 1) - ONE_MORE) / n;
    return 1.0 - Math.max(broken, 0.25 * (1.0 - coverage));
  }

  private List<String> populations() {
    return sessions.values().stream().flatMap(Set::stream).distinct().sorted().toList();
  }

  private List<ScoredSession> of(String population, BatteryGroup g, boolean sameKnowledge) {
    boolean degraded = population.equals(Battery.DEGRADED);
    return sessions.entrySet().stream()
        .filter(e -> e.getValue().contains(population))
        .map(Map.Entry::getKey)
        .filter(s -> sameKnowledge ? s.group == g : s.group.series() == g.series())
        .filter(s -> degraded || !isDegraded(s))
        .toList();
  }

  private boolean isDegraded(ScoredSession s) {
    return sessions.getOrDefault(s, Set.of()).contains(Battery.DEGRADED);
  }

  private static double seconds(List<ScoredSession> of, Instants.Instant instant) {
    double sum = 0.0;
    for (ScoredSession s : of) {
      for (int r = 0; r < s.rows(); r++) {
        sum += Double.isNaN(instant.of(s, r)) ? 0.0 : s.seconds(r);
      }
    }
    return sum;
  }
}
