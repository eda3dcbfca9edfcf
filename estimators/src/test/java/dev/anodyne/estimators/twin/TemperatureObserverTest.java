package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TemperatureObserverTest {

  /** A cell that warms by a known power towards an ambient the observer is not told. */
  @Test
  void aWrongAmbientAndCoolingLeaveNoSteadyError() {
    RandomGenerator random = SeededRandom.of(1L);
    TemperatureObserver observer = new TemperatureObserver();
    double truth = 293.15;
    double estimate = 293.15;
    observer.start(293.15, 303.15);
    double worst = 0.0;
    for (int s = 0; s < 5400; s++) {
      truth += (293.15 - truth) / 200.0 + 0.05;
      // The model believes in half the cooling: a steady 10 K above its ambient becomes 20 K.
      estimate += (observer.ambientKelvin() - estimate) / 400.0 + 0.05;
      estimate = observer.correct(estimate, truth + 0.2 * random.nextGaussian(), 1.0);
      // The slow pole of the pair is 680 s for this cell: four of them.
      if (s > 2700) {
        worst = Math.max(worst, Math.abs(estimate - truth));
      }
    }
    // Noise of 0.2 K filtered over 30 s leaves 0.03 K; 0.2 K is six of that.
    assertThat(worst).isLessThan(0.2);
  }

  @Test
  void ambientStaysNearTheMeasurement() {
    TemperatureObserver observer = new TemperatureObserver();
    observer.start(298.15, Double.NaN);
    for (int s = 0; s < 100_000; s++) {
      observer.correct(250.0, 298.15, 1.0);
    }
    assertThat(observer.ambientKelvin()).isCloseTo(298.15, within(40.0));
  }
}
