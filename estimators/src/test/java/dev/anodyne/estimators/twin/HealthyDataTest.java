package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.twin.MeasurementGate.Verdict;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What sound sensors say of sound batteries is never refused and never doubted, however the battery
 * was used: a refusal stops a charge.
 */
class HealthyDataTest {
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final double AMP_HOURS = CELL.nominalCapacityAmpHours();
  private static final P2dModel MODEL = P2dModel.of(CELL, P2dOptions.CONTROL);

  /** As old as anodyne evaluate goes within its range, and slow: the largest answers to a load. */
  private static final CellVariation OLD =
      new CellVariation(1, 4e-3, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.1, 0.08, 0.08, 1);

  private static final SensorErrors COARSE =
      new SensorErrors(
          SensorErrors.STANDARD.voltage().withResolution(5e-3),
          SensorErrors.STANDARD.current().withResolution(0.05),
          SensorErrors.STANDARD.temperature().withResolution(1));

  /** Just off a drive, from the drive's last seconds on, then charged. */
  @ParameterizedTest
  @CsvSource({"25, -1.5, 0", "10, -1.7, 1", "0, -1, 10", "-10, -0.7, 60", "40, 1.2, 3"})
  void aChargeJustAfterADrive(double celsius, double rateBefore, int idleSeconds) {
    for (CellVariation age : new CellVariation[] {CellVariation.NONE, OLD}) {
      double rate = celsius < -5 ? 0.5 : celsius < 5 ? 1.0 : 1.5;
      SimulatedCell cell = cell(age, 0.6, celsius, SensorErrors.STANDARD, 3);
      for (int t = 0; t < 400; t++) {
        cell.step(rateBefore * AMP_HOURS * (rateBefore > 0 && t > 200 ? 0 : 1), 1);
      }
      check(
          cell,
          t -> t < 20 ? 0.5 * rateBefore : t < 20 + idleSeconds ? 0 : rate * (t < 500 ? 1 : 0.6),
          900,
          0);
    }
  }

  /** Ripple, read at single instants, that the cell does not answer; largest beside cold cells. */
  @ParameterizedTest
  @CsvSource({"-10, 0.4", "0, 0.8", "25, 2.5"})
  void pulsesFromAChargerWithRipple(double celsius, double rate) {
    for (CellVariation age : new CellVariation[] {CellVariation.NONE, OLD}) {
      SimulatedCell cell = cell(age, 0.3, celsius, SensorErrors.STANDARD, 4);
      check(cell, t -> t < 20 ? 0 : t % 90 < 60 ? rate : 0.02, 900, 0.03);
    }
  }

  @Test
  void aChargeFromEmpty() {
    for (CellVariation age : new CellVariation[] {CellVariation.NONE, OLD}) {
      check(
          cell(age, 0.02, 25, SensorErrors.STANDARD, 5), t -> t < 20 ? 0 : t < 200 ? 1 : 2, 600, 0);
    }
  }

  /** A charger that holds the voltage: it rightly stands still for many minutes. */
  @Test
  void aHeldVoltageReadCoarsely() {
    SimulatedCell cell = cell(CellVariation.NONE, 0.8, 25, COARSE, 6);
    double[] rate = {0};
    check(
        cell,
        t -> {
          double room = 4.2 - cell.truth.voltageVolts;
          rate[0] = t < 20 ? 0 : Math.min(1, Math.max(0, rate[0] + 5 * room));
          return rate[0];
        },
        1800,
        0);
    assertThat(rate[0]).as("held for long").isLessThan(0.6);
  }

  @Test
  void aRestReadCoarsely() {
    check(cell(CellVariation.NONE, 0.5, 25, COARSE, 7), t -> t < 1200 ? 0 : 1, 1500, 0);
  }

  /** The gate alone: what it says must not rest on what the twin believes. */
  private static void check(
      SimulatedCell cell, IntToDoubleFunction cRate, int seconds, double rippleRate) {
    RestVoltage rest = RestVoltage.of(MODEL);
    MeasurementGate gate =
        new MeasurementGate(
            AMP_HOURS, 4.2, 1.0, PackLayout.SINGLE_CELL, rest, LoadResistance.of(MODEL));
    for (int t = 0; t < seconds; t++) {
      double rate = cRate.applyAsDouble(t);
      Measurement m = cell.step(rate * AMP_HOURS, 1);
      // A beat of some seconds between ripple and sampling.
      double ripple = rate > 0.1 ? rippleRate * AMP_HOURS * Math.sin(1.3 * t) : 0;
      Measurement read =
          Measurement.ofCell(
              m.timeNanos(),
              m.chargeCurrentAmps() + ripple,
              m.voltageVolts(),
              m.surfaceTemperatureKelvin(),
              Quality.GOOD);
      Verdict verdict = gate.judge(read, read.chargeCurrentAmps(), Math.max(0, rate) * AMP_HOURS);
      assertThat(verdict).as("at %d s: %s", t, read).isIn(Verdict.START, Verdict.NORMAL);
      // Bridging keeps the charge's watch out, which compares with a twin.
      gate.accept(read, Verdict.AFTER_GAP, read.chargeCurrentAmps(), 0.5);
      assertThat(gate.doubtful()).as("doubt at %d s: %s", t, read).isFalse();
    }
  }

  /** With the twin, and so with the watch on the charge. */
  @ParameterizedTest
  @CsvSource({"25, -1.5, 5", "10, -1.6, 3", "25, 1.5, 60"})
  void theTwinFollowsAChargeJustAfterADrive(double celsius, double rateBefore, int idleSeconds) {
    SimulatedCell cell = cell(OLD, rateBefore < 0 ? 0.7 : 0.2, celsius, SensorErrors.STANDARD, 8);
    for (int t = 0; t < 400; t++) {
      cell.step(rateBefore * AMP_HOURS, 1);
    }
    DigitalTwin twin = twin();
    for (int t = 0; t < 1200; t++) {
      double rate = t < idleSeconds ? 0 : t < 600 ? 1 : 0.4;
      CellEstimate e = twin.update(cell.step(rate * AMP_HOURS, 1), CurrentCommand.zero(0));
      assertThat(e.valid()).as("at %d s", t).isTrue();
      assertThat(twin.keepsLastEstimate()).as("at %d s", t).isFalse();
    }
  }

  /**
   * A voltage that relaxes at rest is not put down to the battery: the state is found anew while it
   * does. Without that the state of charge ended 18 % off and the bound 88 mV above the truth.
   */
  @Test
  void aBatteryThatStillRelaxesIsNoRestedOne() {
    for (long seed = 1; seed <= 4; seed++) {
      SimulatedCell cell =
          cell(CellVariation.NONE, 0.1 + 0.1 * seed, 25, SensorErrors.STANDARD, seed);
      for (int t = 0; t < 300; t++) {
        cell.step(0.85 * AMP_HOURS, 1);
      }
      DigitalTwin twin = twin();
      for (int t = 0; t < 120; t++) {
        CellEstimate e = twin.update(cell.step(0, 1), CurrentCommand.zero(0));
        if (t >= 60) {
          // What is left of 0.85C after a minute, 20 mV or so where the curve is flat.
          assertThat(Math.abs(e.soc() - cell.truth.soc)).isLessThan(0.05);
          assertThat(e.anodePotentialLowerBoundVolts()).isLessThan(cell.truth.anodePotentialVolts);
          assertThat(e.inRange()).isFalse();
        }
      }
    }
  }

  /** A rested battery is not found anew, and so not flagged, for its noise. */
  @Test
  void aRestedBatteryIsFoundOnce() {
    for (SensorErrors errors : new SensorErrors[] {SensorErrors.STANDARD, COARSE}) {
      SimulatedCell cell = cell(CellVariation.NONE, 0.4, 25, errors, 9);
      DigitalTwin twin = twin();
      for (int t = 0; t < 300; t++) {
        twin.update(cell.step(0, 1), CurrentCommand.zero(0));
        assertThat(twin.signals().started).isEqualTo(t == 0);
      }
    }
  }

  private static DigitalTwin twin() {
    return (DigitalTwin)
        Estimators.create("physics", CELL, PackLayout.SINGLE_CELL, EstimatorOptions.DEFAULT);
  }

  private static SimulatedCell cell(
      CellVariation age, double soc, double celsius, SensorErrors errors, long seed) {
    return new SimulatedCell(CELL.with(age), soc, celsius + 273.15, errors, seed);
  }
}
