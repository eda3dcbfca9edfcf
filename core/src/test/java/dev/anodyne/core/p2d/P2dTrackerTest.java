package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dRollout.Output;
import dev.anodyne.core.p2d.P2dTracker.Quantity;
import org.junit.jupiter.api.Test;

class P2dTrackerTest {
  private static final P2dParameter[] COLUMNS = {
    P2dParameter.ANODE_DIFFUSIVITY,
    P2dParameter.CATHODE_EXCHANGE,
    P2dParameter.ANODE_ACTIVE_FRACTION,
    P2dParameter.INITIAL_ANODE_STOICHIOMETRY,
    P2dParameter.INITIAL_CATHODE_STOICHIOMETRY,
    P2dParameter.INITIAL_TEMPERATURE
  };
  private static final double AMBIENT = 288.15;
  private static final int STEPS = 40;

  private final P2dModel model =
      P2dModel.of(
          CellParameters.load("lgm50"), P2dOptions.CONTROL.withAgeing(P2dOptions.Ageing.FULL));

  private static double amps(int k) {
    return k < 5 ? 0 : k < 25 ? 6 : 3;
  }

  @Test
  void hasTheDerivativesOfTheSensitivities() {
    P2dState start = model.newState(0.3, AMBIENT);
    P2dTracker tracker = new P2dTracker(model, COLUMNS);
    P2dSensitivities whole = new P2dSensitivities(model, STEPS, COLUMNS);
    double[] seconds = new double[STEPS];
    double[] amps = new double[STEPS];
    for (int k = 0; k < STEPS; k++) {
      seconds[k] = 2;
      amps[k] = amps(k);
    }
    whole.begin(start, AMBIENT);
    assertThat(whole.advance(STEPS, seconds, amps, AMBIENT)).isEqualTo(SolveStatus.OK);
    tracker.begin(start);
    for (int k = 0; k < STEPS; k++) {
      assertThat(tracker.step(2, amps(k), AMBIENT)).isEqualTo(SolveStatus.OK);
      for (int p = 0; p < COLUMNS.length; p++) {
        // The same arithmetic but for a further column, which nothing drives.
        assertThat(tracker.derivative(Quantity.VOLTAGE, p))
            .isEqualTo(whole.derivative(Output.VOLTAGE, k, COLUMNS[p]));
        assertThat(tracker.derivative(Quantity.ANODE_POTENTIAL, p))
            .isEqualTo(whole.derivative(Output.ANODE_POTENTIAL, k, COLUMNS[p]));
      }
      assertThat(tracker.derivative(Quantity.VOLTAGE, tracker.moved())).isZero();
    }
    assertThat(tracker.outputs().voltageVolts).isEqualTo(whole.value(Output.VOLTAGE, STEPS - 1));
  }

  /** ∂/∂x₀ of means and surfaces against a start that is really elsewhere. */
  @Test
  void tangentsOfStoichiometriesAreThoseOfAnotherStart() {
    double by = 1e-4;
    P2dOutputs a = run(0.3, -by);
    P2dOutputs b = run(0.3, by);
    P2dTracker t = new P2dTracker(model, COLUMNS);
    P2dState start = model.newState(0.3, AMBIENT);
    t.begin(start);
    for (int k = 0; k < STEPS; k++) {
      t.step(2, amps(k), AMBIENT);
    }
    int x = 3;
    // Central differences over 2e-4 of stoichiometry: curvature and Newton's rest leave 1e-3.
    assertThat(t.derivative(Quantity.ANODE_MEAN, x))
        .isCloseTo((b.anodeStoichiometry - a.anodeStoichiometry) / (2 * by), within(1e-3));
    assertThat(t.derivative(Quantity.ANODE_SURFACE, x))
        .isCloseTo(
            (b.anodeSurfaceStoichiometry - a.anodeSurfaceStoichiometry) / (2 * by), within(1e-3));
    assertThat(t.derivative(Quantity.ANODE_SURFACE_AT_SEPARATOR, x))
        .isCloseTo(
            (b.anodeSurfaceStoichiometryAtSeparator - a.anodeSurfaceStoichiometryAtSeparator)
                / (2 * by),
            within(2e-3));
    assertThat(t.derivative(Quantity.CATHODE_SURFACE, x))
        .isCloseTo(
            (b.cathodeSurfaceStoichiometry - a.cathodeSurfaceStoichiometry) / (2 * by),
            within(1e-3));
    assertThat(t.derivative(Quantity.CATHODE_MEAN, x))
        .isCloseTo((b.cathodeStoichiometry - a.cathodeStoichiometry) / (2 * by), within(1e-3));
  }

  private P2dOutputs run(double soc, double by) {
    P2dState start = model.newState(soc, AMBIENT);
    double x = model.anodeStoichiometry(start) + by;
    model.initialiseStoichiometries(start, x, model.cathodeStoichiometry(start), AMBIENT);
    P2dTracker t = new P2dTracker(model, COLUMNS);
    t.begin(start);
    for (int k = 0; k < STEPS; k++) {
      t.step(2, amps(k), AMBIENT);
    }
    return t.outputs();
  }

  @Test
  void whatWasMovedIsTakenOffAgain() {
    P2dTracker still = new P2dTracker(model, COLUMNS);
    P2dTracker moved = new P2dTracker(model, COLUMNS);
    still.begin(model.newState(0.3, AMBIENT));
    moved.begin(model.newState(0.3, AMBIENT));
    double[] by = {0.02, 0, 0.005, 0.004, -0.003, 0, 0};
    for (int k = 0; k < STEPS; k++) {
      still.step(2, amps(k), AMBIENT);
      moved.step(2, amps(k), AMBIENT);
      if (k == 12) {
        assertThat(moved.move(by)).isTrue();
      }
      if (k > 12) {
        double off = moved.outputs().voltageVolts - still.outputs().voltageVolts;
        double column = moved.derivative(Quantity.VOLTAGE, moved.moved());
        assertThat(Math.abs(off)).isGreaterThan(1e-3);
        // Second order in a move that is worth some millivolts.
        assertThat(off).isCloseTo(column, within(0.1 * Math.abs(column)));
      }
    }
    by = new double[] {0, 0, 0, 0, 0, 0, -1};
    assertThat(moved.move(by)).isTrue();
    moved.step(2, 3, AMBIENT);
    still.step(2, 3, AMBIENT);
    assertThat(moved.outputs().voltageVolts)
        .isCloseTo(still.outputs().voltageVolts, within(0.3e-3));
    assertThat(moved.derivative(Quantity.ANODE_MEAN, moved.moved())).isCloseTo(0, within(1e-9));
  }

  @Test
  void aMoveBeyondFullIsNotMade() {
    P2dTracker t = new P2dTracker(model, COLUMNS);
    t.begin(model.newState(0.3, AMBIENT));
    t.step(2, 3, AMBIENT);
    double before = t.outputs().anodeStoichiometry;
    assertThat(t.move(new double[] {0, 0, 0, 0.9, 0, 0, 0})).isFalse();
    t.step(1e-3, 3, AMBIENT);
    assertThat(t.outputs().anodeStoichiometry).isCloseTo(before, within(1e-5));
  }

  @Test
  void anImposedTemperatureDependsOnNothingButItself() {
    P2dTracker t = new P2dTracker(model, COLUMNS);
    t.begin(model.newState(0.3, AMBIENT));
    for (int k = 0; k < STEPS; k++) {
      t.step(2, amps(k), AMBIENT);
    }
    assertThat(t.derivative(Quantity.TEMPERATURE, 2)).isNotZero();
    t.imposeTemperature(300);
    for (int p = 0; p < COLUMNS.length; p++) {
      assertThat(t.derivative(Quantity.TEMPERATURE, p))
          .isEqualTo(COLUMNS[p] == P2dParameter.INITIAL_TEMPERATURE ? 1 : 0);
    }
    t.step(1e-3, 3, AMBIENT);
    assertThat(t.outputs().temperatureKelvin).isCloseTo(300, within(0.01));
  }
}
