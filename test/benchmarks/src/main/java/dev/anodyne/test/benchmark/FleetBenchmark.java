package dev.anodyne.test.benchmark;

import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.signal.SeededRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Many cells at 1 Hz: 25,000 states that really lie in memory, each with its own state of charge,
 * temperature and current, stepped one after the other with error control. Every second each
 * current moves by up to 0.05C between −1C and 1C around its own mean. One invocation steps the
 * next {@value #BATCH} cells, so that caches are as cold as they are in a full sweep.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FleetBenchmark {
  /** Cells stepped in one invocation. */
  static final int BATCH = 250;

  private static final double LARGEST_MOVE_C = 0.05;

  /** Number of cells. */
  @Param("25000")
  int cells;

  /**
   * Name of the options: {@code control}, {@code plating} (control with plating) or {@code plant}.
   */
  @Param({"control", "plating", "plant"})
  String mesh = "";

  private Cell cell = new Cell("lgm50", P2dOptions.CONTROL);
  private P2dState[] states = new P2dState[0];
  private double[] amps = new double[0];
  private double[] meanAmps = new double[0];
  private RandomGenerator random = SeededRandom.of(1);
  private int next;

  @Setup
  public void prepare() {
    cell =
        new Cell(
            "lgm50",
            switch (mesh) {
              case "control" -> P2dOptions.CONTROL;
              case "plating" -> Cell.CONTROL_WITH_PLATING;
              default -> P2dOptions.PLANT;
            });
    random = SeededRandom.of(1);
    states = new P2dState[cells];
    amps = new double[cells];
    meanAmps = new double[cells];
    for (int i = 0; i < cells; i++) {
      states[i] =
          cell.model.newState(0.3 + 0.4 * random.nextDouble(), 283.15 + 30 * random.nextDouble());
      meanAmps[i] = (1.6 * random.nextDouble() - 0.8) * cell.nominalAmps;
      amps[i] = meanAmps[i];
      cell.step(states[i], amps[i], 10);
    }
    next = 0;
  }

  /** One second of {@value #BATCH} cells. */
  @Benchmark
  public double step() {
    double sum = 0;
    double move = LARGEST_MOVE_C * cell.nominalAmps;
    for (int n = 0; n < BATCH; n++) {
      int i = next;
      double wanted = amps[i] + move * (2 * random.nextDouble() - 1);
      amps[i] = Math.max(meanAmps[i] - 4 * move, Math.min(meanAmps[i] + 4 * move, wanted));
      cell.step(states[i], amps[i], 1);
      sum += cell.outputs.voltageVolts;
      next = i + 1 == cells ? 0 : i + 1;
    }
    return sum;
  }
}
