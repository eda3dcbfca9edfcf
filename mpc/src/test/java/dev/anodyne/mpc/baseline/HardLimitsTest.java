package dev.anodyne.mpc.baseline;

import static dev.anodyne.mpc.Beliefs.belief;
import static dev.anodyne.mpc.Beliefs.limits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.ChargeLimits;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class HardLimitsTest {
  @Property(tries = 500)
  void noCommandEverPassesCurrentPowerRampOrTarget(
      @ForAll @DoubleRange(min = -5, max = 40) double wanted,
      @ForAll @DoubleRange(min = 0, max = 20) double flowing,
      @ForAll @DoubleRange(min = 2.5, max = 4.2) double volts,
      @ForAll @DoubleRange(min = 0, max = 20) double maxAmps,
      @ForAll @DoubleRange(min = 1, max = 100) double watts,
      @ForAll @DoubleRange(min = 0.1, max = 20) double ramp,
      @ForAll @DoubleRange(min = 0, max = 1) double soc) {
    HardLimits hard = new HardLimits(2.0);
    ChargeLimits limits = limits(maxAmps, watts, ramp, 0.8);
    double amps = hard.apply(wanted, belief(0, flowing, volts, 298, soc, 0.1), limits);
    assertThat(amps).isBetween(0.0, Math.max(0, maxAmps));
    assertThat(amps).isLessThanOrEqualTo(flowing + 2.0 * ramp + 1e-12);
    // 25 mΩ is the resistance of a 5 A·h cell: the power it will really take at the new current.
    double later = Math.min(4.2, volts + 0.025 * Math.max(0, amps - flowing));
    assertThat(amps * later).isLessThanOrEqualTo(watts + 1e-9);
    if (soc >= 0.8) {
      assertThat(amps).isZero();
      assertThat(hard.ceilingAmps(belief(0, 0, volts, 298, soc, 0.1), limits)).isZero();
    }
  }

  @Test
  void rampsFromTheCommandWhenTheMeasurementAgreesAndElseFromTheMeasurement() {
    HardLimits hard = new HardLimits(1.0);
    ChargeLimits limits = limits(15, 1e9, 2, 0.8);
    hard.apply(2, belief(0, 0, 3.6, 298, 0.1, 0.1), limits);
    assertThat(hard.presentAmps(belief(1, 1.99, 3.6, 298, 0.1, 0.1))).isEqualTo(2.0);
    // The guard cut the command: the next one starts from what really flows.
    assertThat(hard.apply(15, belief(1, 0, 3.6, 298, 0.1, 0.1), limits)).isEqualTo(2.0);
    assertThat(hard.binding()).isEqualTo(ActiveConstraint.RAMP);
  }

  @Test
  void aFallIsNeverLimitedAndNaNMeansNothing() {
    HardLimits hard = new HardLimits(1.0);
    ChargeLimits limits = limits(15, 1e9, 0.1, 0.8);
    assertThat(hard.apply(1, belief(0, 15, 3.6, 298, 0.1, 0.1), limits)).isEqualTo(1.0);
    assertThat(hard.apply(Double.NaN, belief(0, 15, 3.6, 298, 0.1, 0.1), limits)).isZero();
    assertThat(hard.apply(1, belief(0, Double.NaN, 3.6, 298, 0.1, 0.1), limits)).isEqualTo(0.1);
    assertThat(hard.apply(1, belief(0, 1, Double.NaN, 298, 0.1, 0.1), limits(15, 20, 9, 0.8)))
        .isZero();
  }
}
