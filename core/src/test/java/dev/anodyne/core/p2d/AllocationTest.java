package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that is done once a period or more often touches the heap. */
class AllocationTest {
  private static final double AMBIENT = 298.15;

  /** Class loading and the like is over after a few rounds. */
  private static final int ROUNDS = 10;

  /** The measuring call itself may allocate a few bytes; the model's smallest array takes 200. */
  private static final long MEASURING_BYTES = 200;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static long bytesOfLastRound(Runnable round) {
    long used = 0;
    long thread = Thread.currentThread().getId();
    for (int i = 0; i < ROUNDS; i++) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      round.run();
      used = THREADS.getThreadAllocatedBytes(thread) - before;
    }
    return used;
  }

  /** Smooth and rough steps, both signs, with all side reactions, on the plant's mesh. */
  @ParameterizedTest
  @EnumSource(Ageing.class)
  void stepsWithErrorControl(Ageing ageing) {
    Cell cell = new Cell("lgm50", P2dOptions.PLANT.withAgeing(ageing));
    assertThat(
            bytesOfLastRound(
                () -> {
                  cell.begin();
                  cell.step(P2dControl.CURRENT, 10, 10);
                  cell.step(P2dControl.CURRENT, 10.2, 1);
                  cell.step(P2dControl.CURRENT, -10, 1);
                  cell.subStep(5, 60);
                  cell.outputs(-5);
                }))
        .isLessThan(MEASURING_BYTES);
  }

  /** ecker2015's diffusivities vary with stoichiometry: the modes of a particle are coupled. */
  @Test
  void stepsWithVariableDiffusivity() {
    Cell cell =
        new Cell(
            "ecker2015",
            P2dOptions.PLANT.withAgeing(Ageing.NONE).withThermal(P2dOptions.Thermal.ISOTHERMAL));
    double oneC = cell.model.cell().nominalCapacityAmpHours();
    assertThat(
            bytesOfLastRound(
                () -> {
                  cell.begin();
                  cell.step(P2dControl.CURRENT, oneC, 10);
                  cell.step(P2dControl.CURRENT, -oneC, 1);
                }))
        .isLessThan(MEASURING_BYTES);
  }

  @ParameterizedTest
  @CsvSource({"VOLTAGE, 4.1, 4.0", "POWER, 20, 30", "ANODE_POTENTIAL, 0.02, 0.01"})
  void stepsWithOtherQuantitiesHeld(P2dControl control, double first, double second) {
    Cell cell = new Cell("lgm50", P2dOptions.PLANT);
    assertThat(
            bytesOfLastRound(
                () -> {
                  cell.begin();
                  cell.step(control, first, 10);
                  cell.step(control, second, 1);
                }))
        .isLessThan(MEASURING_BYTES);
  }

  /** A current that no cell carries: failure, restart and restoring the state are free as well. */
  @Test
  void aStepThatFails() {
    Cell cell = new Cell("lgm50", P2dOptions.CONTROL);
    assertThat(
            bytesOfLastRound(
                () -> {
                  cell.begin();
                  assertThatFails(cell, 500, 600);
                }))
        .isLessThan(MEASURING_BYTES);
  }

  private static void assertThatFails(Cell cell, double amps, double seconds) {
    if (cell.tryStep(P2dControl.CURRENT, amps, seconds) == SolveStatus.OK) {
      throw new AssertionError("the step should have failed");
    }
  }

  /** What a controller does in a period: one step of fixed length, and horizons with gradients. */
  @ParameterizedTest
  @EnumSource(Ageing.class)
  void controlStepAndHorizon(Ageing ageing) {
    Cell cell = new Cell("lgm50", P2dOptions.CONTROL.withAgeing(ageing));
    P2dRollout one = new P2dRollout(cell.model, 1, 1);
    P2dRollout horizon = new P2dRollout(cell.model, 4, 2);
    double[] dt = {10, 10, 10, 10};
    int[] moves = {0, 0, 1, 1};
    double[] amps = {10, 5};
    assertThat(
            bytesOfLastRound(
                () -> {
                  cell.begin();
                  cell.require(one.run(cell.state, 1, dt, moves, amps, AMBIENT, false));
                  one.copyEndTo(cell.state);
                  cell.require(horizon.run(cell.state, 4, dt, moves, amps, AMBIENT, false));
                  cell.require(horizon.run(cell.state, 4, dt, moves, amps, AMBIENT, true));
                }))
        .isLessThan(MEASURING_BYTES);
  }

  /** Gradients of a horizon with respect to moves, start and parameters, both ways. */
  @ParameterizedTest
  @EnumSource(Ageing.class)
  void adjointAndParameters(Ageing ageing) {
    Cell cell = new Cell("lgm50", P2dOptions.CONTROL.withAgeing(ageing));
    P2dAdjoint adjoint = new P2dAdjoint(cell.model, 4, 2, P2dParameter.CAPACITY);
    P2dSensitivities forward = new P2dSensitivities(cell.model, 4, P2dParameter.INITIAL_SOC);
    double[] dt = {10, 10, 10, 10};
    int[] moves = {0, 0, 1, 1};
    double[] amps = {10, 5};
    double[] ampsOfStep = {10, 10, 5, 5};
    double[][] weights = new double[P2dRollout.Output.values().length][4];
    weights[0][3] = 1;
    assertThat(
            bytesOfLastRound(
                () -> {
                  cell.begin();
                  cell.require(adjoint.run(cell.state, 4, dt, moves, amps, AMBIENT));
                  cell.require(adjoint.differentiate(weights));
                  forward.begin(cell.state, AMBIENT);
                  cell.require(forward.advance(4, dt, ampsOfStep, AMBIENT));
                }))
        .isLessThan(MEASURING_BYTES);
  }

  /** A cell whose steps must succeed. */
  private static final class Cell {
    final P2dModel model;
    final P2dState state;
    private final P2dState start;
    private final P2dWorkspace workspace;
    private final P2dOutputs outputs = new P2dOutputs();

    Cell(String name, P2dOptions options) {
      model = P2dModel.of(CellParameters.load(name), options);
      start = model.newState(0.2, AMBIENT);
      state = model.newState(0.2, AMBIENT);
      workspace = model.newWorkspace();
    }

    void begin() {
      state.copyFrom(start);
    }

    SolveStatus tryStep(P2dControl control, double value, double seconds) {
      return P2dStepper.step(model, state, control, value, seconds, AMBIENT, workspace, outputs);
    }

    void step(P2dControl control, double value, double seconds) {
      require(tryStep(control, value, seconds));
    }

    void subStep(double amps, double mostSeconds) {
      require(
          P2dStepper.subStep(
              model, state, P2dControl.CURRENT, amps, mostSeconds, AMBIENT, workspace, outputs));
    }

    void outputs(double amps) {
      require(P2dStepper.outputs(model, state, amps, workspace, outputs));
    }

    void require(SolveStatus status) {
      if (status != SolveStatus.OK) {
        throw new AssertionError("a step ended with " + status);
      }
    }
  }
}
