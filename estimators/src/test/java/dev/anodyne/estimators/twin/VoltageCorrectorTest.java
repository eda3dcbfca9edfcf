package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VoltageCorrectorTest {
  private static final double SLOPE = 0.8;

  /** A linear cell: the innovation is what charge error and resistance make of it. */
  @Test
  void tellsChargeFromResistanceWhenTheCurrentChanges() {
    RandomGenerator random = SeededRandom.of(1L);
    VoltageCorrector corrector = new VoltageCorrector(5.0);
    corrector.start(0.05);
    double socError = 0.03;
    double ohm = 0.003;
    for (int s = 0; s < 900; s++) {
      double amps = s % 120 < 40 ? 0.0 : s % 120 < 80 ? 10.0 : 5.0;
      corrector.predict(1.0, amps, 0.0);
      double raw = SLOPE * socError + amps * ohm + 1e-3 * random.nextGaussian();
      corrector.correct(raw - corrector.resistanceOhm() * amps, SLOPE, amps);
      socError -= corrector.socShift();
    }
    // 1 mV of noise over 0.8 V is 0.13 %; 900 samples leave far less.
    assertThat(socError).isCloseTo(0.0, within(0.002));
    assertThat(corrector.resistanceOhm()).isCloseTo(0.003, within(0.0005));
  }

  @Test
  void uncertaintyShrinksWithSamplesAndGrowsOverUnseenCharge() {
    VoltageCorrector corrector = new VoltageCorrector(5.0);
    corrector.start(0.05);
    for (int s = 0; s < 60; s++) {
      corrector.predict(1.0, 0.0, 0.0);
      corrector.correct(0.0, SLOPE, 0.0);
    }
    double settled = corrector.socSigma();
    assertThat(settled).isLessThan(0.005);
    corrector.predict(60.0, 5.0, 0.02);
    assertThat(corrector.socSigma()).isGreaterThan(0.019);
  }

  @Test
  void staysFiniteAndPositiveWhateverComes() {
    RandomGenerator random = SeededRandom.of(2L);
    VoltageCorrector corrector = new VoltageCorrector(5.0);
    corrector.start(0.08);
    for (int s = 0; s < 20_000; s++) {
      double amps = 100.0 * random.nextGaussian();
      corrector.predict(Math.abs(50.0 * random.nextGaussian()), amps, 0.1 * random.nextDouble());
      corrector.correct(3.0 * random.nextGaussian(), 10.0 * random.nextDouble(), amps);
      assertThat(corrector.socSigma()).isFinite().isPositive();
      assertThat(corrector.resistanceSigmaOhm()).isFinite().isPositive();
      assertThat(corrector.socShift()).isFinite();
    }
  }
}
