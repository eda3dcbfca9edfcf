package dev.anodyne.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.estimators.identification.SensorBias;
import org.junit.jupiter.api.Test;

class SensorClassTest {
  @Test
  void theNarrowestClassThatCoversTheLimitsIsTaken() {
    assertThat(SensorClass.covering(1.2e-3, 1e-3, 0.3)).isEqualTo(SensorClass.CALIBRATED);
    assertThat(SensorClass.covering(1.5e-3, 2.5e-3, 0.5)).isEqualTo(SensorClass.CALIBRATED);
    // One that is too wide is enough.
    assertThat(SensorClass.covering(2e-3, 1e-3, 0.3)).isEqualTo(SensorClass.ORDINARY);
    assertThat(SensorClass.covering(1e-3, 4e-3, 0.3)).isEqualTo(SensorClass.ORDINARY);
    assertThat(SensorClass.covering(1e-3, 1e-3, 0.8)).isEqualTo(SensorClass.ORDINARY);
  }

  @Test
  void whatNoBoundHoldsForIsRefused() {
    assertThatThrownBy(() -> SensorClass.covering(5.0, 1e-3, 0.3))
        .hasMessageContaining("5.0 V")
        .hasMessageContaining("0 to 0.005 V")
        .hasMessageContaining("\nMaybe");
    assertThatThrownBy(() -> SensorClass.covering(-1e-3, 1e-3, 0.3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SensorClass.covering(Double.NaN, 1e-3, 0.3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SensorClass.of("precise"))
        .hasMessageContaining("ordinary, calibrated");
  }

  @Test
  void sensorsThatNobodyVouchesForAreThoseOfTheIdentification() {
    for (SensorBias b : SensorBias.values()) {
      assertThat(SensorClass.ORDINARY.sigma(b)).isEqualTo(b.priorSigma());
      assertThat(SensorClass.CALIBRATED.sigma(b)).isLessThan(b.priorSigma());
    }
  }
}
