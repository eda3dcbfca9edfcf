package dev.anodyne.hil.search;

import org.hipparchus.random.MersenneTwister;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.SobolSequenceGenerator;

/** Points that fill the unit cube evenly. */
final class UnitCube {
  private UnitCube() {}

  /** Points of a method, the same for the same seed. */
  static double[][] points(SearchPlan.Method method, int count, int dimension, long seed) {
    RandomGenerator random = new MersenneTwister(seed);
    return method == SearchPlan.Method.LHS
        ? latinHypercube(count, dimension, random)
        : sobol(count, dimension, random);
  }

  /** One point in each of {@code count} slices of each axis (McKay, Beckman, Conover 1979). */
  private static double[][] latinHypercube(int count, int dimension, RandomGenerator random) {
    double[][] points = new double[count][dimension];
    int[] slices = new int[count];
    for (int d = 0; d < dimension; d++) {
      for (int i = 0; i < count; i++) {
        slices[i] = i;
      }
      for (int i = count - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int slice = slices[i];
        slices[i] = slices[j];
        slices[j] = slice;
      }
      for (int i = 0; i < count; i++) {
        points[i][d] = (slices[i] + random.nextDouble()) / count;
      }
    }
    return points;
  }

  private static double[][] sobol(int count, int dimension, RandomGenerator random) {
    double[] shift = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      shift[d] = random.nextDouble();
    }
    SobolSequenceGenerator sequence = new SobolSequenceGenerator(dimension);
    double[][] points = new double[count][];
    for (int i = 0; i < count; i++) {
      points[i] = sequence.nextVector();
      for (int d = 0; d < dimension; d++) {
        points[i][d] = (points[i][d] + shift[d]) % 1.0;
      }
    }
    return points;
  }
}
