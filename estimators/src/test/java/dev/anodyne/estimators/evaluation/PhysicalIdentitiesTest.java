package dev.anodyne.estimators.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.evaluation.PhysicalIdentities.Instant;
import dev.anodyne.estimators.twin.SimulatedCell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PhysicalIdentitiesTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");

  /** Losses of everything, slower, more resistive: what the identities must not mind. */
  private static final CellVariation AGED =
      new CellVariation(1.0, 2e-3, 0.85, 0.85, 0.8, 0.85, 0.9, 0.9, 0.06, 0.05, 0.04, 1.0);

  private static final List<Instant> FRESH_TRUTH = truth(CELL);

  /** A charge in steps between 0.4C and 1.6C with a pause, 25 °C, every second. */
  private static List<Instant> truth(CellParameters cell) {
    SimulatedCell battery = new SimulatedCell(cell, 0.12, 298.15, 3L);
    List<Instant> instants = new ArrayList<>();
    double charged = 0;
    for (int s = 1; s <= 1500; s++) {
      double amps = amps(s);
      battery.step(amps, 1.0);
      charged += amps / 3600;
      P2dOutputs o = battery.truth;
      instants.add(
          new Instant(
              s,
              charged,
              amps,
              o.voltageVolts,
              o.temperatureKelvin,
              o.anodePotentialVolts,
              o.anodeSurfaceStoichiometry,
              o.anodeSurfaceStoichiometryAtSeparator,
              o.cathodeSurfaceStoichiometry,
              o.anodeStoichiometry,
              o.cathodeStoichiometry));
    }
    return instants;
  }

  private static double amps(int second) {
    double[] rates = {1.6, 0.8, 1.4, 0.4, 0.0, 1.2};
    return 5.0 * rates[second / 120 % rates.length];
  }

  private static IdentityViolations judge(List<Instant> instants, UnaryOperator<Instant> change) {
    PhysicalIdentities identities = new PhysicalIdentities(CELL);
    instants.stream().map(change).forEach(identities::add);
    return identities.endSession();
  }

  private static void assertNearlyNothing(IdentityViolations v) {
    // The weakest model-free identity: side reactions bind a little lithium.
    assertThat(v.lithiumDriftPercent()).isLessThan(0.05);
    // Means over an electrode stand for its distribution: 9 mV at these currents.
    assertThat(v.voltageMillivolts()).isLessThan(10);
    // How the reaction crowds at the separator is not in the identity: 12 mV at these currents.
    assertThat(v.anodePotentialMillivolts()).isLessThan(15);
    assertThat(v.signPercent()).isZero();
    assertThat(v.monotonicityPercent()).isZero();
  }

  @Test
  void theTruthViolatesNothingFreshOrAged() {
    assertNearlyNothing(judge(FRESH_TRUTH, i -> i));
    assertNearlyNothing(judge(truth(CELL.with(AGED)), i -> i));
  }

  @Test
  void seesLithiumThatAppears() {
    // 1 % of the sites' lithium more for the middle third of the charge.
    IdentityViolations v =
        judge(
            FRESH_TRUTH,
            i ->
                new Instant(
                    i.seconds(),
                    i.ampHours(),
                    i.amps(),
                    i.volts(),
                    i.kelvin(),
                    i.anodePotentialVolts(),
                    i.anodeSurface(),
                    i.anodeSurfaceAtSeparator(),
                    i.cathodeSurface(),
                    i.anode() + (i.seconds() > 500 && i.seconds() < 1000 ? 0.01 : 0.0),
                    i.cathode()));
    assertThat(v.lithiumDriftPercent()).isGreaterThan(0.3);
  }

  @Test
  void seesAWrongVoltageAWrongSignAndAWrongDirection() {
    IdentityViolations v =
        judge(
            FRESH_TRUTH,
            i ->
                new Instant(
                    i.seconds(),
                    i.ampHours(),
                    i.amps(),
                    i.volts() + 0.05 * Math.sin(i.seconds() / 30),
                    i.kelvin(),
                    // More current, higher potential; and above the surface's own.
                    0.2 + 0.02 * i.amps(),
                    i.anodeSurface(),
                    i.anodeSurfaceAtSeparator(),
                    i.cathodeSurface(),
                    i.anode(),
                    i.cathode()));
    // The root mean square of a sine of 50 mV is 35 mV.
    assertThat(v.voltageMillivolts()).isBetween(30.0, 45.0);
    assertThat(v.anodePotentialMillivolts()).isGreaterThan(30);
    assertThat(v.signPercent()).isGreaterThan(90);
    assertThat(v.monotonicityPercent()).isEqualTo(100);
  }

  @Test
  void judgesEstimatesAndTakesTheMeanOverSessions() {
    StateEstimator physics =
        Estimators.create("physics", CELL, PackLayout.SINGLE_CELL, EstimatorOptions.DEFAULT);
    SimulatedCell battery = new SimulatedCell(CELL, 0.12, 298.15, 3L);
    PhysicalIdentities identities = new PhysicalIdentities(CELL);
    for (int s = 1; s <= 600; s++) {
      Measurement m = battery.step(amps(s), 1.0);
      identities.add(physics.update(m, CurrentCommand.zero(0L)));
    }
    IdentityViolations session = identities.endSession();
    // A twin is a physical battery but for the noise and what its corrections move.
    assertThat(session.voltageMillivolts()).isBetween(0.5, 15.0);
    assertThat(session.signPercent()).isZero();
    assertThat(session.monotonicityPercent()).isZero();
    assertThat(identities.endSession()).isEqualTo(IdentityViolations.NONE);
    assertThat(identities.mean()).isEqualTo(session);
  }
}
