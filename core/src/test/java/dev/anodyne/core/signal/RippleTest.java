package dev.anodyne.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RippleTest {
  @Test
  void carriesNoChargeAndReachesItsPeak() {
    Ripple ripple = new Ripple(0.1, 300, 0.3);
    double sum = 0;
    double peak = 0;
    for (int i = 0; i < 1000; i++) {
      double amps = ripple.ampsAt(Math.round(i * 1e9 / 300 / 1000));
      sum += amps;
      peak = Math.max(peak, amps);
    }
    // One period in 1000 points; times are rounded to 1 ns of 3.3 ms.
    assertThat(sum / 1000).isCloseTo(0, within(1e-6));
    assertThat(peak).isCloseTo(0.1, within(1e-5));
  }

  @Test
  void evenSamplingSeesTheBeatWithTheSamplingRate() {
    // 300.05 Hz read once a second beats at 0.05 Hz: 10 s later half a beat has gone by.
    Ripple ripple = new Ripple(1, 300.05, Math.PI / 2);
    assertThat(ripple.ampsAt(0)).isEqualTo(1);
    assertThat(ripple.ampsAt(10_000_000_000L)).isCloseTo(-1, within(1e-9));
    assertThat(ripple.ampsAt(20_000_000_000L)).isCloseTo(1, within(1e-9));
  }

  @Test
  void noneIsZeroAndBadValuesAreRefused() {
    assertThat(Ripple.NONE.ampsAt(123_456L)).isZero();
    assertThatThrownBy(() -> new Ripple(-1, 300, 0)).hasMessageContaining("-1.0 A");
    assertThatThrownBy(() -> new Ripple(1, Double.NaN, 0)).hasMessageContaining("NaN Hz");
  }
}
