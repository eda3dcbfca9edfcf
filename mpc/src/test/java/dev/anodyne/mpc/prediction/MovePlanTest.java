package dev.anodyne.mpc.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MovePlanTest {
  private static final long SECOND = 1_000_000_000L;
  private final HorizonGrid grid = HorizonGrid.of(1.0, 4, 4, 4.0, 1.0);

  @Test
  void shiftsByTheTimeThatPassedAndEndsWithTheLastMove() {
    MovePlan plan = new MovePlan(grid);
    plan.set(new double[] {4, 3, 2, 1}, 100 * SECOND);
    double[] shifted = new double[4];
    plan.shiftTo(101 * SECOND, shifted);
    assertThat(shifted).containsExactly(3, 2, 1, 1);
    plan.shiftTo(150 * SECOND, shifted);
    assertThat(shifted).containsExactly(1, 1, 1, 1);
  }

  @Test
  void keepsTheChargeWhenTheShiftIsNotAWholePeriod() {
    MovePlan plan = new MovePlan(grid);
    plan.set(new double[] {4, 3, 2, 1}, 0);
    double[] shifted = new double[4];
    plan.shiftTo(SECOND / 2, shifted);
    assertThat(shifted[0]).isCloseTo(3.5, within(1e-12));
    assertThat(shifted[3]).isCloseTo(1.0, within(1e-12));
  }

  @Test
  void knowsItsAge() {
    MovePlan plan = new MovePlan(grid);
    assertThat(plan.isKnown()).isFalse();
    plan.set(new double[4], 10 * SECOND);
    assertThat(plan.ageSeconds(12 * SECOND)).isEqualTo(2.0);
    assertThat(plan.ageSeconds(9 * SECOND)).isEqualTo(-1.0);
    plan.forget();
    assertThat(plan.isKnown()).isFalse();
  }
}
