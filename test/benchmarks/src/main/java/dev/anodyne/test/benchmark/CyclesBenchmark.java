package dev.anodyne.test.benchmark;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.protocol.Protocol;
import dev.anodyne.core.protocol.ProtocolRunner;
import dev.anodyne.core.protocol.SimulationRequest;
import dev.anodyne.core.protocol.SimulationResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Ageing over cycles: 1C down to 2.5 V, 1C up to 4.2 V, held there until C/20, all side reactions.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CyclesBenchmark {
  private static final double AMBIENT_KELVIN = 298.15;

  /** Rows are not what is measured: one an hour beside those at the steps' ends. */
  private static final double ROW_SECONDS = 3600;

  /** Number of cycles in one run. */
  @Param("200")
  int cycles;

  private final CellParameters cell = CellParameters.load("okane2022");
  private final Protocol protocol =
      Protocol.parse(
          "Discharge at 1C until 2.5 V; Charge at 1C until 4.2 V; Hold at 4.2 V until C/20");

  @Benchmark
  public SimulationResult age() {
    SimulationResult result =
        ProtocolRunner.run(
            new SimulationRequest(
                cell, P2dOptions.PLANT, protocol, 1, AMBIENT_KELVIN, cycles, ROW_SECONDS));
    if (!result.termination().isCompleted()) {
      throw new IllegalStateException(result.termination().description());
    }
    return result;
  }
}
