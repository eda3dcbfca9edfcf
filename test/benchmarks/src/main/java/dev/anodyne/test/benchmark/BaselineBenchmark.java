package dev.anodyne.test.benchmark;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The yardstick: a block-tridiagonal system of 60 blocks of 3×3, factored and solved once, as a
 * textbook writes it (Golub and Van Loan, Matrix Computations, 4th ed., §4.5.1): two-dimensional
 * arrays, one loop an index, nothing unrolled, nothing shared with the product. Its numbers are
 * fixed by a seed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BaselineBenchmark {
  private static final int BLOCKS = 60;
  private static final int SIZE = 3;
  private static final long SEED = 1;

  /** Block rows: coupling to the block before, own block, coupling to the next, right-hand side. */
  private final double[][][] lower = new double[BLOCKS][SIZE][SIZE];

  private final double[][][] diagonal = new double[BLOCKS][SIZE][SIZE];
  private final double[][][] upper = new double[BLOCKS][SIZE][SIZE];
  private final double[][] right = new double[BLOCKS][SIZE];

  /** The blocks of the factorisation, with their own LU factors in place. */
  private final double[][][] factored = new double[BLOCKS][SIZE][SIZE];

  private final double[][] column = new double[SIZE][SIZE];
  private final double[][] solution = new double[BLOCKS][SIZE];

  /** Fills the system; the diagonal dominates, so that no pivoting is needed. */
  @Setup
  public void fill() {
    Random random = new Random(SEED);
    for (int k = 0; k < BLOCKS; k++) {
      for (int i = 0; i < SIZE; i++) {
        for (int j = 0; j < SIZE; j++) {
          lower[k][i][j] = k > 0 ? random.nextDouble() - 0.5 : 0;
          upper[k][i][j] = k < BLOCKS - 1 ? random.nextDouble() - 0.5 : 0;
          diagonal[k][i][j] = random.nextDouble() - 0.5 + (i == j ? 6 : 0);
        }
        right[k][i] = random.nextDouble();
      }
    }
  }

  /** D₀ = B₀, D_k = B_k − A_k D_{k−1}⁻¹ C_{k−1}; then forward and back substitution. */
  @Benchmark
  public double kernel() {
    for (int k = 0; k < BLOCKS; k++) {
      for (int i = 0; i < SIZE; i++) {
        System.arraycopy(diagonal[k][i], 0, factored[k][i], 0, SIZE);
        solution[k][i] = right[k][i];
      }
      if (k > 0) {
        eliminate(k);
      }
      decompose(factored[k]);
    }
    for (int k = BLOCKS - 1; k >= 0; k--) {
      if (k < BLOCKS - 1) {
        subtractProduct(upper[k], solution[k + 1], solution[k]);
      }
      substitute(factored[k], solution[k]);
    }
    return solution[0][0];
  }

  /** Largest residual of the last solve, for the test that the yardstick solves its system. */
  double largestResidual() {
    double largest = 0;
    for (int k = 0; k < BLOCKS; k++) {
      double[] r = right[k].clone();
      subtractProduct(diagonal[k], solution[k], r);
      if (k > 0) {
        subtractProduct(lower[k], solution[k - 1], r);
      }
      if (k < BLOCKS - 1) {
        subtractProduct(upper[k], solution[k + 1], r);
      }
      for (double v : r) {
        largest = Math.max(largest, Math.abs(v));
      }
    }
    return largest;
  }

  private void eliminate(int k) {
    for (int j = 0; j < SIZE; j++) {
      for (int i = 0; i < SIZE; i++) {
        column[j][i] = upper[k - 1][i][j];
      }
      substitute(factored[k - 1], column[j]);
    }
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        for (int l = 0; l < SIZE; l++) {
          factored[k][i][j] -= lower[k][i][l] * column[j][l];
        }
      }
    }
    double[] before = column[0];
    System.arraycopy(solution[k - 1], 0, before, 0, SIZE);
    substitute(factored[k - 1], before);
    subtractProduct(lower[k], before, solution[k]);
  }

  /** LU without pivoting, in place. */
  private static void decompose(double[][] a) {
    for (int k = 0; k < SIZE; k++) {
      for (int i = k + 1; i < SIZE; i++) {
        a[i][k] /= a[k][k];
        for (int j = k + 1; j < SIZE; j++) {
          a[i][j] -= a[i][k] * a[k][j];
        }
      }
    }
  }

  private static void substitute(double[][] lu, double[] x) {
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < i; j++) {
        x[i] -= lu[i][j] * x[j];
      }
    }
    for (int i = SIZE - 1; i >= 0; i--) {
      for (int j = i + 1; j < SIZE; j++) {
        x[i] -= lu[i][j] * x[j];
      }
      x[i] /= lu[i][i];
    }
  }

  private static void subtractProduct(double[][] a, double[] x, double[] y) {
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        y[i] -= a[i][j] * x[j];
      }
    }
  }
}
