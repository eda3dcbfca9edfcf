package dev.anodyne.test.benchmark;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.network.Ensemble;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.Target;
import dev.anodyne.mpc.Policies;
import dev.anodyne.mpc.PolicyContext;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What one control period costs, in a charge of one lgm50 cell from 10 to 75 % with the shipped
 * network (augmented), its twin, and the model-predictive controller; then the charge begins again.
 * The cell itself is stepped outside the timed part.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ControllerBenchmark {
  private static final double FROM_SOC = 0.1;
  private static final double TO_SOC = 0.75;

  /** A charge under way: the cell, its estimator and its policy, one second after the other. */
  private static final class Charge {
    private final Cell plant = new Cell("lgm50", P2dOptions.CONTROL);
    private final CellParameters parameters = plant.model.cell();
    private final ChargeLimits limits =
        new ChargeLimits(
            3 * plant.nominalAmps,
            parameters.upperCutOffVolts(),
            318.15,
            0,
            0.8,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Cell.AMBIENT_KELVIN);
    final ChargingPolicy policy =
        Policies.create(
            "mpc",
            new PolicyContext(
                parameters, 1, FROM_SOC, Cell.AMBIENT_KELVIN, limits, NanoClock.SYSTEM, 0));
    private P2dState state = plant.model.newState(FROM_SOC, Cell.AMBIENT_KELVIN);
    private StateEstimator estimator = newEstimator();
    private double amps;
    private CurrentCommand command = CurrentCommand.zero(0);
    private Measurement measurement = measure(0);
    private CellEstimate estimate = estimator.update(measurement, command);
    private long second;

    private StateEstimator newEstimator() {
      return Estimators.create(
          "augmented",
          parameters,
          PackLayout.SINGLE_CELL,
          EstimatorOptions.DEFAULT.withInitialSoc(FROM_SOC).withAmbientKelvin(Cell.AMBIENT_KELVIN));
    }

    private Measurement measure(long atSecond) {
      return Measurement.ofCell(
          atSecond * 1_000_000_000L,
          amps,
          plant.outputs.voltageVolts,
          plant.outputs.temperatureKelvin,
          Quality.GOOD);
    }

    /** One second of the cell, then its measurement. */
    void advance() {
      if (second == 0 || plant.model.soc(state) > TO_SOC) {
        plant.model.initialise(state, FROM_SOC, Cell.AMBIENT_KELVIN);
        estimator = newEstimator();
        amps = 0;
      }
      plant.step(state, amps, 1);
      second++;
      measurement = measure(second);
      command = new CurrentCommand(amps, parameters.upperCutOffVolts(), Long.MAX_VALUE);
    }

    CellEstimate estimate() {
      estimate = estimator.update(measurement, command);
      return estimate;
    }

    PolicyDecision decide() {
      PolicyDecision decision = policy.next(estimate, limits);
      amps = decision.chargeCurrentAmps();
      return decision;
    }
  }

  /** A charge of which the estimates are timed. */
  @State(Scope.Thread)
  public static class Estimating {
    private final Charge charge = new Charge();

    @Setup(Level.Invocation)
    public void before() {
      charge.advance();
    }

    @TearDown(Level.Invocation)
    public void after() {
      charge.decide();
    }

    @TearDown
    public void close() {
      charge.policy.close();
    }
  }

  /** A charge of which the decisions are timed. */
  @State(Scope.Thread)
  public static class Deciding {
    private final Charge charge = new Charge();

    @Setup(Level.Invocation)
    public void before() {
      charge.advance();
      charge.estimate();
    }

    @TearDown
    public void close() {
      charge.policy.close();
    }
  }

  /** The shipped networks' weights. */
  @State(Scope.Thread)
  public static class Network {
    private final Ensemble network =
        Estimators.shipped(FeatureSet.AUGMENTED, CellParameters.load("lgm50"))
            .orElseThrow()
            .newEnsemble();
    private final double[] inputs = new double[network.inputs()];
  }

  /** The estimator's answer to one measurement: twin, network, bound. */
  @Benchmark
  public CellEstimate estimate(Estimating turn) {
    return turn.charge.estimate();
  }

  /** One decision of the model-predictive controller. */
  @Benchmark
  public PolicyDecision decide(Deciding turn) {
    return turn.charge.decide();
  }

  /** One forward pass of the ensemble of networks. */
  @Benchmark
  public double forward(Network n) {
    n.inputs[0] = n.inputs[0] > 1 ? -1 : n.inputs[0] + 0.01;
    n.network.forward(n.inputs);
    return n.network.sigma(Target.ANODE_POTENTIAL);
  }
}
