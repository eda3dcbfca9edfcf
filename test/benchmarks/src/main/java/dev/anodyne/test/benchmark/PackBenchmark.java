package dev.anodyne.test.benchmark;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.plantsim.environment.Environment;
import dev.anodyne.plantsim.pack.CellSpread;
import dev.anodyne.plantsim.pack.Pack;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One second of a traction battery: lgm50 cells with production spread, each with its own
 * parameters, on the plant's mesh with full ageing; the currents of parallel cells are solved.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PackBenchmark {
  private static final int MOVES = 600;
  private static final CellParameters CELL = CellParameters.load("lgm50");

  /** Groups in series. */
  @Param("96")
  int series;

  /** Cells in each group. */
  @Param("2")
  int parallel;

  /**
   * "smooth": the battery's current moves by up to 0.05C a second around 1C. "jumps": every second
   * begins with a jump of 1C, up or down, between 0 and 2C.
   */
  @Param({"smooth", "jumps"})
  String currents = "smooth";

  private Pack pack = build(1, 1);
  private double[] amps = new double[MOVES];
  private int next;

  /** Every iteration begins with the same battery at 20 %. */
  @Setup(Level.Iteration)
  public void prepare() {
    pack = build(series, parallel);
    double nominal = parallel * CELL.nominalCapacityAmpHours();
    amps =
        currents.equals("jumps")
            ? Currents.jumps(MOVES, nominal, 1)
            : Currents.walk(MOVES, nominal, 0.8, 1.2, 0.05);
    next = 0;
    step();
  }

  private static Pack build(int series, int parallel) {
    return new Pack(
        CELL,
        P2dOptions.PLANT,
        new PackLayout(series, parallel),
        CellVariation.NONE,
        CellSpread.PRODUCTION,
        0.2,
        Environment.REFERENCE,
        SeededRandom.of(1));
  }

  @Benchmark
  public double step() {
    if (next == MOVES) {
      prepare();
    }
    Cell.require(pack.step(amps[next++], Double.POSITIVE_INFINITY, 1, Cell.AMBIENT_KELVIN));
    return pack.voltageVolts();
  }
}
