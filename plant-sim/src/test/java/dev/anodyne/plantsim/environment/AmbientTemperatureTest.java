package dev.anodyne.plantsim.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AmbientTemperatureTest {
  @Test
  void isLinearBetweenItsPointsAndConstantOutside() {
    AmbientTemperature t =
        AmbientTemperature.series(new double[] {0, 100, 200}, new double[] {300, 310, 290});
    assertThat(t.kelvinAt(-5)).isEqualTo(300);
    assertThat(t.kelvinAt(25)).isEqualTo(302.5);
    assertThat(t.kelvinAt(100)).isEqualTo(310);
    assertThat(t.kelvinAt(150)).isEqualTo(300);
    assertThat(t.kelvinAt(1e6)).isEqualTo(290);
  }

  @Test
  void refusesCelsiusAndTimesThatDoNotIncrease() {
    assertThatThrownBy(() -> AmbientTemperature.constant(-10)).hasMessageContaining("°C");
    assertThatThrownBy(
            () -> AmbientTemperature.series(new double[] {0, 0}, new double[] {300, 300}))
        .hasMessageContaining("increase");
  }
}
