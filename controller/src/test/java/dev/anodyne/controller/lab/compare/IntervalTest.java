package dev.anodyne.controller.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Intervals against values from tables. */
class IntervalTest {
  @Test
  void meanOfFiveByStudentsT() {
    Interval mean = Interval.mean(new double[] {1, 2, 3, 4, 5});

    // s = 1.5811, t(0.975, 4) = 2.7764 (any table): half width 2.7764 · 1.5811 / √5 = 1.9632.
    assertThat(mean.value()).isEqualTo(3);
    assertThat(mean.low()).isCloseTo(3 - 1.9632, within(1e-4));
    assertThat(mean.high()).isCloseTo(3 + 1.9632, within(1e-4));
  }

  @Test
  void shareByClopperAndPearson() {
    // 0 of n: 1 − 0.025^(1/n), the "rule of three" made exact.
    Interval none = Interval.share(0, 1000);
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(1 - Math.pow(0.025, 1.0 / 1000), within(1e-9));
    // 5 of 20: 0.0866 to 0.4910 (Clopper and Pearson's table).
    Interval some = Interval.share(5, 20);
    assertThat(some.value()).isEqualTo(0.25);
    assertThat(some.low()).isCloseTo(0.0866, within(5e-5));
    assertThat(some.high()).isCloseTo(0.4910, within(5e-5));
    assertThat(Interval.share(4, 4).high()).isEqualTo(1);
  }

  @Test
  void medianByOrderStatistics() {
    double[] ten = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();
    Interval median = Interval.median(ten);

    assertThat(median.value()).isEqualTo(5.5);
    // The second smallest and largest of ten: 97.9 % (the third would be 89 %).
    assertThat(median.low()).isEqualTo(2);
    assertThat(median.high()).isEqualTo(9);
    // Five values hold the median between them with 93.75 % only: no interval.
    assertThat(Interval.median(new double[] {1, 2, 3, 4, 5}).hasEnds()).isFalse();
    assertThat(Interval.median(new double[] {1, 2, 3, 4, 5, 6}).low()).isEqualTo(1);
  }

  @Test
  void nothingIsSaidAboutNothing() {
    assertThat(Interval.mean(new double[0])).isEqualTo(Interval.NONE);
    assertThat(Interval.median(new double[0])).isEqualTo(Interval.NONE);
    assertThat(Interval.share(0, 0)).isEqualTo(Interval.NONE);
    assertThat(Interval.mean(new double[] {7}).hasEnds()).isFalse();
  }
}
