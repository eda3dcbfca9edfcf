package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("It measures times.")
class DigitalTwinTest {
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final CurrentCommand NONE = CurrentCommand.zero(0L);

  private static DigitalTwin twin(EstimatorOptions options) {
    return (DigitalTwin) Estimators.create("physics", CELL, PackLayout.SINGLE_CELL, options);
  }

  @Test
  void findsStateOfChargeFromTheFirstRestVoltage() {
    for (double soc : new double[] {0.05, 0.1, 0.3, 0.5, 0.8}) {
      SimulatedCell cell = new SimulatedCell(CELL, soc, 298.15, 1L);
      CellEstimate e = twin(EstimatorOptions.DEFAULT).update(cell.step(0.0, 1.0), NONE);
      assertThat(e.valid()).isTrue();
      // 1 mV of noise on at least 0.5 V of slope: 3 sigma are 0.6 %.
      assertThat(e.soc()).isCloseTo(soc, within(0.01));
    }
  }

  @Test
  void findsStateOfChargeUnderLoadWithinAMinute() {
    for (double soc : new double[] {0.05, 0.2, 0.45}) {
      SimulatedCell cell = new SimulatedCell(CELL, soc, 298.15, 2L);
      DigitalTwin twin = twin(EstimatorOptions.DEFAULT);
      CellEstimate e = null;
      for (int s = 0; s < 60; s++) {
        e = twin.update(cell.step(5.0, 1.0), NONE);
      }
      // The stated figure for a fresh cell.
      assertThat(e.soc()).isCloseTo(cell.truth.soc, within(0.02));
    }
  }

  @Test
  void convergesFromAWrongGivenStateOfCharge() {
    SimulatedCell cell = new SimulatedCell(CELL, 0.30, 298.15, 3L);
    DigitalTwin twin = twin(EstimatorOptions.DEFAULT.withInitialSoc(0.25));
    CellEstimate e = null;
    for (int s = 0; s < 300; s++) {
      e = twin.update(cell.step(5.0, 1.0), NONE);
    }
    assertThat(e.soc()).isCloseTo(cell.truth.soc, within(0.02));
    assertThat(e.anodePotentialVolts()).isCloseTo(cell.truth.anodePotentialVolts, within(0.004));
  }

  @Test
  void tracksAnOrdinaryCellToFourMillivolts() {
    CellVariation other = new CellVariation(0.99, 1e-3, 0.96, 1.04, 0.96, 1.04, 1, 1, 0, 0, 0, 1);
    SimulatedCell cell = new SimulatedCell(CELL.with(other), 0.1, 298.15, 4L);
    DigitalTwin twin = twin(EstimatorOptions.DEFAULT);
    double squares = 0.0;
    int n = 0;
    for (int s = 0; s < 1800; s++) {
      double amps = s < 5 ? 0.0 : s < 600 ? 7.5 : s < 660 ? 0.0 : 5.0;
      CellEstimate e = twin.update(cell.step(amps, 1.0), NONE);
      assertThat(e.valid()).isTrue();
      if (s > 60) {
        double error = e.anodePotentialVolts() - cell.truth.anodePotentialVolts;
        squares += error * error;
        n++;
        assertThat(e.anodePotentialLowerBoundVolts())
            .isLessThanOrEqualTo(cell.truth.anodePotentialVolts);
      }
    }
    double rmse = Math.sqrt(squares / n);
    System.out.printf(Locale.ROOT, "physics, cell off by one sigma: RMSE %.2f mV%n", 1e3 * rmse);
    // One standard deviation in rate and diffusivity costs about 2 mV each at 1.5C.
    assertThat(rmse).isLessThan(0.004);
  }

  @Test
  void samplesThatCannotBeUsedGiveNoNumberAndDoNoHarm() {
    SimulatedCell cell = new SimulatedCell(CELL, 0.2, 298.15, 5L);
    DigitalTwin twin = twin(EstimatorOptions.DEFAULT);
    run(cell, twin, 120, 5.0);
    Measurement good = cell.step(5.0, 1.0);
    assertNoNumber(twin.update(good.withQuality(Quality.BAD), NONE));
    assertNoNumber(twin.update(good.withQuality(Quality.UNCERTAIN), NONE));
    long t = good.timeNanos();
    assertNoNumber(twin.update(Measurement.ofCell(t, Double.NaN, 3.8, 298.0, Quality.GOOD), NONE));
    assertNoNumber(
        twin.update(
            Measurement.ofCell(t, 5.0, Double.POSITIVE_INFINITY, 298.0, Quality.GOOD), NONE));
    assertNoNumber(twin.update(Measurement.ofCell(t, 5.0, 0.0, 298.0, Quality.GOOD), NONE));
    assertNoNumber(twin.update(Measurement.ofCell(t, 5.0, 3.8, 25.0, Quality.GOOD), NONE));
    CellEstimate after = twin.update(good, NONE);
    assertThat(after.valid()).isTrue();
    assertThat(after.anodePotentialVolts())
        .isCloseTo(cell.truth.anodePotentialVolts, within(0.004));
  }

  @Test
  void aSampleFromThePastIsRefusedAndTheSameInstantTeachesNothing() {
    SimulatedCell cell = new SimulatedCell(CELL, 0.2, 298.15, 6L);
    DigitalTwin twin = twin(EstimatorOptions.DEFAULT);
    run(cell, twin, 30, 5.0);
    Measurement m = cell.step(5.0, 1.0);
    CellEstimate first = twin.update(m, NONE);
    assertThat(twin.update(m, NONE)).isEqualTo(first);
    assertNoNumber(
        twin.update(
            Measurement.ofCell(m.timeNanos() - 5_000_000_000L, 5.0, 3.7, 298.0, Quality.GOOD),
            NONE));
    assertThat(twin.update(cell.step(5.0, 1.0), NONE).valid()).isTrue();
  }

  @Test
  void aGapIsBridgedAndFlaggedThenForgotten() {
    SimulatedCell cell = new SimulatedCell(CELL, 0.2, 298.15, 7L);
    DigitalTwin twin = twin(EstimatorOptions.DEFAULT);
    run(cell, twin, 120, 5.0);
    for (int s = 0; s < 40; s++) {
      cell.step(5.0, 1.0);
    }
    CellEstimate after = twin.update(cell.step(5.0, 1.0), NONE);
    assertThat(after.valid()).isTrue();
    assertThat(after.inRange()).isFalse();
    assertThat(after.anodePotentialVolts() - after.anodePotentialLowerBoundVolts())
        .isGreaterThan(0.005);
    CellEstimate later = run(cell, twin, 60, 5.0);
    assertThat(later.inRange()).isTrue();
    assertThat(later.anodePotentialVolts())
        .isCloseTo(cell.truth.anodePotentialVolts, within(0.004));
  }

  @Test
  void aLongInterruptionStartsAnew() {
    SimulatedCell cell = new SimulatedCell(CELL, 0.2, 298.15, 8L);
    DigitalTwin twin = twin(EstimatorOptions.DEFAULT);
    run(cell, twin, 60, 5.0);
    for (int s = 0; s < 12; s++) {
      cell.step(2.0, 60.0);
    }
    cell.step(0.0, 3600.0);
    CellEstimate e = twin.update(cell.step(0.0, 1.0), NONE);
    assertThat(e.valid()).isTrue();
    assertThat(e.soc()).isCloseTo(cell.truth.soc, within(0.01));
  }

  @Test
  void garbageNeverBecomesASilentNumber() {
    // One sample in seven starts under load anew, which costs 25 ms.
    garbageNeverBecomesASilentNumber(400, 0.01, 66);
  }

  /** Voltages 0.3 V apart under currents that do not ask for it: hardly a sample can be used. */
  @Test
  void garbageOfAllSizesNeverBecomesASilentNumber() {
    garbageNeverBecomesASilentNumber(400, 1, 0);
  }

  @Test
  @Tag("slow")
  void muchGarbageNeverBecomesASilentNumber() {
    garbageNeverBecomesASilentNumber(3000, 0.01, 500);
    garbageNeverBecomesASilentNumber(3000, 1, 0);
  }

  /**
   * @param scatter of what is not garbage: at 1 it contradicts itself nearly always, and is refused
   *     nearly always; at 0.01 it is sound, so that a share has to be used
   * @param used samples that must be used at least
   */
  private static void garbageNeverBecomesASilentNumber(int samples, double scatter, int used) {
    for (String name : new String[] {"physics", "augmented", "learned", "informed"}) {
      RandomGenerator random = SeededRandom.of(12L);
      StateEstimator estimator =
          Estimators.create(name, CELL, new PackLayout(4, 1), EstimatorOptions.DEFAULT);
      long t = 0;
      int valid = 0;
      for (int i = 0; i < samples; i++) {
        t += (long) (Math.pow(10.0, 4.0 * random.nextDouble() - 1.0) * 1e9) - 500_000_000L;
        double v = wild(random, 3.7, 0.3 * scatter);
        double kelvin = wild(random, 298.0, 15.0 * scatter);
        CellEstimate e =
            estimator.update(
                new Measurement(
                    t,
                    wild(random, 3.0, 8.0 * scatter),
                    4 * v,
                    kelvin,
                    v - 0.01,
                    v,
                    kelvin,
                    kelvin + 1,
                    random.nextDouble() < 0.1 ? Quality.BAD : Quality.GOOD),
                NONE);
        if (e.valid()) {
          valid++;
          assertThat(e.anodePotentialVolts()).isFinite();
          assertThat(e.anodePotentialLowerBoundVolts())
              .isFinite()
              .isLessThanOrEqualTo(e.anodePotentialVolts() + 0.01);
          assertThat(e.soc()).isBetween(0.0, 1.0);
          assertThat(e.anodeSurfaceStoichiometry()).isBetween(0.0, 1.0);
          assertThat(e.voltageBiasVolts()).isFinite();
        } else {
          assertThat(e.anodePotentialLowerBoundVolts()).isNaN();
        }
      }
      assertThat(valid).as(name).isGreaterThanOrEqualTo(used);
    }
  }

  /** Mostly plausible, sometimes anything. */
  private static double wild(RandomGenerator random, double middle, double spread) {
    double u = random.nextDouble();
    if (u < 0.02) {
      return Double.NaN;
    }
    if (u < 0.04) {
      return Double.POSITIVE_INFINITY;
    }
    if (u < 0.06) {
      return 1e9 * random.nextGaussian();
    }
    return middle + spread * random.nextGaussian();
  }

  @Test
  void sameSamplesGiveTheSameEstimatesBitForBit() {
    CellEstimate a = runFresh();
    CellEstimate b = runFresh();
    assertThat(Double.doubleToLongBits(a.anodePotentialVolts()))
        .isEqualTo(Double.doubleToLongBits(b.anodePotentialVolts()));
    assertThat(a.anodePotentialLowerBoundVolts()).isEqualTo(b.anodePotentialLowerBoundVolts());
    assertThat(a.twinState().values()).isEqualTo(b.twinState().values());
  }

  @Test
  void updateIsQuickAndAllocatesOnlyTheEstimate() {
    SimulatedCell cell = new SimulatedCell(CELL, 0.1, 298.15, 9L);
    Measurement[] samples = new Measurement[1500];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = cell.step(i < 5 ? 0.0 : 6.0, 1.0);
    }
    DigitalTwin warm = twin(EstimatorOptions.DEFAULT);
    for (Measurement m : samples) {
      warm.update(m, NONE);
    }
    DigitalTwin twin = twin(EstimatorOptions.DEFAULT);
    twin.update(samples[0], NONE);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long[] nanos = new long[samples.length - 1];
    long before = threads.getThreadAllocatedBytes(id);
    for (int i = 1; i < samples.length; i++) {
      long start = System.nanoTime();
      twin.update(samples[i], NONE);
      nanos[i - 1] = System.nanoTime() - start;
    }
    long bytes = (threads.getThreadAllocatedBytes(id) - before) / nanos.length;
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "twin update: p50 %d us, p99 %d us, max %d us, %d bytes%n",
        nanos[nanos.length / 2] / 1000,
        nanos[(int) (nanos.length * 0.99)] / 1000,
        nanos[nanos.length - 1] / 1000,
        bytes);
    // An estimate is 128 bytes; anything per-node would be thousands.
    assertThat(bytes).isLessThan(600);
    // A tenth of the loop's period is far above the goal, but sure on a busy machine.
    assertThat(nanos[nanos.length / 2]).isLessThan(20_000_000L);
  }

  private static CellEstimate runFresh() {
    return run(
        new SimulatedCell(CELL, 0.15, 298.15, 10L), twin(EstimatorOptions.DEFAULT), 200, 6.0);
  }

  private static CellEstimate run(SimulatedCell cell, DigitalTwin twin, int seconds, double amps) {
    CellEstimate e = twin.nothingYet();
    for (int s = 0; s < seconds; s++) {
      e = twin.update(cell.step(amps, 1.0), NONE);
    }
    return e;
  }

  private static void assertNoNumber(CellEstimate e) {
    assertThat(e.valid()).isFalse();
    assertThat(e.inRange()).isFalse();
    assertThat(e.anodePotentialVolts()).isNaN();
    assertThat(e.anodePotentialLowerBoundVolts()).isNaN();
    assertThat(e.soc()).isNaN();
  }
}
