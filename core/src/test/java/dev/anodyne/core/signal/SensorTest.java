package dev.anodyne.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class SensorTest {
  private static final long SECOND = 1_000_000_000L;

  private static Sensor sensor(SensorModel model, long seed) {
    return new Sensor(model, SeededRandom.of(seed));
  }

  @Test
  void aPerfectSensorReadsTheTruth() {
    Sensor sensor = sensor(SensorModel.PERFECT, 1);
    assertThat(sensor.read(3.7, 0)).isEqualTo(3.7);
    assertThat(sensor.read(-12.5, SECOND)).isEqualTo(-12.5);
  }

  @Test
  void noiseHasTheStatedMeanAndDeviation() {
    Sensor sensor = sensor(SensorErrors.STANDARD.voltage(), 42);
    int n = 40_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double error = sensor.read(4.0, i * SECOND) - 4.0;
      sum += error;
      squares += error * error;
    }
    // Standard error of the mean is 1 mV/√n = 5 µV, of the deviation 1 mV/√(2n) = 3.5 µV: 4 of
    // each.
    assertThat(sum / n).isCloseTo(0.0, within(20e-6));
    assertThat(Math.sqrt(squares / n)).isCloseTo(1e-3, within(14e-6));
  }

  @Test
  void relativeNoiseFollowsTheReading() {
    Sensor sensor = sensor(SensorErrors.STANDARD.current(), 7);
    assertThat(sensor.read(0.0, 0)).isEqualTo(0.0);
    int n = 20_000;
    double squares = 0;
    for (int i = 1; i <= n; i++) {
      double error = sensor.read(-15.0, i * SECOND) + 15.0;
      squares += error * error;
    }
    // 0.1 % of 15 A; four standard errors of a deviation are 4/√(2n) = 2 %.
    assertThat(Math.sqrt(squares / n)).isCloseTo(15e-3, within(0.02 * 15e-3));
  }

  @Test
  void gainActsBeforeBiasAndResolutionLast() {
    SensorModel model = SensorModel.PERFECT.withGain(1.01).withBias(0.1).withResolution(0.25);
    // 1.01·10 + 0.1 = 10.2, nearest quarter 10.25
    assertThat(sensor(model, 1).read(10.0, 0)).isEqualTo(10.25);
  }

  @Test
  void lagAnswersAStepExponentially() {
    Sensor sensor = sensor(SensorModel.PERFECT.withLagSeconds(2.0), 1);
    sensor.read(0.0, 0);
    double afterOne = sensor.read(1.0, SECOND);
    double afterTwo = sensor.read(1.0, 2 * SECOND);
    assertThat(afterOne).isCloseTo(1 - Math.exp(-0.5), within(1e-12)); // exact discretisation
    assertThat(afterTwo).isCloseTo(1 - Math.exp(-1.0), within(1e-12));
  }

  @Test
  void delayHandsOutValuesOfTheDeadTimeBefore() {
    Sensor sensor = sensor(SensorModel.PERFECT.withDelaySeconds(20.0), 1);
    for (int i = 0; i < 100; i++) { // longer than the ring starts out
      double expected = i < 20 ? 0.0 : i - 20;
      assertThat(sensor.read(i, i * SECOND)).as("reading at %d s", i).isEqualTo(expected);
    }
  }

  @Test
  void aStuckSensorHoldsItsLastReadingAndRecovers() {
    Sensor sensor = sensor(SensorModel.PERFECT, 1);
    sensor.read(3.5, 0);
    sensor.setModel(SensorModel.PERFECT.withStuck(true));
    assertThat(sensor.read(3.9, SECOND)).isEqualTo(3.5);
    sensor.setModel(SensorModel.PERFECT);
    assertThat(sensor.read(3.9, 2 * SECOND)).isEqualTo(3.9);
  }

  @Test
  void dropOutsLoseTheStatedShareAndLastAsLongAsStated() {
    Sensor single = sensor(SensorModel.PERFECT.withDropOut(0.1, 0.0), 5);
    int lost = 0;
    for (int i = 0; i < 20_000; i++) {
      lost += Double.isNaN(single.read(1.0, i * SECOND)) ? 1 : 0;
    }
    // binomial: standard deviation √(0.1·0.9/20000) = 0.2 %, four of them
    assertThat(lost / 20_000.0).isCloseTo(0.1, within(0.009));

    Sensor gap = sensor(SensorModel.PERFECT.withDropOut(1.0, 5.0), 5);
    assertThat(gap.read(1.0, 0)).isNaN();
    gap.setModel(SensorModel.PERFECT);
    assertThat(gap.read(1.0, 4 * SECOND)).isNaN();
    assertThat(gap.read(1.0, 5 * SECOND)).isEqualTo(1.0);
  }

  @Property(tries = 50)
  void equalSeedsReadEqualAndOthersDoNot(
      @ForAll long seed, @ForAll @DoubleRange(min = -10, max = 10) double truth) {
    SensorModel model = SensorErrors.STANDARD.temperature();
    Sensor a = sensor(model, seed);
    Sensor b = sensor(model, seed);
    Sensor other = sensor(model, seed + 1);
    boolean differs = false;
    for (int i = 0; i < 10; i++) {
      double first = a.read(truth, i);
      assertThat(b.read(truth, i)).isEqualTo(first);
      differs |= other.read(truth, i) != first;
    }
    assertThat(differs).isTrue();
  }

  @Test
  void aFaultDoesNotShiftTheNoiseThatFollows() {
    SensorModel model = SensorModel.PERFECT.withNoise(1.0);
    Sensor healthy = sensor(model, 3);
    Sensor faulty = sensor(model, 3);
    healthy.read(0, 0);
    faulty.setModel(model.withStuck(true).withDropOut(1.0, 0.0));
    faulty.read(0, 0);
    faulty.setModel(model);
    assertThat(faulty.read(0, SECOND)).isEqualTo(healthy.read(0, SECOND));
  }

  @Test
  void timeMayNotRunBackwards() {
    Sensor sensor = sensor(SensorModel.PERFECT, 1);
    sensor.read(1.0, SECOND);
    assertThatThrownBy(() -> sensor.read(1.0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backwards");
  }

  @Test
  void impossibleErrorsAreRefused() {
    assertThatThrownBy(() -> SensorModel.PERFECT.withNoise(-1))
        .hasMessageContaining("noise")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> SensorModel.PERFECT.withDropOut(1.5, 0))
        .hasMessageContaining("between 0 and 1");
  }
}
