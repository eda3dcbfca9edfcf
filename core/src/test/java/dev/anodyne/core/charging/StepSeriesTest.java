package dev.anodyne.core.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class StepSeriesTest {
  private static final StepSeries PRICES =
      StepSeries.of(new double[] {10, 20, 40}, new double[] {1, 5, 2}, 3);

  @Test
  void holdsEachValueFromItsTimeToTheNext() {
    assertThat(PRICES.at(9.999)).isEqualTo(3);
    assertThat(PRICES.at(10)).isEqualTo(1);
    assertThat(PRICES.at(19.999)).isEqualTo(1);
    assertThat(PRICES.at(20)).isEqualTo(5);
    assertThat(PRICES.at(1e9)).isEqualTo(2);
    assertThat(PRICES.nextChangeAfter(10)).isEqualTo(20);
    assertThat(PRICES.nextChangeAfter(40)).isInfinite();
  }

  @Test
  void meanIsWeightedByDuration() {
    // 5 s of 3, 10 s of 1, 15 s of 5.
    assertThat(PRICES.mean(5, 35)).isCloseTo((15 + 10 + 75) / 30.0, within(1e-12));
    assertThat(PRICES.mean(20, 20)).isEqualTo(5);
  }

  @Test
  void minimumCountsBothEnds() {
    assertThat(PRICES.min(0, 9)).isEqualTo(3);
    assertThat(PRICES.min(0, 10)).isEqualTo(1);
    assertThat(PRICES.min(20, 39)).isEqualTo(5);
    assertThat(PRICES.min(20, 400)).isEqualTo(2);
    assertThat(StepSeries.constant(7).min(0, Double.POSITIVE_INFINITY)).isEqualTo(7);
  }

  @Test
  void refusesWhatIsNoSeriesInOneLine() {
    assertThatThrownBy(() -> StepSeries.of(new double[] {0, 0}, new double[] {1, 2}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Time 2 of a series of steps is 0.0 s; times must be finite and ascend.");
    assertThatThrownBy(() -> StepSeries.of(new double[] {0}, new double[] {Double.NaN}, 0))
        .hasMessageStartingWith("Value 1 of a series of steps is not a number");
    assertThatThrownBy(() -> StepSeries.of(new double[] {0, 1}, new double[] {1}, 0))
        .hasMessageContaining("2 times and 1 values");
  }

  @Property(tries = 200)
  void meanLiesBetweenExtremes(
      @ForAll @Size(min = 1, max = 8) double[] raw,
      @ForAll @DoubleRange(min = -5, max = 20) double from,
      @ForAll @DoubleRange(min = 0, max = 20) double length) {
    double[] values = Arrays.stream(raw).map(Math::sin).map(v -> Double.isNaN(v) ? 0 : v).toArray();
    double[] times = new double[values.length];
    Arrays.setAll(times, i -> 2.0 * i);
    StepSeries series = StepSeries.of(times, values, 0.5);
    double mean = series.mean(from, from + length);
    assertThat(mean).isGreaterThanOrEqualTo(series.min(from, from + length) - 1e-12);
    assertThat(mean)
        .isLessThanOrEqualTo(Math.max(0.5, Arrays.stream(values).max().orElse(0)) + 1e-12);
  }
}
