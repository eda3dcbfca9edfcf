package dev.anodyne.mpc.baseline;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.solvers.AllowedSolution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

/** Searches in one variable for charges that are derived from the model. */
final class Tuning {
  private static final int MOST_ROOT_EVALUATIONS = 60;
  private static final int MOST_MINIMUM_EVALUATIONS = 40;
  private static final double LEAST_ROOM = 1e-5;

  private Tuning() {}

  /**
   * The largest current with which a room that falls with it is still ≥ 0.
   *
   * @param restRoom room without any current; the answer is 0 when even that is none
   * @param high largest current to consider
   * @param resolution how exactly it is wanted; the answer is on the side of room
   */
  static double largest(DoubleUnaryOperator room, double restRoom, double high, double resolution) {
    if (!(restRoom > 0.0)) {
      return 0.0;
    }
    double atHigh = room.applyAsDouble(high);
    if (atHigh >= 0.0) {
      return high;
    }
    // The ends are known: a charge at hardly any current would take longest to simulate.
    DoubleUnaryOperator known =
        a -> a <= 0.0 ? restRoom : a >= high ? atHigh : room.applyAsDouble(a);
    BracketingNthOrderBrentSolver solver =
        new BracketingNthOrderBrentSolver(0.0, resolution, LEAST_ROOM, 3);
    return solver.solve(
        MOST_ROOT_EVALUATIONS, known::applyAsDouble, 0.0, high, AllowedSolution.LEFT_SIDE);
  }

  /**
   * Where a cost is least between two values, to a resolution (Brent); an end when that is best.
   */
  static double minimum(DoubleUnaryOperator cost, double low, double high, double resolution) {
    double best;
    try {
      best =
          new BrentOptimizer(1e-9, resolution)
              .optimize(
                  new MaxEval(MOST_MINIMUM_EVALUATIONS),
                  new UnivariateObjectiveFunction(cost::applyAsDouble),
                  GoalType.MINIMIZE,
                  new SearchInterval(low, high))
              .getPoint();
    } catch (MathRuntimeException e) {
      best = 0.5 * (low + high);
    }
    double atBest = cost.applyAsDouble(best);
    double atLow = cost.applyAsDouble(low);
    double atHigh = cost.applyAsDouble(high);
    if (atLow < atBest && atLow <= atHigh) {
      return low;
    }
    return atHigh < atBest ? high : best;
  }
}
