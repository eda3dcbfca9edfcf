package dev.anodyne.hil.search;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.MersenneTwister;

/**
 * Lowers a margin by CMA-ES (Hansen 2006) in the unit cube: from one point after the other, until
 * its samples are used up.
 */
final class Descent {
  /** First step, share of the ranges: wide enough to leave the cell of a sweep of some hundred. */
  private static final double SIGMA = 0.15;

  /** Generations that change a margin by less than this have settled, in the margin's base unit. */
  private static final double SETTLED = 1e-9;

  private static final int MOST_GENERATIONS = 10_000;
  private final long seed;
  private final int budget;
  private final Sampler sampler;
  private int taken;

  /** Takes a sample. */
  @FunctionalInterface
  interface Sampler {
    /**
     * @param ordinal from 1
     * @param point of the unit cube
     * @return what is to be low
     */
    double sample(int ordinal, double[] point);
  }

  /** Of a number of samples. */
  Descent(long seed, int budget, Sampler sampler) {
    this.seed = seed;
    this.budget = budget;
    this.sampler = sampler;
  }

  void run(List<double[]> starts) {
    for (int i = 0; i < starts.size() && taken < budget; i++) {
      from(starts.get(i), seed + 1000L * i);
    }
  }

  private void from(double[] start, long ownSeed) {
    int dimension = start.length;
    double[] sigma = new double[dimension];
    Arrays.fill(sigma, SIGMA);
    double[] low = new double[dimension];
    double[] high = new double[dimension];
    Arrays.fill(high, 1);
    CMAESOptimizer optimizer =
        new CMAESOptimizer(
            MOST_GENERATIONS,
            Double.NEGATIVE_INFINITY,
            true,
            0,
            1,
            new MersenneTwister(ownSeed),
            false,
            new SimpleValueChecker(-1, SETTLED));
    try {
      optimizer.optimize(
          new MaxEval(budget - taken),
          new ObjectiveFunction(this::take),
          GoalType.MINIMIZE,
          new SimpleBounds(low, high),
          new InitialGuess(start),
          new CMAESOptimizer.Sigma(sigma),
          new CMAESOptimizer.PopulationSize(4 + (int) (3 * Math.log(dimension))));
    } catch (MathRuntimeException e) {
      // The samples are used up: what was found is in the journal.
      if (taken < budget) {
        throw e;
      }
    }
  }

  private double take(double[] point) {
    taken++;
    return sampler.sample(taken, point);
  }
}
