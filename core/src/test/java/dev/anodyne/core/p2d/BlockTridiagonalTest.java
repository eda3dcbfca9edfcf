package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockTridiagonalTest {
  /** The product with the solution gives the right-hand side back. */
  @Test
  void solvesWhatItWasGiven() {
    int nodes = 7;
    Random random = new Random(5);
    BlockTridiagonal matrix = new BlockTridiagonal(nodes);
    for (int i = 0; i < matrix.diagonal.length; i++) {
      matrix.diagonal[i] = random.nextDouble() - 0.5 + (i % 9 % 4 == 0 ? 6 : 0);
    }
    for (int i = 0; i < matrix.left.length; i++) {
      matrix.left[i] = random.nextDouble() - 0.5;
      matrix.right[i] = random.nextDouble() - 0.5;
    }
    double[] diagonal = matrix.diagonal.clone();
    double[] b = random.doubles(3 * nodes).toArray();
    double[] x = b.clone();
    assertThat(matrix.factor()).isTrue();
    matrix.solve(x);
    for (int i = 0; i < nodes; i++) {
      for (int row = 0; row < 3; row++) {
        double sum = 0;
        for (int column = 0; column < 3; column++) {
          sum += diagonal[9 * i + 3 * row + column] * x[3 * i + column];
        }
        sum += i > 0 ? coupled(matrix.left, i, row, x, 3 * (i - 1)) : 0;
        sum += i < nodes - 1 ? coupled(matrix.right, i, row, x, 3 * (i + 1)) : 0;
        assertThat(sum).isCloseTo(b[3 * i + row], within(1e-12));
      }
    }
  }

  private static double coupled(double[] block, int i, int row, double[] x, int at) {
    return switch (row) {
      case 0 -> block[4 * i] * x[at];
      case 1 -> block[4 * i + 1] * x[at] + block[4 * i + 2] * x[at + 1];
      default -> block[4 * i + 3] * x[at + 2];
    };
  }

  /** Columns side by side are solved as one by one; ⟨A⁻ᵀ b, r⟩ = ⟨b, A⁻¹ r⟩. */
  @Test
  void columnsAndTransposedAgreeWithTheSingleSolve() {
    int nodes = 6;
    int columns = 3;
    Random random = new Random(9);
    BlockTridiagonal matrix = new BlockTridiagonal(nodes);
    for (int i = 0; i < matrix.diagonal.length; i++) {
      matrix.diagonal[i] = random.nextDouble() - 0.5 + (i % 9 % 4 == 0 ? 6 : 0);
    }
    for (int i = 0; i < matrix.left.length; i++) {
      matrix.left[i] = random.nextDouble() - 0.5;
      matrix.right[i] = random.nextDouble() - 0.5;
    }
    assertThat(matrix.factor()).isTrue();
    double[] many = random.doubles(3L * nodes * columns).toArray();
    double[] weights = random.doubles(3L * nodes).toArray();
    double[] transposed = weights.clone();
    BlockColumns.solveTransposed(matrix, transposed, nodes);
    double[] solved = many.clone();
    BlockColumns.solve(matrix, solved, nodes, columns);
    for (int p = 0; p < columns; p++) {
      double[] one = new double[3 * nodes];
      double back = 0;
      for (int u = 0; u < one.length; u++) {
        one[u] = many[u * columns + p];
        back += transposed[u] * one[u];
      }
      matrix.solve(one);
      double forth = 0;
      for (int u = 0; u < one.length; u++) {
        assertThat(solved[u * columns + p]).isCloseTo(one[u], within(1e-14));
        forth += weights[u] * one[u];
      }
      assertThat(back).isCloseTo(forth, within(1e-13));
    }
  }

  @Test
  void aSingularBlockIsReported() {
    assertThat(new BlockTridiagonal(3).factor()).isFalse();
  }
}
