package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SensorWatchTest {
  private final SensorWatch watch = new SensorWatch(0);

  private void rising(double noise, double step, int samples) {
    RandomGenerator random = SeededRandom.of(2L);
    for (int i = 0; i < samples; i++) {
      double v = 3.7 + 3e-4 * i + noise * random.nextGaussian();
      watch.update(step > 0 ? step * Math.rint(v / step) : v, true);
      assertThat(watch.isFrozen()).as("sample %d", i).isFalse();
    }
  }

  private int samplesToNotice() {
    for (int i = 0; i < 1000; i++) {
      watch.update(3.8, true);
      if (watch.isFrozen()) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void aNoisySensorThatStopsIsNoticedWithinTenSamples() {
    rising(1e-3, 0.0, 600);
    assertThat(samplesToNotice()).isLessThanOrEqualTo(10);
  }

  @Test
  void aSensorThatRepeatsAThirdOfItsReadingsTakesLonger() {
    rising(1e-3, 1e-3, 600);
    assertThat(samplesToNotice()).isBetween(10, 40);
  }

  @Test
  void aCoarseSensorIsNeverCalledFrozenForRepeating() {
    rising(1e-4, 5e-3, 3000);
    assertThat(samplesToNotice()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aLongRestExcusesACoarseSensorAndNoFineOneThatHasMovedSince() {
    for (int i = 0; i < 60; i++) {
      watch.update(3.7, false);
    }
    for (int i = 0; i < 100; i++) {
      watch.update(3.75 + 2e-4 * i, true);
    }
    assertThat(samplesToNotice()).isLessThanOrEqualTo(12);
    SensorWatch young = new SensorWatch(0);
    for (int i = 0; i < 60; i++) {
      young.update(3.7, false);
    }
    for (int i = 0; i < 100; i++) {
      young.update(3.75 + 25e-3 * Math.min(i, 10), true);
      assertThat(young.isFrozen()).as("sample %d", i).isFalse();
    }
  }

  @Test
  void movingAgainClearsIt() {
    rising(1e-3, 0.0, 600);
    samplesToNotice();
    watch.update(3.9, true);
    assertThat(watch.isFrozen()).isFalse();
    assertThat(samplesToNotice()).isLessThanOrEqualTo(10);
  }

  @Test
  void whatNeverMovedMayStandStill() {
    SensorWatch steady = new SensorWatch(20);
    for (int i = 0; i < 10_000; i++) {
      steady.update(298.15, true);
      assertThat(steady.isFrozen()).isFalse();
    }
  }
}
