package dev.anodyne.test.benchmark;

import dev.anodyne.core.p2d.P2dAdjoint;
import dev.anodyne.core.p2d.P2dParameter;
import dev.anodyne.core.p2d.P2dRollout;
import dev.anodyne.core.p2d.P2dSensitivities;
import dev.anodyne.core.p2d.P2dState;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A horizon of 60 steps of 10 s with 10 moves that fall from 2C to 1C, lgm50 with heat and plating
 * on the controller's mesh: simulated; simulated with the derivatives of all outputs with respect
 * to every move (forward); with the gradient of one weighted sum of all outputs over all steps
 * (adjoint: every move and the whole start at once); and with the derivatives of all outputs with
 * respect to eight parameters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HorizonBenchmark {
  static final int STEPS = 60;
  static final int MOVES = 10;
  private static final double STEP_SECONDS = 10;

  private final Cell cell = new Cell("lgm50", Cell.CONTROL_WITH_PLATING);
  private final P2dRollout rollout = new P2dRollout(cell.model, STEPS, MOVES);
  private final double[] dt = new double[STEPS];
  private final int[] moveOfStep = new int[STEPS];
  private final double[] amps = new double[MOVES];
  private final double[] ampsOfStep = new double[STEPS];
  private final P2dAdjoint adjoint = new P2dAdjoint(cell.model, STEPS, MOVES);
  private final double[][] weights = new double[P2dRollout.Output.values().length][STEPS];
  private final P2dSensitivities sensitivities =
      new P2dSensitivities(
          cell.model,
          STEPS,
          P2dParameter.ANODE_EXCHANGE,
          P2dParameter.ANODE_DIFFUSIVITY,
          P2dParameter.CATHODE_DIFFUSIVITY,
          P2dParameter.ELECTROLYTE_CONDUCTIVITY,
          P2dParameter.CAPACITY,
          P2dParameter.SERIES_RESISTANCE,
          P2dParameter.HEAT_TRANSFER,
          P2dParameter.INITIAL_SOC);
  private P2dState start = cell.model.newState(0.2, Cell.AMBIENT_KELVIN);

  @Setup
  public void prepare() {
    Arrays.fill(dt, STEP_SECONDS);
    for (int k = 0; k < STEPS; k++) {
      moveOfStep[k] = k * MOVES / STEPS;
    }
    for (int p = 0; p < MOVES; p++) {
      amps[p] = (2 - p / (MOVES - 1.0)) * cell.nominalAmps;
    }
    for (int k = 0; k < STEPS; k++) {
      ampsOfStep[k] = amps[moveOfStep[k]];
    }
    for (double[] ofOutput : weights) {
      Arrays.fill(ofOutput, 1);
    }
    start = cell.loaded(0.2, amps[0], 60);
  }

  @Benchmark
  public double simulate() {
    return run(false);
  }

  @Benchmark
  public double gradient() {
    return run(true);
  }

  /** Forward and back. */
  @Benchmark
  public double adjoint() {
    Cell.require(adjoint.run(start, STEPS, dt, moveOfStep, amps, Cell.AMBIENT_KELVIN));
    Cell.require(adjoint.differentiate(weights));
    return adjoint.move(0);
  }

  @Benchmark
  public double parameters() {
    sensitivities.begin(start, Cell.AMBIENT_KELVIN);
    Cell.require(sensitivities.advance(STEPS, dt, ampsOfStep, Cell.AMBIENT_KELVIN));
    return sensitivities.derivative(P2dRollout.Output.VOLTAGE, STEPS - 1, P2dParameter.INITIAL_SOC);
  }

  private double run(boolean withSensitivities) {
    Cell.require(
        rollout.run(start, STEPS, dt, moveOfStep, amps, Cell.AMBIENT_KELVIN, withSensitivities));
    return rollout.value(P2dRollout.Output.VOLTAGE, STEPS - 1);
  }
}
