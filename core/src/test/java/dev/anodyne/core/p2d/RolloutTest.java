package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dRollout.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutTest {
  private static final double AMBIENT = 298.15;
  private static final int STEPS = 30;
  private static final int MOVES = 6;

  private final double[] dt = new double[STEPS];
  private final int[] moveOfStep = new int[STEPS];
  private final double[] amps = new double[MOVES];

  private P2dModel model(Ageing ageing) {
    for (int k = 0; k < STEPS; k++) {
      dt[k] = k < 4 ? 1 : 10;
      moveOfStep[k] = Math.min(MOVES - 1, k / 4);
    }
    for (int p = 0; p < MOVES; p++) {
      amps[p] = 9 - 0.8 * p;
    }
    return P2dModel.of(
        CellParameters.load("lgm50").withHeatTransfer(40), P2dOptions.CONTROL.withAgeing(ageing));
  }

  private static P2dState charged(P2dModel model) {
    P2dState state = model.newState(0.4, AMBIENT);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    P2dStepper.step(model, state, P2dControl.CURRENT, 8, 60, AMBIENT, workspace, outputs);
    return state;
  }

  /**
   * Relative to the largest sensitivity. The derivatives are exact; what is left is the difference
   * quotient's own: its truncation, and Newton's last update over the step.
   */
  @ParameterizedTest
  @CsvSource({"NONE, 1e-5", "SEI, 1e-5", "PLATING, 1e-5", "FULL, 1e-5"})
  void sensitivitiesAreFiniteDifferences(Ageing ageing, double tolerance) {
    P2dModel model = model(ageing);
    P2dState start = charged(model);
    P2dRollout rollout = new P2dRollout(model, STEPS, MOVES);
    P2dRollout other = new P2dRollout(model, STEPS, MOVES);
    rollout.setNewtonVolts(1e-10);
    other.setNewtonVolts(1e-10);
    assertThat(rollout.run(start, STEPS, dt, moveOfStep, amps, AMBIENT, true))
        .isEqualTo(SolveStatus.OK);
    double step = 1e-3;
    for (int p = 0; p < MOVES; p++) {
      double[][] high = perturbed(other, start, p, step);
      double[][] low = perturbed(other, start, p, -step);
      for (Output output : Output.values()) {
        double largest = 0;
        for (int k = 0; k < STEPS; k++) {
          largest = Math.max(largest, Math.abs(rollout.sensitivity(output, k, p)));
        }
        assertThat(largest).as("%s to move %s", output, p).isPositive();
        for (int k = 0; k < STEPS; k++) {
          double difference = (high[output.ordinal()][k] - low[output.ordinal()][k]) / (2 * step);
          assertThat(Math.abs(rollout.sensitivity(output, k, p) - difference) / largest)
              .as("%s at step %s to move %s", output, k, p)
              .isLessThan(tolerance);
        }
      }
    }
  }

  private double[][] perturbed(P2dRollout rollout, P2dState start, int move, double by) {
    double[] changed = amps.clone();
    changed[move] += by;
    assertThat(rollout.run(start, STEPS, dt, moveOfStep, changed, AMBIENT, false))
        .isEqualTo(SolveStatus.OK);
    double[][] values = new double[Output.values().length][STEPS];
    for (Output output : Output.values()) {
      for (int k = 0; k < STEPS; k++) {
        values[output.ordinal()][k] = rollout.value(output, k);
      }
    }
    return values;
  }

  /** The same where the diffusivity varies inside the particles and κ goes with 1/T. */
  @Test
  void sensitivitiesWithVariableDiffusivityAreFiniteDifferences() {
    P2dModel model = P2dModel.of(CellParameters.load("ecker2015"), P2dOptions.CONTROL);
    P2dState start = model.newState(0.4, AMBIENT);
    P2dRollout rollout = new P2dRollout(model, 6, 1);
    rollout.setNewtonVolts(1e-10);
    double[] seconds = {1, 1, 5, 10, 10, 10};
    int[] moves = new int[6];
    double[] rate = {0.2};
    assertThat(rollout.run(start, 6, seconds, moves, rate, AMBIENT, true))
        .isEqualTo(SolveStatus.OK);
    for (Output output : Output.values()) {
      double slope = rollout.sensitivity(output, 5, 0);
      double step = 1e-4;
      rollout.run(start, 6, seconds, moves, new double[] {0.2 + step}, AMBIENT, false);
      double high = rollout.value(output, 5);
      rollout.run(start, 6, seconds, moves, new double[] {0.2 - step}, AMBIENT, false);
      double difference = (high - rollout.value(output, 5)) / (2 * step);
      assertThat(Math.abs(slope - difference) / Math.abs(difference))
          .as(output.name())
          .isLessThan(1e-5);
      rollout.run(start, 6, seconds, moves, rate, AMBIENT, true);
    }
  }

  /** The fixed steps of the prediction cost less than 1 mV against the error-controlled ones. */
  @Test
  void predictionAgreesWithTheStepper() {
    P2dModel model = model(Ageing.NONE);
    P2dState state = charged(model);
    P2dRollout rollout = new P2dRollout(model, STEPS, MOVES);
    rollout.run(state, STEPS, dt, moveOfStep, amps, AMBIENT, false);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    for (int k = 0; k < STEPS; k++) {
      P2dStepper.step(
          model,
          state,
          P2dControl.CURRENT,
          amps[moveOfStep[k]],
          dt[k],
          AMBIENT,
          workspace,
          outputs);
      assertThat(Math.abs(rollout.value(Output.VOLTAGE, k) - outputs.voltageVolts))
          .isLessThan(1e-3);
      assertThat(Math.abs(rollout.value(Output.ANODE_POTENTIAL, k) - outputs.anodePotentialVolts))
          .isLessThan(1e-3);
    }
  }

  @Test
  void movesThatBeginLaterDoNotAct() {
    P2dModel model = model(Ageing.NONE);
    P2dRollout rollout = new P2dRollout(model, STEPS, MOVES);
    rollout.run(charged(model), STEPS, dt, moveOfStep, amps, AMBIENT, true);
    for (Output output : Output.values()) {
      assertThat(rollout.sensitivity(output, 3, 1)).as(output.name()).isZero();
      assertThat(rollout.sensitivity(output, 3, 0)).as(output.name()).isNotZero();
    }
  }
}
