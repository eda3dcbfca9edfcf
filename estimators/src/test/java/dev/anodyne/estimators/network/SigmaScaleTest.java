package dev.anodyne.estimators.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class SigmaScaleTest {
  /** 1 mV counts as 1.2 mV, 4 mV as 10 mV, 16 mV as 32 mV. */
  private static final SigmaScale SCALE =
      new SigmaScale(
          new double[] {Math.log(0.001), Math.log(0.004), Math.log(0.016)},
          new double[] {Math.log(1.2), Math.log(2.5), Math.log(2.0)});

  @Test
  void scalesAtTheKnotsAndBeyondThem() {
    assertThat(SCALE.apply(0.001)).isCloseTo(0.0012, within(1e-12));
    assertThat(SCALE.apply(0.004)).isCloseTo(0.010, within(1e-12));
    assertThat(SCALE.apply(0.0005)).isCloseTo(0.0006, within(1e-12));
    assertThat(SCALE.apply(0.100)).isCloseTo(0.200, within(1e-12));
    assertThat(SCALE.apply(0.002)).isCloseTo(0.002 * Math.sqrt(1.2 * 2.5), within(1e-12));
    assertThat(SigmaScale.NONE.apply(0.003)).isEqualTo(0.003);
  }

  /** A battery that looks a little worse must never get a bound that is much or at all nearer. */
  @Property(tries = 500)
  void neverJumpsAndNeverFalls(
      @ForAll @Scale(6) @DoubleRange(min = 1e-5, max = 0.3) double sigma,
      @ForAll @Scale(6) @DoubleRange(min = 0.0, max = 1e-3) double more) {
    double before = SCALE.apply(sigma);
    double after = SCALE.apply(sigma * (1.0 + more));
    // Between knots the logarithm rises by at most ln(10/1.2)/ln(4) = 1.53 of σ's own.
    assertThat(after).isBetween(before * (1.0 - 1e-12), before * (1.0 + 1.6 * more + 1e-12));
  }

  @Test
  void refusesWhatWouldNarrowBoundsOfLessSureAnswers() {
    assertThatThrownBy(() -> new SigmaScale(new double[] {-7.0, -6.0}, new double[] {1.5, 0.0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be finite and ascend");
    assertThatThrownBy(() -> new SigmaScale(new double[] {-7.0}, new double[0]))
        .hasMessageContaining("as many factors as knots");
    assertThatThrownBy(() -> new SigmaScale(new double[] {-7.0}, new double[] {Double.NaN}))
        .hasMessageContaining("must be finite");
  }
}
