package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A charger stops within one step: in the cold too, where exchange currents are small. */
class ColdCurrentJumpTest {
  @ParameterizedTest(name = "{0} K, from {1} A to {2} A, {3}")
  @CsvSource({
    "253, 5, 0, NONE",
    "253, 10, 0.1, FULL",
    "263, 10, 0, PLATING",
    "263, 15, -5, FULL",
    "273, 15, 1, SEI",
    "298, 25, 0, FULL",
    "298, 0, 25, FULL",
  })
  void everyJumpIsSolved(double kelvin, double fromAmps, double toAmps, P2dOptions.Ageing ageing) {
    P2dModel model = P2dModel.of(CellParameters.load("lgm50"), P2dOptions.PLANT.withAgeing(ageing));
    P2dState state = model.newState(0.3, kelvin);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    for (int i = 0; i < 60; i++) {
      double amps = i < 30 ? fromAmps : toAmps;
      SolveStatus status =
          P2dStepper.step(model, state, P2dControl.CURRENT, amps, 0.5, kelvin, workspace, outputs);
      assertThat(status).as("step %d", i).isEqualTo(SolveStatus.OK);
    }
    assertThat(outputs.chargeCurrentAmps).isEqualTo(toAmps);
  }
}
