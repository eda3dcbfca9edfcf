package dev.anodyne.mpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MpcSettingsTest {
  @Test
  void refusesValuesOutOfRangeByName() {
    assertThatThrownBy(() -> new MpcSettings.Horizon(0, 30, 10, 300, 25))
        .hasMessageContaining("horizon.periodSeconds is 0.0");
    assertThatThrownBy(() -> new MpcSettings.Horizon(1, 30, 31, 300, 25))
        .hasMessageContaining("horizon.moves is 31.0")
        .hasMessageContaining("30");
    assertThatThrownBy(() -> new MpcSettings.Weights(2, Double.NaN, 1, 1, 1, 1))
        .hasMessageContaining("weights.move is NaN");
    assertThatThrownBy(() -> new MpcSettings.Margins(-0.001, 0, 0, 0.9, 10, 0))
        .hasMessageContaining("margins.voltageVolts");
    assertThatThrownBy(() -> new MpcSettings.Search(0.2, 0, 8, 1, 1, 1, 1))
        .hasMessageContaining("search.warmPrograms");
  }

  @Test
  void aLongPeriodStretchesTheStepLimit() {
    MpcSettings settings = MpcSettings.forPeriod(60);
    assertThat(settings.horizon().periodSeconds()).isEqualTo(60);
    assertThat(settings.horizon().maxStepSeconds()).isGreaterThanOrEqualTo(60);
  }
}
