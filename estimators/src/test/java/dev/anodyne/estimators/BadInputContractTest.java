package dev.anodyne.estimators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.twin.SimulatedPack;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every estimator must do with what sensors, wiring and clocks get wrong. */
class BadInputContractTest {
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final PackLayout FOUR = new PackLayout(4, 1);
  private static final CurrentCommand NONE = CurrentCommand.zero(0);

  /** Under load, and at rest just before the load begins. */
  private static final int[] ONSETS = {200, 32};

  /** What is hidden as long as the battery rests. */
  private static final Set<Fault> AT_REST =
      EnumSet.of(
          Fault.FROZEN_VOLTAGE,
          Fault.FROZEN_COARSE_VOLTAGE,
          Fault.FROZEN_ALL,
          Fault.CURRENT_STUCK_AT_ZERO,
          Fault.CURRENT_SIGN_FLIPPED,
          Fault.MILLIAMPS);

  private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);
  private static final int FAULT_SECONDS = 60;
  private static final int AFTER_SECONDS = 420;

  /** A battery whose sensors contradicted each other is believed again once it rests. */
  private static final int RECOVERY_SECONDS = 300;

  static Stream<String> names() {
    return Estimators.NAMES.stream();
  }

  @Test
  void noFaultBecomesASilentNumberAndEveryOneIsOvercome() {
    checkFaults("physics", 1, 298.15, 3L, ALL, false);
  }

  /** They take the same samples from the same gate; what is theirs is to keep, flag and restart. */
  @ParameterizedTest
  @ValueSource(strings = {"augmented", "learned", "informed"})
  void networksNeitherMakeOne(String name) {
    checkFaults(
        name,
        1,
        298.15,
        3L,
        EnumSet.of(Fault.SPIKE_UP, Fault.FROZEN_VOLTAGE, Fault.CURRENT_SIGN_FLIPPED, Fault.MISSING),
        false);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("names")
  void packsAndColdCellsToo(String name) {
    checkFaults(name, 1, 298.15, 3L, ALL, true);
    for (long seed = 11; seed < 14; seed++) {
      checkFaults(name, 4, 298.15, seed, ALL, true);
      checkFaults(name, 1, 278.15, seed, ALL, true);
      checkFaults(name, 1, 313.15, seed, ALL, true);
    }
  }

  private static void checkFaults(
      String name, int series, double kelvin, long seed, Set<Fault> faults, boolean slow) {
    SoftAssertions softly = new SoftAssertions();
    for (int onset : ONSETS) {
      FaultRun sound = run(name, Fault.NONE, series, kelvin, seed, onset);
      softly.assertThat(sound.refused).as("%s, no fault: %s", name, sound).isZero();
      for (Fault fault : faults) {
        if (onset == ONSETS[1] && !slow && !AT_REST.contains(fault)) {
          continue;
        }
        if (fault == Fault.EXTREMES_SWAPPED && series == 1) {
          continue; // One cell is its own extreme.
        }
        FaultRun run = run(name, fault, series, kelvin, seed, onset);
        String what = name + ", " + fault + " from " + onset + " s: " + run;
        softly.assertThat(run.silent).as(what).isLessThanOrEqualTo(sound.silent);
        softly.assertThat(run.recoverySeconds).as(what).isLessThanOrEqualTo(RECOVERY_SECONDS);
      }
    }
    softly.assertAll();
  }

  private static FaultRun run(
      String name, Fault fault, int series, double kelvin, long seed, int onset) {
    return FaultRun.of(
        name, fault, CELL, series, kelvin, seed, onset, onset + FAULT_SECONDS, AFTER_SECONDS);
  }

  @ParameterizedTest
  @MethodSource("names")
  void noFieldMayBeAnythingButANumber(String name) {
    double[] broken = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    SimulatedPack pack = new SimulatedPack(CELL, 4, 0.3, 298.15, 5L);
    StateEstimator estimator = Estimators.create(name, CELL, FOUR, EstimatorOptions.DEFAULT);
    // Before anything is known, too.
    for (int known = 0; known < 2; known++) {
      Measurement good = pack.step(5.0, 1.0);
      for (int field = 0; field < 7; field++) {
        for (double value : broken) {
          assertNoNumber(estimator.update(with(good, field, value), NONE));
        }
      }
      assertThat(estimator.update(good, NONE).valid()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void gapsAreBridgedAndFlagged(String name) {
    for (int gap : new int[] {6, 30, 120, 290, 310, 600}) {
      SimulatedPack pack = new SimulatedPack(CELL, 1, 0.2, 298.15, 6L);
      StateEstimator estimator =
          Estimators.create(name, CELL, pack.layout, EstimatorOptions.DEFAULT);
      for (int t = 0; t < 120; t++) {
        estimator.update(pack.step(t < 10 ? 0 : 4.0, 1.0), NONE);
      }
      for (int t = 1; t < gap; t++) {
        pack.step(4.0, 1.0);
      }
      CellEstimate e = estimator.update(pack.step(4.0, 1.0), NONE);
      assertThat(e.valid()).as("%s after %d s", name, gap).isTrue();
      assertThat(e.inRange()).as("%s after %d s", name, gap).isFalse();
      assertThat(e.anodePotentialLowerBoundVolts())
          .as("%s after %d s", name, gap)
          .isLessThan(pack.anodePotentialVolts());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSlowerStreamOfSamplesIsNoFault(String name) {
    SimulatedPack pack = new SimulatedPack(CELL, 1, 0.2, 298.15, 7L);
    StateEstimator estimator = Estimators.create(name, CELL, pack.layout, EstimatorOptions.DEFAULT);
    for (int t = 0; t < 120; t++) {
      estimator.update(pack.step(t < 10 ? 0 : 4.0, 1.0), NONE);
    }
    CellEstimate e = null;
    for (int t = 0; t < 12; t++) {
      e = estimator.update(pack.step(4.0, 10.0), NONE);
      assertThat(e.valid()).isTrue();
    }
    assertThat(e.inRange()).isTrue();
    assertThat(e.anodePotentialLowerBoundVolts()).isLessThan(pack.anodePotentialVolts());
  }

  private static void assertNoNumber(CellEstimate e) {
    assertThat(e.valid()).isFalse();
    assertThat(e.inRange()).isFalse();
    assertThat(e.soc()).isNaN();
    assertThat(e.anodePotentialVolts()).isNaN();
    assertThat(e.anodePotentialLowerBoundVolts()).isNaN();
  }

  private static Measurement with(Measurement m, int field, double value) {
    double[] v = {
      m.chargeCurrentAmps(),
      m.voltageVolts(),
      m.surfaceTemperatureKelvin(),
      m.minCellVoltageVolts(),
      m.maxCellVoltageVolts(),
      m.minCellTemperatureKelvin(),
      m.maxCellTemperatureKelvin()
    };
    v[field] = value;
    return new Measurement(m.timeNanos(), v[0], v[1], v[2], v[3], v[4], v[5], v[6], Quality.GOOD);
  }
}
