package dev.anodyne.estimators.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class InnovationRatioTest {
  @Test
  void innovationsAsLargeAsPredictedGiveOne() {
    InnovationRatio ratio = new InnovationRatio();
    RandomGenerator random = SeededRandom.of(4L);
    double sum = 0;
    for (int i = 0; i < 5000; i++) {
      ratio.update(0.003 * random.nextGaussian(), 0.003, 1);
      sum += ratio.value() / 5000;
    }
    // The square's mean over a minute scatters by √(2/120) = 13 %, its root's average much less.
    assertThat(sum).isCloseTo(1.0, within(0.03));
  }

  @Test
  void anErrorThatNobodyPredictedShowsWithinAMinute() {
    InnovationRatio ratio = new InnovationRatio();
    for (int i = 0; i < 60; i++) {
      ratio.update(0.012, 0.003, 1);
    }
    // 1 + (16 − 1)(1 − 1/e) = 10.5.
    assertThat(ratio.value()).isCloseTo(Math.sqrt(10.48), within(0.01));
  }

  @Test
  void oneWildSampleDoesNotCountForEver() {
    InnovationRatio ratio = new InnovationRatio();
    ratio.update(1e9, 0.003, 1);
    assertThat(ratio.value()).isLessThan(3);
    ratio.update(Double.NaN, 0.003, 1);
    assertThat(ratio.value()).isFinite();
  }
}
