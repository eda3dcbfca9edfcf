package dev.anodyne.test.benchmark;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import dev.anodyne.core.protocol.Load;
import dev.anodyne.core.protocol.Protocol;
import dev.anodyne.core.protocol.ProtocolRunner;
import dev.anodyne.core.protocol.SimulationRequest;
import dev.anodyne.core.protocol.SimulationResult;
import dev.anodyne.core.protocol.SimulationTermination;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Whole simulations, as {@code anodyne simulate} runs them: model built, protocol followed on the
 * plant's mesh, events located, rows made. Nothing is kept from one run to the next.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RunBenchmark {
  /** As dense as the reference's own rows. */
  private static final double ROW_SECONDS = 20;

  /** Longer than any run here: rows at its two ends only. */
  private static final double NO_ROWS_SECONDS = 7200;

  private static final double AMBIENT_KELVIN = 298.15;

  private final CellParameters chen = CellParameters.load("chen2020");
  private final CellParameters okane = CellParameters.load("okane2022");
  private final CellParameters lgm50 = CellParameters.load("lgm50");
  private final Protocol discharge = Protocol.parse("Discharge at 1C until 2.5 V");
  private final Protocol charge = Protocol.parse("Charge at 2C until 4.2 V");
  private final Load chenDrive = Currents.drive(chen.nominalCapacityAmpHours());
  private final Load lgm50Drive = Currents.drive(lgm50.nominalCapacityAmpHours());

  /** 1C discharge of chen2020 from full to 2.5 V, isothermal. */
  @Benchmark
  public SimulationResult discharge() {
    return run(chen, Thermal.ISOTHERMAL, Ageing.NONE, discharge, 1, NO_ROWS_SECONDS);
  }

  /** The same with a row of every column each 20 s. */
  @Benchmark
  public SimulationResult dischargeWithRows() {
    return run(chen, Thermal.ISOTHERMAL, Ageing.NONE, discharge, 1, ROW_SECONDS);
  }

  /** 2C charge of okane2022 from 10 % to 4.2 V with heat, SEI and plating, a row each 20 s. */
  @Benchmark
  public SimulationResult chargeOkane2022() {
    return run(okane, Thermal.LUMPED, Ageing.FULL, charge, 0.1, ROW_SECONDS);
  }

  /** The same with the analytic graphite OCP. */
  @Benchmark
  public SimulationResult chargeLgm50() {
    return run(lgm50, Thermal.LUMPED, Ageing.FULL, charge, 0.1, ROW_SECONDS);
  }

  /** 600 s of driving, chen2020 isothermal, a row a second. */
  @Benchmark
  public SimulationResult driveChen2020() {
    return run(chen, Thermal.ISOTHERMAL, Ageing.NONE, chenDrive, 0.8, 1);
  }

  /** 600 s of driving with heat, SEI and plating. */
  @Benchmark
  public SimulationResult driveLgm50() {
    return run(lgm50, Thermal.LUMPED, Ageing.FULL, lgm50Drive, 0.8, 1);
  }

  private static SimulationResult run(
      CellParameters cell,
      Thermal thermal,
      Ageing ageing,
      Load load,
      double soc,
      double rowSeconds) {
    P2dOptions options = P2dOptions.PLANT.withThermal(thermal).withAgeing(ageing);
    SimulationResult result =
        ProtocolRunner.run(
            SimulationRequest.of(cell, options, load, soc, AMBIENT_KELVIN)
                .withPeriodSeconds(rowSeconds));
    if (result.termination().kind() != SimulationTermination.Kind.COMPLETED) {
      throw new IllegalStateException(result.termination().description());
    }
    return result;
  }
}
