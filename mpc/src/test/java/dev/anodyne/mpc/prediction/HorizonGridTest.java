package dev.anodyne.mpc.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HorizonGridTest {
  @Test
  void theDefaultIsDenseNowAndCoarseLater() {
    HorizonGrid grid = HorizonGrid.of(1.0, 30, 10, 300.0, 25.0);
    assertThat(grid.stepSeconds(0)).isEqualTo(1.0);
    assertThat(grid.horizonSeconds()).isCloseTo(300.0, within(1e-6));
    assertThat(grid.lastStepOfMove(0)).isZero();
    assertThat(grid.moveSeconds(9)).isGreaterThan(10 * grid.moveSeconds(0));
  }

  @Property(tries = 300)
  void stepsAndMovesCoverTheHorizonWithoutGap(
      @ForAll @DoubleRange(min = 0.1, max = 30) double period,
      @ForAll @IntRange(min = 2, max = 60) int steps,
      @ForAll @IntRange(min = 1, max = 60) int wantedMoves,
      @ForAll @DoubleRange(min = 1, max = 2000) double horizon) {
    int moves = Math.min(steps, wantedMoves);
    HorizonGrid grid = HorizonGrid.of(period, steps, moves, horizon, 40.0);
    double end = 0;
    int move = 0;
    for (int k = 0; k < steps; k++) {
      assertThat(grid.stepSeconds(k)).isGreaterThanOrEqualTo(period);
      assertThat(grid.moveOfStep()[k]).isBetween(move, move + 1);
      move = grid.moveOfStep()[k];
      end += grid.stepSeconds(k);
    }
    assertThat(move).isEqualTo(moves - 1);
    assertThat(grid.horizonSeconds()).isEqualTo(end);
    double covered = 0;
    for (int j = 0; j < moves; j++) {
      assertThat(grid.moveSeconds(j)).isPositive();
      assertThat(grid.moveStartSeconds(j)).isCloseTo(covered, within(1e-9));
      covered += grid.moveSeconds(j);
    }
    assertThat(covered).isCloseTo(end, within(1e-9 * end));
  }
}
