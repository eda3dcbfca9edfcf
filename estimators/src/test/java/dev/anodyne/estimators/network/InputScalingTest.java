package dev.anodyne.estimators.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InputScalingTest {
  private final InputScaling scaling =
      new InputScaling(
          new double[] {1.0, 0.0},
          new double[] {2.0, 1.0},
          new double[] {-1.0, 0.0},
          new double[] {3.0, 1.0});

  @Test
  void insideTheRangeNothingIsFlagged() {
    double[] scaled = new double[2];
    assertThat(scaling.apply(new double[] {3.0, 0.5}, scaled)).isZero();
    assertThat(scaled).containsExactly(1.0, 0.5);
  }

  @Test
  void outsideIsFlaggedAndHeldAtTheEdge() {
    double[] scaled = new double[2];
    assertThat(scaling.apply(new double[] {1.0, 9.0}, scaled)).isGreaterThan(1.0);
    assertThat(scaled[1]).isBetween(1.0, 1.06); // The edge plus 5 % of the range.
  }

  @Test
  void notANumberIsOutside() {
    assertThat(scaling.apply(new double[] {Double.NaN, 0.5}, new double[2])).isPositive();
  }

  @Test
  void unusableScaleIsRefused() {
    assertThatThrownBy(
            () ->
                new InputScaling(
                    new double[1], new double[1], new double[] {0.0}, new double[] {1.0}))
        .hasMessageContaining("no usable scale");
  }
}
