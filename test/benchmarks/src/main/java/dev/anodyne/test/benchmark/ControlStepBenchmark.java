package dev.anodyne.test.benchmark;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One step of one cell with a new current each time, as twin, controller and plant take it: lgm50
 * with heat. The cell begins again from the same state every 100 steps.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ControlStepBenchmark {
  static final int STEPS = 100;
  private static final double START_SOC = 0.25;
  private static final double RESISTANCE_OHM = 0.02;

  /** Length of the step, s. */
  @Param({"1", "10"})
  double seconds;

  /** {@code smooth}: moves of up to 0.05C; {@code jumps}: 1C up or down at every step. */
  @Param({"smooth", "jumps"})
  String currents = "";

  /** {@code control} (controller's mesh, plating) or {@code plant} (plant's mesh, full ageing). */
  @Param({"control", "plant"})
  String mesh = "";

  private Cell cell = new Cell("lgm50", Cell.CONTROL_WITH_PLATING);
  private P2dState start = cell.model.newState(START_SOC, Cell.AMBIENT_KELVIN);
  private P2dState state = cell.model.newState(START_SOC, Cell.AMBIENT_KELVIN);
  private double[] amps = new double[STEPS];
  private int next;

  @Setup
  public void prepare() {
    cell = new Cell("lgm50", mesh.equals("plant") ? P2dOptions.PLANT : Cell.CONTROL_WITH_PLATING);
    amps =
        currents.equals("jumps")
            ? Currents.jumps(STEPS, cell.nominalAmps, 1)
            : Currents.walk(STEPS, cell.nominalAmps, 0.5, 1.5, 0.05);
    start = cell.loaded(START_SOC, amps[0], 120);
    state = cell.model.newState(START_SOC, Cell.AMBIENT_KELVIN);
    state.copyFrom(start);
    next = 0;
  }

  private double nextAmps() {
    if (next == STEPS) {
      next = 0;
      state.copyFrom(start);
    }
    return amps[next++];
  }

  /** One step with error control. */
  @Benchmark
  public P2dOutputs adaptive() {
    cell.step(state, nextAmps(), seconds);
    return cell.outputs;
  }

  /** One step of fixed length and known work. */
  @Benchmark
  public P2dOutputs fixed() {
    cell.controlStep(state, nextAmps(), seconds);
    return cell.outputs;
  }

  /** One step with the voltage held, at about the voltage that the current would give. */
  @Benchmark
  public P2dOutputs heldVoltage() {
    double change = nextAmps() - cell.model.chargeCurrentAmps(state);
    double volts = cell.outputs.voltageVolts + RESISTANCE_OHM * change;
    cell.step(state, P2dControl.VOLTAGE, volts, seconds);
    return cell.outputs;
  }
}
