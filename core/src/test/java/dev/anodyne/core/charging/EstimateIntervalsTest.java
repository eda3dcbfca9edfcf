package dev.anodyne.core.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EstimateIntervalsTest {
  @Test
  void knowingNothingLeavesEveryPossibleValueIn() {
    EstimateIntervals unknown = EstimateIntervals.UNKNOWN;
    assertThat(unknown.anodePotentialVolts().contains(-0.2)).isTrue();
    assertThat(unknown.soc()).isEqualTo(new Interval(0, 1));
    assertThat(unknown.coreTemperatureKelvin().contains(298.15)).isTrue();
    assertThat(unknown.coreTemperatureKelvin().width()).isFinite();
  }

  @Test
  void sharesStayWithinNoughtAndOne() {
    assertThat(Interval.share(0.0625, 0.125)).isEqualTo(new Interval(0.0, 0.1875));
    assertThat(Interval.share(0.97, 0.1).high()).isEqualTo(1.0);
    // A share outside is a model's overshoot at an end of charge: the end is what is left of it.
    assertThat(Interval.share(1.2, 0.1)).isEqualTo(new Interval(1.0, 1.0));
  }

  @Test
  void anIntervalWithoutOrderOrNumberIsRefused() {
    assertThatThrownBy(() -> new Interval(1, 0)).hasMessageContaining("1.0 to 0.0");
    assertThatThrownBy(() -> new Interval(Double.NaN, 0)).hasMessageContaining("NaN");
    assertThat(new Interval(0, 1).contains(Double.NaN)).isFalse();
  }

  @Test
  void aCoverageInPercentIsRefusedWithAHint() {
    EstimateIntervals u = EstimateIntervals.UNKNOWN;
    assertThatThrownBy(
            () ->
                new EstimateIntervals(
                    95,
                    u.anodePotentialVolts(),
                    u.anodeSurfaceStoichiometry(),
                    u.cathodeSurfaceStoichiometry(),
                    u.anodeStoichiometry(),
                    u.cathodeStoichiometry(),
                    u.soc(),
                    u.coreTemperatureKelvin()))
        .hasMessageContaining("percent");
  }
}
