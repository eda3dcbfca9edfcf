package dev.anodyne.estimators.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConformalTest {

  @Test
  void quantileIsTheConformalOne() {
    double[] scores = new double[399];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = scores.length - i;
    }
    // ceil(400 · 0.995) = 398th smallest.
    assertThat(Conformal.quantile(scores, 0.995)).isEqualTo(398.0);
  }

  @Test
  void tooFewScoresGiveTheLargest() {
    assertThat(Conformal.quantile(new double[] {3.0, -1.0, 2.0}, 0.995)).isEqualTo(3.0);
  }

  @Test
  void coverageHoldsOnNewDraws() {
    RandomGenerator random = SeededRandom.of(11L);
    int broken = 0;
    int draws = 0;
    for (int repeat = 0; repeat < 200; repeat++) {
      double c = Conformal.quantile(random.doubles(299).map(u -> -Math.log(u)).toArray(), 0.995);
      for (int i = 0; i < 50; i++) {
        draws++;
        if (-Math.log(random.nextDouble()) > c) {
          broken++;
        }
      }
    }
    // Guarantee: at most 0.5 %; 10 000 draws that share 200 calibrations scatter by about 0.1 %.
    assertThat((double) broken / draws).isLessThan(0.0075).isPositive();
  }
}
