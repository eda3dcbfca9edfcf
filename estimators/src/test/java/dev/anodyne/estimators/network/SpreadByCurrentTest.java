package dev.anodyne.estimators.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SpreadByCurrentTest {

  @Test
  void splitsSpreadIntoWhatFollowsTheCurrentAndWhatDoesNot() {
    RandomGenerator random = SeededRandom.of(1L);
    SpreadByCurrent spread = new SpreadByCurrent();
    for (int s = 0; s < 600; s++) {
      double rate = s % 100 < 50 ? 0.5 : 2.0;
      spread.update(0.004 + 0.010 * rate + 1e-3 * random.nextGaussian(), rate, 1.0);
    }
    // The prior pulls the slope towards 0 by about a per cent.
    assertThat(spread.slope()).isCloseTo(0.010, within(0.0005));
    assertThat(spread.intercept()).isCloseTo(0.004, within(0.0008));
  }

  @Test
  void withoutAChangeOfCurrentAllCountsAsConstant() {
    SpreadByCurrent spread = new SpreadByCurrent();
    for (int s = 0; s < 600; s++) {
      spread.update(0.007, 1.0, 1.0);
    }
    assertThat(spread.slope()).isCloseTo(0.0, within(1e-9));
    assertThat(spread.intercept()).isCloseTo(0.007, within(1e-9));
  }

  @Test
  void lowPassIsExactForUnevenSteps() {
    LowPass one = new LowPass(10.0);
    LowPass two = new LowPass(10.0);
    one.update(0.0, 0.0);
    two.update(0.0, 0.0);
    for (int i = 0; i < 10; i++) {
      one.update(1.0, 1.0);
    }
    double last = 0.0;
    for (int i = 0; i < 4; i++) {
      last = two.update(1.0, 2.5);
    }
    assertThat(one.update(1.0, 0.0)).isCloseTo(last, within(1e-12));
    assertThat(last).isCloseTo(1.0 - Math.exp(-1.0), within(1e-12));
  }
}
