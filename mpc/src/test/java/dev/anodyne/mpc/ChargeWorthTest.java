package dev.anodyne.mpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.mpc.prediction.HorizonGrid;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChargeWorthTest {
  private static final HorizonGrid GRID = HorizonGrid.of(10, 30, 10, 1500, 150);

  private static double[] perSecond(ChargeWorth worth, double amps, double chargeLeft) {
    double[] plan = new double[GRID.moves()];
    Arrays.fill(plan, amps);
    double[] value = worth.around(plan, chargeLeft).clone();
    assertThat(Arrays.stream(value).sum()).isEqualTo(1.0, within(1e-12));
    for (int j = 0; j < value.length; j++) {
      value[j] /= GRID.moveSeconds(j);
    }
    return value;
  }

  @Test
  void withoutAnEndInSightWorthFallsByTheDecayAlone() {
    double[] value = perSecond(new ChargeWorth(GRID, 2.0), 5, Double.POSITIVE_INFINITY);
    int last = value.length - 1;
    double middle = GRID.moveStartSeconds(last) + 0.5 * GRID.moveSeconds(last);
    // Quadrature in eight parts of a move of a quarter of the horizon: a few permille.
    assertThat(value[last] / value[0]).isEqualTo(Math.exp(-2 * (middle - 5) / 1500), within(0.01));
  }

  @Test
  void untilTheEndChargeCountsNearlyAlikeAndHardlyAfterIt() {
    // 5 A deliver 3000 A·s in 600 s.
    double[] value = perSecond(new ChargeWorth(GRID, 0.3), 5, 3000);
    for (int j = 0; j < value.length; j++) {
      double start = GRID.moveStartSeconds(j);
      if (start + GRID.moveSeconds(j) < 580) {
        assertThat(value[j]).isGreaterThan(0.85 * value[0]);
      } else if (start > 800) {
        assertThat(value[j]).isLessThan(0.1 * value[0]);
      }
    }
  }

  @Test
  void aPlanThatDoesNotArriveHasNoEnd() {
    double[] far = perSecond(new ChargeWorth(GRID, 0.3), 1, 3000);
    double[] never = perSecond(new ChargeWorth(GRID, 0.3), 1, Double.POSITIVE_INFINITY);
    assertThat(far).isEqualTo(never);
  }
}
