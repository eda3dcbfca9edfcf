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

  @Test
  void aSingularBlockIsReported() {
    assertThat(new BlockTridiagonal(3).factor()).isFalse();
  }
}
