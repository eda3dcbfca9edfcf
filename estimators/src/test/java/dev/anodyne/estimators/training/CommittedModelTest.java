package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The committed models in the loop: a pack finer than any in training is charged so that the bound
 * itself is held at 0 V, which is what a controller does with it. The truth must stay above.
 */
@Isolated("It measures times.")
class CommittedModelTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");

  /**
   * How far ahead the law looks. At 6 s it overshot its own bound by 3 mV a minute after the start
   * of one pack in 200 (seed 10094, augmented: a cell that is 0.6 % further charged and slower,
   * with the most volts and the lowest anode potential), which took the truth to −0.7 mV with the
   * bound at −2.9 mV.
   */
  private static final double LOOK_AHEAD_SECONDS = 12;

  /** A charge whose current holds an estimator's bound at 0 V. */
  private record Ride(
      double lowestTruth, double lowestGap, double rmse, double medianGap, double seconds) {}

  private static Ride ride(String name, int series, long seed) {
    SplittableGenerator random = SeededRandom.of(seed);
    CellParameters cooled = CELL.withHeatTransfer(40);
    TrainingPack pack =
        new TrainingPack(
            cooled,
            CellVariation.NONE,
            P2dOptions.PLANT,
            series,
            0.1,
            298.15,
            SensorErrors.STANDARD,
            random);
    StateEstimator estimator =
        Estimators.create(
            name, CELL, new PackLayout(series, 1), EstimatorOptions.DEFAULT.withHeatTransfer(40));
    double rate = 0.0;
    double lowest = Double.POSITIVE_INFINITY;
    double lowestGap = Double.POSITIVE_INFINITY;
    double lastBound = 0.0;
    double slope = 0.0;
    double squares = 0.0;
    int n = 0;
    List<Double> gaps = new ArrayList<>();
    int second = 0;
    while (pack.meanSoc() < 0.8 || second < 10) {
      second++;
      assertThat(pack.step(rate * 5.0, 1.0, 298.15)).isTrue();
      P2dOutputs truth = pack.weakest();
      lowest = Math.min(lowest, truth.anodePotentialVolts);
      Measurement m = pack.read(second * 1_000_000_000L);
      CellEstimate e = estimator.update(m, CurrentCommand.zero(0L));
      assertThat(e.valid()).isTrue();
      double error = e.anodePotentialVolts() - truth.anodePotentialVolts;
      if (second > 60) {
        squares += error * error;
        n++;
        if (truth.anodePotentialVolts < 0.03) {
          gaps.add(truth.anodePotentialVolts - e.anodePotentialLowerBoundVolts());
        }
      }
      double bound = e.anodePotentialLowerBoundVolts();
      if (truth.anodePotentialVolts < 0.03) {
        lowestGap = Math.min(lowestGap, truth.anodePotentialVolts - bound);
      }
      // A look ahead on the filtered trend keeps this simple law from overshooting, so that a
      // failure is the bound's.
      slope += 0.25 * (bound - lastBound - slope);
      double ahead = bound + LOOK_AHEAD_SECONDS * Math.min(slope + 0.0003, 0.0);
      lastBound = bound;
      double change = Math.min(Math.max(4.0 * ahead, -0.5), 0.1);
      double room = (4.2 - pack.maxVoltageVolts()) / 0.15;
      rate = second < 5 ? 0.0 : Math.min(Math.min(rate + change, 3.0), rate + 0.5 * room);
      rate = Math.max(rate, 0.0);
      assertThat(second).as("the charge ends").isLessThan(6000);
    }
    Collections.sort(gaps);
    double gap = gaps.isEmpty() ? Double.NaN : gaps.get(gaps.size() / 2);
    return new Ride(lowest, lowestGap, Math.sqrt(squares / n), gap, second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"physics", "augmented"})
  void holdingTheBoundAtZeroNeverTakesTheTruthBelow(String name) {
    double squares = 0.0;
    double gaps = 0.0;
    double seconds = 0.0;
    double lowest = Double.POSITIVE_INFINITY;
    double lowestGap = Double.POSITIVE_INFINITY;
    int sessions = 8;
    for (int i = 0; i < sessions; i++) {
      Ride ride = ride(name, 4, 700 + i);
      squares += ride.rmse * ride.rmse / sessions;
      gaps += ride.medianGap / sessions;
      seconds += ride.seconds / sessions;
      lowest = Math.min(lowest, ride.lowestTruth);
      lowestGap = Math.min(lowestGap, ride.lowestGap);
    }
    System.out.printf(
        Locale.ROOT,
        "%s holding its bound at 0 V, %d packs of 4s1p: RMSE %.2f mV, gap %.1f mV (lowest %.1f),"
            + " lowest truth %.1f mV, %.1f min%n",
        name,
        sessions,
        1e3 * Math.sqrt(squares),
        1e3 * gaps,
        1e3 * lowestGap,
        1e3 * lowest,
        seconds / 60);
    assertThat(lowestGap).isPositive();
    assertThat(lowest).isPositive();
    // Goal 3 mV for packs that differ from the model.
    assertThat(Math.sqrt(squares)).isLessThan(0.003);
    // Every millivolt costs about 1 % of time; 15 mV is the most that leaves 30 % to gain.
    assertThat(gaps).isLessThan(0.012);
  }

  @Test
  void networkUpdateIsQuick() {
    SplittableGenerator random = SeededRandom.of(5L);
    TrainingPack pack =
        new TrainingPack(
            CELL.withHeatTransfer(40),
            CellVariation.NONE,
            P2dOptions.CONTROL,
            1,
            0.1,
            298.15,
            SensorErrors.STANDARD,
            random);
    StateEstimator estimator =
        Estimators.create("augmented", CELL, PackLayout.SINGLE_CELL, EstimatorOptions.DEFAULT);
    long[] nanos = new long[2000];
    for (int i = 0; i < 3000; i++) {
      assertThat(pack.step(i < 5 ? 0.0 : 4.0, 1.0, 298.15)).isTrue();
      Measurement m = pack.read((i + 1) * 1_000_000_000L);
      long start = System.nanoTime();
      estimator.update(m, CurrentCommand.zero(0L));
      if (i >= 1000) {
        nanos[i - 1000] = System.nanoTime() - start;
      }
    }
    java.util.Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "augmented update: p50 %d us, p99 %d us%n",
        nanos[1000] / 1000,
        nanos[1980] / 1000);
    // Far above the goal of 300 us for p99, so that a busy machine does not fail it.
    assertThat(nanos[1000]).isLessThan(10_000_000L);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"physics", "augmented"})
  void twoHundredPacksHoldingTheBoundAtZero(String name) {
    int broken = 0;
    double lowest = Double.POSITIVE_INFINITY;
    List<Double> gaps = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Ride ride = ride(name, 4, 10_000 + i);
      broken += ride.lowestGap < 0.0 ? 1 : 0;
      if (ride.lowestGap >= 0.0) {
        // Where the bound holds, holding it at 0 V is safe.
        assertThat(ride.lowestTruth).as("pack " + i).isPositive();
      }
      lowest = Math.min(lowest, ride.lowestTruth);
      gaps.add(ride.medianGap);
    }
    Collections.sort(gaps);
    System.out.printf(
        Locale.ROOT,
        "%s: %d of 200 packs broke the bound, lowest truth %.2f mV, median gap %.1f mV%n",
        name,
        broken,
        1e3 * lowest,
        1e3 * gaps.get(100));
    // Made for 99.5 % of sessions: one expected in 200; five would happen once in 300.
    assertThat(broken).isLessThanOrEqualTo(4);
  }
}
