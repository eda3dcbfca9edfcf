package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.PlatingModel;
import dev.anodyne.core.cell.SeiModel;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dRollout.Output;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
    return model(CellParameters.load(cell), thermal, ageing, plant);
  }

  private P2dModel model(
      CellParameters parameters, P2dOptions.Thermal thermal, Ageing ageing, boolean plant) {
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
    adjointIsForward(model(cell, thermal, ageing, plant));
  }

  @ParameterizedTest
  @CsvSource({"EC_REACTION, IRREVERSIBLE", "REACTION, REVERSIBLE"})
  void adjointIsForwardWithOtherSideReactions(SeiModel sei, PlatingModel plating) {
    CellParameters cell = CellParameters.load("lgm50").withSeiModel(sei).withPlatingModel(plating);
    adjointIsForward(model(cell, P2dOptions.Thermal.LUMPED, Ageing.FULL, false));
  }

  private void adjointIsForward(P2dModel model) {
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

  /**
   * The gradient in the start, along a random direction, is the difference quotient along it
   * (central, extrapolated; relative to what the direction does at most).
   */
  @ParameterizedTest
  @CsvSource({"lgm50, FULL", "ecker2015, NONE"})
  void startGradientIsAFiniteDifference(String cell, Ageing ageing) {
    P2dModel model = model(cell, P2dOptions.Thermal.LUMPED, ageing, false);
    P2dState start = start(model);
    P2dAdjoint adjoint = new P2dAdjoint(model, STEPS, MOVES);
    adjoint.setNewtonVolts(1e-10);
    double[][] weights = weights(STEPS);
    adjoint.run(start, STEPS, dt, moveOfStep, moveAmps, AMBIENT);
    adjoint.differentiate(weights);
    double[] gradient = new double[adjoint.stateEntries()];
    adjoint.copyStartGradient(gradient);
    double[] direction = direction(model, start);
    double product = 0;
    for (int e = 0; e < gradient.length; e++) {
      product += gradient[e] * direction[e];
    }
    double h = 0.02;
    double coarse = quotient(adjoint, start, direction, weights, h);
    double fine = quotient(adjoint, start, direction, weights, h / 2);
    assertThat(product).isNotZero();
    assertThat(Math.abs((4 * fine - coarse) / 3 - product) / Math.abs(product)).isLessThan(1e-5);
  }

  /** Up to a per cent of the salt, of the metal and of the film, 1 K, and 1e-3 of the sites. */
  private static double[] direction(P2dModel model, P2dState start) {
    Random random = new Random(3);
    double[] y = start.values();
    double[] direction = new double[model.layout.differential];
    for (int e = 0; e < direction.length; e++) {
      boolean modes = e >= model.layout.anodeModes && e < model.layout.plated;
      double size = modes ? 1e-3 : 1e-2 * y[e];
      direction[e] = size * (2 * random.nextDouble() - 1);
    }
    direction[StateLayout.T] = 1;
    return direction;
  }

  private double quotient(
      P2dAdjoint adjoint, P2dState start, double[] direction, double[][] weights, double h) {
    return (sum(adjoint, start, direction, weights, h)
            - sum(adjoint, start, direction, weights, -h))
        / (2 * h);
  }

  private double sum(
      P2dAdjoint adjoint, P2dState start, double[] direction, double[][] weights, double h) {
    P2dState moved = new P2dState(start.values().length);
    moved.copyFrom(start);
    for (int e = 0; e < direction.length; e++) {
      moved.values()[e] += h * direction[e];
    }
    assertThat(adjoint.run(moved, STEPS, dt, moveOfStep, moveAmps, AMBIENT))
        .isEqualTo(SolveStatus.OK);
    double sum = 0;
    for (Output output : Output.values()) {
      for (int k = 0; k < STEPS; k++) {
        sum += weights[output.ordinal()][k] * adjoint.value(output, k);
      }
    }
    return sum;
  }

  /** Going on step by step gives what one call gives. */
  @Test
  void advanceGoesOn() {
    P2dModel model = model("lgm50", P2dOptions.Thermal.LUMPED, Ageing.FULL, false);
    P2dState start = start(model);
    P2dSensitivities whole = new P2dSensitivities(model, STEPS, P2dParameter.INITIAL_SOC);
    P2dSensitivities parts = new P2dSensitivities(model, 1, P2dParameter.INITIAL_SOC);
    whole.begin(start, AMBIENT);
    whole.advance(STEPS, dt, amps, AMBIENT);
    parts.begin(start, AMBIENT);
    for (int k = 0; k < STEPS; k++) {
      double[] seconds = {dt[k]};
      double[] current = {amps[k]};
      parts.advance(1, seconds, current, AMBIENT);
      assertThat(parts.derivative(Output.VOLTAGE, 0, P2dParameter.INITIAL_SOC))
          .isEqualTo(whole.derivative(Output.VOLTAGE, k, P2dParameter.INITIAL_SOC));
    }
    double[] one = new double[whole.stateEntries()];
    double[] other = new double[parts.stateEntries()];
    whole.copyEndDerivative(P2dParameter.INITIAL_SOC, one);
    parts.copyEndDerivative(P2dParameter.INITIAL_SOC, other);
    assertThat(one).isEqualTo(other);
  }

  /** Sub-steps of a split step, one after the other, both ways. */
  @Test
  void subStepsChain() {
    P2dModel model = model("lgm50", P2dOptions.Thermal.LUMPED, Ageing.FULL, false);
    HorizonStepper stepper = new HorizonStepper(model);
    SubStepRecord[] records = new SubStepRecord[HorizonStepper.SPLIT];
    for (int i = 0; i < records.length; i++) {
      records[i] = new SubStepRecord(model);
    }
    double[] state = model.newState(0.5, 300).values();
    TangentColumns forward = new TangentColumns(model, 1, true);
    forward.begin(1);
    SweepBack back = new SweepBack(model, new P2dParameter[0]);
    for (int part = 0; part < records.length; part++) {
      SubStepRecord[] one = {records[part]};
      assertThat(stepper.step(state, 5, 8, AMBIENT, one, 0)).isEqualTo(1);
      assertThat(forward.moveStep(records[part])).isTrue();
    }
    double sum = 0;
    back.clear();
    for (int part = records.length - 1; part >= 0; part--) {
      assertThat(back.subStep(records[part], part == records.length - 1 ? 1 : 0, 0)).isTrue();
      sum += back.current / model.cell().electrodeAreaM2();
    }
    double slope = forward.output(Output.VOLTAGE, 0);
    assertThat(Math.abs(sum - slope) / Math.abs(slope)).isLessThan(1e-12);
  }

  @Test
  void wrongCallsAreNamed() {
    P2dModel model = model("lgm50", P2dOptions.Thermal.LUMPED, Ageing.NONE, false);
    P2dAdjoint adjoint = new P2dAdjoint(model, STEPS, MOVES, P2dParameter.CAPACITY);
    assertThatThrownBy(() -> adjoint.move(0)).hasMessageContaining("run() and differentiate()");
    adjoint.run(start(model), STEPS, dt, moveOfStep, moveAmps, AMBIENT);
    assertThatThrownBy(() -> adjoint.differentiate(new double[2][STEPS]))
        .hasMessageContaining("Weights of 2 outputs; allowed: 6");
    adjoint.differentiate(weights(STEPS));
    assertThatThrownBy(() -> adjoint.parameter(P2dParameter.SEI_RATE))
        .hasMessageContaining("SEI_RATE")
        .hasMessageContaining("allowed: [CAPACITY]");
    P2dSensitivities forward = new P2dSensitivities(model, 2, P2dParameter.CAPACITY);
    assertThatThrownBy(() -> forward.advance(1, dt, amps, AMBIENT))
        .hasMessageContaining("call begin() first");
    assertThatThrownBy(
            () -> new P2dSensitivities(model, 2, P2dParameter.CAPACITY, P2dParameter.CAPACITY))
        .hasMessageContaining("CAPACITY is given twice");
  }
}
