package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.CellParameters;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The parts of one Newton iteration, lgm50 with heat and plating on the controller's mesh in the
 * middle of a 1C charge. In the model's package, because kernels are nobody else's business.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {
  /** Evaluations of the property curve in one invocation. */
  public static final int CURVE_EVALUATIONS = 1000;

  private static final double AMBIENT_KELVIN = 298.15;

  private final P2dModel model =
      P2dModel.of(
          CellParameters.load("lgm50"), P2dOptions.CONTROL.withAgeing(P2dOptions.Ageing.PLATING));
  private final P2dWorkspace workspace = model.newWorkspace();
  private final P2dState state = model.newState(0.3, AMBIENT_KELVIN);
  private final double[] right = new double[3 * model.grid.nodes];
  private double gammaSeconds;

  @Setup
  public void prepare() {
    P2dOutputs outputs = new P2dOutputs();
    double amps = model.cell().nominalCapacityAmpHours();
    SolveStatus status =
        P2dStepper.step(
            model, state, P2dControl.CURRENT, amps, 60, AMBIENT_KELVIN, workspace, outputs);
    if (status != SolveStatus.OK) {
      throw new IllegalStateException("The benchmark's step ended with " + status + ".");
    }
    gammaSeconds = Tableau.SDIRK2.gamma * 10;
  }

  /** Residuals, matrix, factorisation and solution at the end of the last step. */
  @Benchmark
  public boolean newtonIteration() {
    StageSolver.linearise(model, workspace, gammaSeconds);
    boolean solved = workspace.matrix.factor();
    workspace.matrix.solve(workspace.delta);
    return solved;
  }

  /** Assembly of the linear system, its factorisation and one solution; without the kinetics. */
  @Benchmark
  public boolean factorAndSolve() {
    Transport.assemble(model, workspace, gammaSeconds);
    boolean solved = workspace.matrix.factor();
    workspace.matrix.solve(right);
    return solved;
  }

  /** {@value #CURVE_EVALUATIONS} values of the anode's open-circuit potential. */
  @Benchmark
  public double curve() {
    double sum = 0;
    for (int i = 0; i < CURVE_EVALUATIONS; i++) {
      sum += model.anode.electrode.openCircuitVolts(0.05 + 9e-4 * i);
    }
    return sum;
  }
}
