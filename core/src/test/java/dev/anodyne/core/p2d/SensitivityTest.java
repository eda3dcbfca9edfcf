package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dRollout.Output;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parameters and the start, forwards and backwards, against difference quotients and each other.
 */
class SensitivityTest {
  private static final double AMBIENT = 290;
  private static final int STEPS = 24;
  private static final int MOVES = 4;
  private final double[] dt = new double[STEPS];
  private final int[] moveOfStep = new int[STEPS];
  private final double[] moveAmps = new double[MOVES];
  private final double[] amps = new double[STEPS];

  private P2dModel model(String cell, P2dOptions.Thermal thermal, Ageing ageing, boolean plant) {
    CellParameters parameters = CellParameters.load(cell);
    double rate = parameters.nominalCapacityAmpHours();
    for (int p = 0; p < MOVES; p++) {
      moveAmps[p] = (p == 2 ? -0.7 : 1.6 - 0.2 * p) * rate;
    }
    for (int k = 0; k < STEPS; k++) {
      dt[k] = k % 6 < 2 ? 1 : 15;
      moveOfStep[k] = k / 6;
      amps[k] = moveAmps[moveOfStep[k]];
    }
    P2dOptions options = plant ? P2dOptions.PLANT : P2dOptions.CONTROL;
    return P2dModel.of(parameters, options.withThermal(thermal).withAgeing(ageing));
  }

  private static P2dState start(P2dModel model) {
    P2dState state = model.newState(0.55, 300);
    double rate = model.cell().nominalCapacityAmpHours();
    P2dStepper.step(
        model,
        state,
        P2dControl.CURRENT,
        1.5 * rate,
        60,
        AMBIENT,
        model.newWorkspace(),
        new P2dOutputs());
    return state;
  }

  /** Random weights on all outputs of all steps, scaled so that every output counts. */
  private static double[][] weights(int steps) {
    Random random = new Random(7);
    double[] scale = {1, 1, 0.01, 1, 1, 1e-3};
    double[][] weights = new double[Output.values().length][steps];
    for (int o = 0; o < weights.length; o++) {
      for (int k = 0; k < steps; k++) {
        weights[o][k] = scale[o] * random.nextGaussian();
      }
    }
    return weights;
  }

  /** The way back is the way forth transposed: rounding is all that differs. */
  @ParameterizedTest
  @CsvSource({
    "lgm50, LUMPED, NONE, false",
    "lgm50, ISOTHERMAL, NONE, false",
    "lgm50, LUMPED, SEI, false",
    "lgm50, LUMPED, PLATING, false",
    "lgm50, LUMPED, FULL, false",
    "lgm50, ISOTHERMAL, FULL, false",
    "lgm50, LUMPED, FULL, true",
    "ecker2015, LUMPED, NONE, false"
  })
  void adjointIsForward(String cell, P2dOptions.Thermal thermal, Ageing ageing, boolean plant) {
    P2dModel model = model(cell, thermal, ageing, plant);
    P2dState start = start(model);
    P2dParameter[] all = P2dParameter.values();
    P2dAdjoint adjoint = new P2dAdjoint(model, STEPS, MOVES, all);
    assertThat(adjoint.run(start, STEPS, dt, moveOfStep, moveAmps, AMBIENT))
        .isEqualTo(SolveStatus.OK);
    double[][] weights = weights(STEPS);
    assertThat(adjoint.differentiate(weights)).isEqualTo(SolveStatus.OK);
    P2dRollout rollout = new P2dRollout(model, STEPS, MOVES);
    rollout.run(start, STEPS, dt, moveOfStep, moveAmps, AMBIENT, true);
    for (int p = 0; p < MOVES; p++) {
      double sum = 0;
      double size = 0;
      for (Output output : Output.values()) {
        for (int k = 0; k < STEPS; k++) {
          double term = weights[output.ordinal()][k] * rollout.sensitivity(output, k, p);
          sum += term;
          size += Math.abs(term);
        }
      }
      assertThat(Math.abs(adjoint.move(p) - sum) / size).as("move %s", p).isLessThan(1e-10);
    }
    P2dSensitivities forward = new P2dSensitivities(model, STEPS, all);
    forward.begin(start, AMBIENT);
    assertThat(forward.advance(STEPS, dt, amps, AMBIENT)).isEqualTo(SolveStatus.OK);
    for (P2dParameter parameter : all) {
      double sum = 0;
      double size = 0;
      for (Output output : Output.values()) {
        for (int k = 0; k < STEPS; k++) {
          double term = weights[output.ordinal()][k] * forward.derivative(output, k, parameter);
          sum += term;
          size += Math.abs(term);
        }
      }
      assertThat(Math.abs(adjoint.parameter(parameter) - sum))
          .as(parameter.name())
          .isLessThanOrEqualTo(1e-10 * size);
    }
  }
}
