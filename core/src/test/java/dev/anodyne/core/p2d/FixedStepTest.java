package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Control steps of fixed work against steps with error control (0.04 mV a sub-step). */
class FixedStepTest {
  private static final double KELVIN = 298.15;
  private final CellParameters cell = CellParameters.load("lgm50");

  /** The limits are the accuracy that {@link P2dStepper#controlStep} states. */
  @ParameterizedTest(name = "{0} s, {1}")
  @CsvSource({
    "1, SMOOTH, 1e-4",
    "1, JUMPS, 1e-4",
    "1, REVERSALS, 2e-4",
    "10, SMOOTH, 3e-4",
    "10, JUMPS, 3e-4"
  })
  void voltagesAgreeWithErrorControl(double seconds, Currents currents, double limitVolts) {
    for (P2dOptions mesh : new P2dOptions[] {P2dOptions.CONTROL, P2dOptions.PLANT}) {
      P2dModel model = P2dModel.of(cell, mesh.withAgeing(P2dOptions.Ageing.PLATING));
      P2dWorkspace workspace = model.newWorkspace();
      P2dOutputs fixed = new P2dOutputs();
      P2dOutputs controlled = new P2dOutputs();
      P2dState a = model.newState(0.2, KELVIN);
      P2dStepper.step(model, a, P2dControl.CURRENT, 5, 30, KELVIN, workspace, fixed);
      P2dState b = model.newState(0.2, KELVIN);
      b.copyFrom(a);
      Random random = new Random(3);
      double amps = 5;
      for (int k = 0; k < (seconds < 5 ? 100 : 30); k++) {
        amps = currents.next(k, amps, random);
        assertThat(
                P2dStepper.controlStep(
                    model, a, P2dControl.CURRENT, amps, seconds, KELVIN, workspace, fixed))
            .isEqualTo(SolveStatus.OK);
        P2dStepper.step(model, b, P2dControl.CURRENT, amps, seconds, KELVIN, workspace, controlled);
        assertThat(fixed.chargeCurrentAmps).isCloseTo(amps, within(1e-12));
        assertThat(fixed.voltageVolts)
            .as("voltage after step %d", k)
            .isCloseTo(controlled.voltageVolts, within(limitVolts));
        assertThat(fixed.anodePotentialVolts)
            .as("anode potential after step %d", k)
            .isCloseTo(controlled.anodePotentialVolts, within(limitVolts));
      }
      // Charge is counted exactly by both; how much of it was plated differs by 1e-6 of a capacity.
      assertThat(fixed.soc).isCloseTo(controlled.soc, within(1e-6));
    }
  }

  /** A voltage held from rest: the current falls with √t, found by three stages a second. */
  @Test
  void aHeldVoltageIsHeld() {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs fixed = new P2dOutputs();
    P2dOutputs controlled = new P2dOutputs();
    P2dState a = model.newState(0.5, KELVIN);
    P2dState b = model.newState(0.5, KELVIN);
    for (int k = 0; k < 60; k++) {
      P2dStepper.controlStep(model, a, P2dControl.VOLTAGE, 3.9, 1, KELVIN, workspace, fixed);
      P2dStepper.step(model, b, P2dControl.VOLTAGE, 3.9, 1, KELVIN, workspace, controlled);
      // Newton's method stops within 0.04 mV.
      assertThat(fixed.voltageVolts).isCloseTo(3.9, within(4e-5));
    }
    assertThat(fixed.chargeCurrentAmps)
        .isCloseTo(controlled.chargeCurrentAmps, within(2e-3 * controlled.chargeCurrentAmps));
  }

  /** What three stages cannot solve is a step with error control, and that fails as such. */
  @Test
  void anImpossibleStepLeavesTheStateAlone() {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dState state = model.newState(0.01, KELVIN);
    double[] before = state.values().clone();
    SolveStatus status =
        P2dStepper.controlStep(
            model,
            state,
            P2dControl.CURRENT,
            -20,
            600,
            KELVIN,
            model.newWorkspace(),
            new P2dOutputs());
    assertThat(status.isUsable()).isFalse();
    assertThat(state.values()).isEqualTo(before);
  }

  private enum Currents {
    /** Moves of a third of an ampere, as a controller makes them. */
    SMOOTH {
      @Override
      double next(int k, double amps, Random random) {
        return Math.max(1, Math.min(9, amps + 0.3 * random.nextGaussian()));
      }
    },
    /** By 1C in every step. */
    JUMPS {
      @Override
      double next(int k, double amps, Random random) {
        return k % 2 == 0 ? 7.5 : 2.5;
      }
    },
    /** Rest, charge and discharge of up to 2C. */
    REVERSALS {
      @Override
      double next(int k, double amps, Random random) {
        return k % 5 == 0 ? 0 : 10 * (2 * random.nextDouble() - 1);
      }
    };

    abstract double next(int k, double amps, Random random);
  }
}
