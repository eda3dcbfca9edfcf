package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("It measures times.")
class StepperTest {
  private static final double KELVIN = 298.15;
  private final P2dModel model = P2dModel.of(CellParameters.load("lgm50"), P2dOptions.PLANT);
  private final P2dWorkspace workspace = model.newWorkspace();
  private final P2dOutputs outputs = new P2dOutputs();

  /** A cell that runs freely arrives where one long step arrives. */
  @Test
  void subStepsAddUpToTheStep() {
    P2dState free = model.newState(0.2, KELVIN);
    double seconds = 0;
    double longest = 0;
    while (seconds < 600) {
      SolveStatus status =
          P2dStepper.subStep(
              model, free, P2dControl.CURRENT, 10, 600 - seconds, KELVIN, workspace, outputs);
      assertThat(status).isEqualTo(SolveStatus.OK);
      assertThat(workspace.subStepSeconds()).isPositive().isLessThanOrEqualTo(600 - seconds);
      seconds += workspace.subStepSeconds();
      longest = Math.max(longest, workspace.subStepSeconds());
    }
    double volts = outputs.voltageVolts;
    P2dState whole = model.newState(0.2, KELVIN);
    P2dStepper.step(model, whole, P2dControl.CURRENT, 10, 600, KELVIN, workspace, outputs);
    // The same sub-steps but for rounding of what is left.
    assertThat(volts).isCloseTo(outputs.voltageVolts, within(1e-7));
    assertThat(longest).isGreaterThan(10);
  }

  /** 3C out of a cell at −20 °C: depleted, and said so before a control period of 50 ms ends. */
  @Test
  void aStepThatCannotBeDoneFailsQuickly() {
    P2dState state = model.newState(0.2, 253.15);
    double[] before = state.values().clone();
    long start = System.nanoTime();
    SolveStatus status = SolveStatus.OK;
    for (int i = 0; i < 10; i++) {
      status =
          P2dStepper.step(model, state, P2dControl.CURRENT, -15, 3600, 253.15, workspace, outputs);
      assertThat(status).isEqualTo(SolveStatus.CELL_LIMIT);
    }
    assertThat(state.values()).isEqualTo(before);
    // Ten failures, the first of them in interpreted code: 50 ms each and ample reserve.
    assertThat((System.nanoTime() - start) * 1e-9).isLessThan(5);
  }

  /** A repeated step is the step; with a value nearby it moves smoothly, to the last micro-volt. */
  @Test
  void aRepeatedStepDiffersByItsValueAlone() {
    P2dState start = model.newState(0.2, KELVIN);
    P2dState end = model.newState(0.2, KELVIN);
    P2dStepper.step(model, end, P2dControl.CURRENT, 10, 1, KELVIN, workspace, outputs);
    double volts = outputs.voltageVolts;
    double[] first = end.values().clone();
    end.copyFrom(start);
    P2dStepper.repeat(model, end, P2dControl.CURRENT, 10, KELVIN, workspace, outputs);
    assertThat(end.values()).isEqualTo(first);
    double slope = 0;
    for (int i = 1; i <= 5; i++) {
      end.copyFrom(start);
      double amps = 10 + 1e-3 * i;
      SolveStatus status =
          P2dStepper.repeat(model, end, P2dControl.CURRENT, amps, KELVIN, workspace, outputs);
      assertThat(status).isEqualTo(SolveStatus.OK);
      slope = i == 1 ? outputs.voltageVolts - volts : slope;
      // A milliampere over some 20 mΩ is 20 µV; Newton's last update of 50 µV leaves 0.1 µV.
      assertThat(outputs.voltageVolts - volts).isCloseTo(i * slope, within(i * 4e-7));
    }
    assertThat(slope).isBetween(5e-6, 5e-5);
  }
}
