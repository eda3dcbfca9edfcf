package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A charger may drop its current at any moment: the model has to follow at once. */
class CurrentJumpTest {
  private static final double KELVIN = 298.15;
  private final CellParameters cell = CellParameters.load("lgm50").withHeatTransfer(40);

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-6, 0.01, 1, 5, 14, -1e-6, -5, -10})
  void anyDropFromFastChargingIsSolved(double after) {
    for (P2dOptions options : new P2dOptions[] {P2dOptions.CONTROL, P2dOptions.PLANT}) {
      P2dModel model = P2dModel.of(cell, options);
      P2dWorkspace workspace = model.newWorkspace();
      P2dOutputs outputs = new P2dOutputs();
      P2dState state = model.newState(0.1, KELVIN);
      for (int second = 0; second < 28; second++) {
        step(model, state, 15, workspace, outputs);
        P2dState dropped = model.newState(0.1, KELVIN);
        dropped.copyFrom(state);
        P2dState held = model.newState(0.1, KELVIN);
        held.copyFrom(state);
        step(model, held, 15, workspace, outputs);
        double charging = outputs.voltageVolts;
        assertThat(step(model, dropped, after, workspace, outputs)).isEqualTo(SolveStatus.OK);
        assertThat(outputs.chargeCurrentAmps).isCloseTo(after, within(1e-9));
        assertThat(outputs.voltageVolts).isLessThan(charging);
        P2dOutputs frozen = new P2dOutputs();
        assertThat(P2dStepper.outputs(model, state, after, workspace, frozen))
            .isEqualTo(SolveStatus.OK);
      }
    }
  }

  @Test
  void aRolloutMayStopAndStartAgain() {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dState state = model.newState(0.3, KELVIN);
    P2dRollout rollout = new P2dRollout(model, 4, 4);
    SolveStatus status =
        rollout.run(
            state,
            4,
            new double[] {1, 1, 1, 20},
            new int[] {0, 1, 2, 3},
            new double[] {15, 0, 15, 0},
            KELVIN,
            true);
    assertThat(status).isEqualTo(SolveStatus.OK);
  }

  private static SolveStatus step(
      P2dModel model, P2dState state, double amps, P2dWorkspace workspace, P2dOutputs outputs) {
    return P2dStepper.step(model, state, P2dControl.CURRENT, amps, 1, KELVIN, workspace, outputs);
  }
}
