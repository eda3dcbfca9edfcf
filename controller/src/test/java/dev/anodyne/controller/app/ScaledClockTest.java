package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScaledClockTest {
  @Test
  void startsAtZeroAndRunsFasterByItsFactor() {
    AtomicLong wall = new AtomicLong(-7_000_000_000L);
    ScaledClock clock = new ScaledClock(wall::get, 10);
    assertThat(clock.nanoTime()).isZero();
    wall.addAndGet(250_000_000L);
    assertThat(clock.nanoTime()).isEqualTo(2_500_000_000L);
    assertThat(clock.wallNanos(1_000_000_000L)).isEqualTo(100_000_000L);
  }

  @Test
  void aSpeedThatIsNoneIsRefused() {
    for (double speed : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new ScaledClock(() -> 0, speed))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
