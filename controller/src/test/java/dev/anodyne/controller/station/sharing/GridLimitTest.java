package dev.anodyne.controller.station.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.charging.StepSeries;
import org.junit.jupiter.api.Test;

/** Limits by time, from outside, and after these have run out. */
class GridLimitTest {
  private static final double FOREVER = Double.POSITIVE_INFINITY;
  private final GridLimit plain =
      GridLimit.of(StepSeries.of(new double[] {100}, new double[] {40e3}, 60e3), 0, 20e3);

  @Test
  void aKnownFallIsSeenBeforeItComes() {
    assertThat(plain.at(nanos(99))).isEqualTo(60e3);
    assertThat(plain.lowest(nanos(80), nanos(99))).isEqualTo(60e3);
    assertThat(plain.lowest(nanos(80), nanos(100))).isEqualTo(40e3);
  }

  @Test
  void aLimitFromOutsideCountsUntilItRunsOutThenTheSafeValueDoes() {
    GridLimit limited = plain.limited(30e3, 50, nanos(10));
    assertThat(limited.at(nanos(59.9))).isEqualTo(30e3);
    assertThat(limited.external(nanos(59.9))).isEqualTo(GridLimit.External.IN_FORCE);
    assertThat(limited.at(nanos(60))).isEqualTo(20e3);
    assertThat(limited.external(nanos(60))).isEqualTo(GridLimit.External.EXPIRED);
    assertThat(limited.lowest(nanos(40), nanos(61))).as("seen beforehand").isEqualTo(20e3);
    assertThat(limited.unlimited().at(nanos(60))).isEqualTo(60e3);
  }

  @Test
  void aLimitFromOutsideNeverRaisesWhatIsConfigured() {
    assertThat(plain.limited(1e6, FOREVER, 0).at(nanos(1))).isEqualTo(60e3);
    assertThat(plain.limited(1e6, 1, 0).lowest(0, nanos(5))).isEqualTo(20e3);
  }

  @Test
  void impossibleLimitsAreRefused() {
    for (double watts : new double[] {-1, Double.NaN, FOREVER}) {
      assertThatThrownBy(() -> plain.limited(watts, FOREVER, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("grid limit '" + watts + "'");
    }
    for (double seconds : new double[] {0, -5, Double.NaN, 1e9}) {
      assertThatThrownBy(() -> plain.limited(1000, seconds, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("validForSeconds is '" + seconds + "'");
    }
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
