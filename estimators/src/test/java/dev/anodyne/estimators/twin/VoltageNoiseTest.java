package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoltageNoiseTest {
  private static final double LEAST = 1.2e-3;
  private final VoltageNoise noise = new VoltageNoise(LEAST);
  private final Random random = new Random(5);

  private double heard(double sigmaVolts, double driftVolts, int samples) {
    double last = Double.NaN;
    for (int i = 0; i < samples; i++) {
      double residual = driftVolts * i + sigmaVolts * random.nextGaussian();
      noise.update(residual - last);
      last = residual;
    }
    return Math.sqrt(noise.variance());
  }

  /** 120 samples: half-differences have a deviation of √(3/120) of the variance, 8 % of the σ. */
  @ParameterizedTest
  @ValueSource(doubles = {2e-3, 3e-3, 5e-3})
  void learnsTheNoise(double sigma) {
    assertThat(heard(sigma, 0.0, 1000)).isCloseTo(sigma, within(3 * 0.08 * sigma));
  }

  /** A bias has no part in it, a drift of 1 mV between samples hardly any. */
  @Test
  void whatLastsIsNoNoise() {
    assertThat(heard(3e-3, 1e-3, 1000)).isBetween(2.3e-3, 3.8e-3);
  }

  @Test
  void goodSensorsAreNotTrustedBeyondTheirKind() {
    assertThat(heard(0.2e-3, 0.0, 1000)).isEqualTo(LEAST);
  }

  /** Caution that only evidence takes away: before any sample more than good sensors have. */
  @Test
  void beginsCautiously() {
    assertThat(Math.sqrt(noise.variance())).isEqualTo(2e-3);
    noise.update(Double.NaN);
    assertThat(Math.sqrt(noise.variance())).isEqualTo(2e-3);
  }

  @Test
  void oneWildSampleCountsLittle() {
    heard(2e-3, 0.0, 500);
    double before = noise.variance();
    noise.update(0.5);
    assertThat(noise.variance()).isLessThan(1.2 * before);
  }
}
