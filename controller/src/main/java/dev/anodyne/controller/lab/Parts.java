package dev.anodyne.controller.lab;

import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.PolicyFile;
import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.mpc.Policies;
import dev.anodyne.mpc.PolicyContext;
import dev.anodyne.mpc.objective.ChargeGoal;
import dev.anodyne.mpc.objective.ObjectivePolicy;
import dev.anodyne.mpc.objective.ThermostatPolicy;
import dev.anodyne.mpc.spec.Objective;
import dev.anodyne.mpc.spec.PolicySpec;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.PackState;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Makes the controller's parts for a run in process. */
public final class Parts {
  /** The estimator of oracle runs. */
  public static final String TRUTH = "truth";

  /** The rider that knows the truth. */
  public static final String RIDER_ORACLE = "rider-oracle";

  /** The policy that rests on the plant. */
  public static final String OPTIMUM = OracleOptimum.NAME;

  private Parts() {}

  /** True of policies that are given the truth: their results name the estimator {@link #TRUTH}. */
  public static boolean isOracle(String policy) {
    return policy.equals(RIDER_ORACLE) || policy.equals(OracleOptimum.NAME);
  }

  /**
   * Checks names before minutes of computing.
   *
   * @throws InputException naming the option, the value and what is allowed
   */
  public static void check(ChargeSetup setup) {
    spec(setup);
    if (!setup.estimator().equals(TRUTH)) {
      InputException.checking("--estimator", () -> plainEstimator(setup, setup.estimator()));
    }
  }

  /**
   * The policy of a setup, without a deadline.
   *
   * @param plant what is true, for {@link OracleOptimum} alone
   */
  static ChargingPolicy policy(ChargeSetup setup, PlantConfig plant) {
    if (setup.policy().equals(OracleOptimum.NAME)) {
      return OracleOptimum.of(setup, plant);
    }
    return policy(setup);
  }

  /** The policy of a setup that does not know the plant, without a deadline. */
  public static ChargingPolicy policy(ChargeSetup setup) {
    return policy(setup, NanoClock.SYSTEM, 0L);
  }

  /**
   * The same with a deadline.
   *
   * @param clock enforces the deadline
   * @param deadlineNanos time a decision may take, ns; 0 for none
   */
  public static ChargingPolicy policy(ChargeSetup setup, NanoClock clock, long deadlineNanos) {
    boolean overridden = setup.goal() != null || setup.thermostatCelsius() != null;
    PolicySpec spec =
        overridden ? spec(setup).withObjective(new Objective.MinimumTime()) : spec(setup);
    PolicyContext context = context(setup, clock, deadlineNanos);
    ChargingPolicy policy =
        InputException.checking("--policy", () -> Policies.create(spec, context));
    Double celsius = setup.thermostatCelsius();
    if (celsius != null) {
      double cooling =
          setup.heatTransferWattsPerM2Kelvin()
              * setup.cell().thermal().map(ThermalData::coolingAreaM2).orElse(0.0);
      return InputException.checking(
          "--thermostat", () -> new ThermostatPolicy(policy, celsius + 273.15, cooling));
    }
    ChargeGoal goal = setup.goal();
    return goal == null
        ? policy
        : InputException.checking("--goal", () -> new ObjectivePolicy(policy, context, goal));
  }

  /**
   * What the policy of a setup does: of its name, or of its file, which is read here.
   *
   * @throws InputException naming the option or the file, the value and what is allowed
   */
  public static PolicySpec spec(ChargeSetup setup) {
    PolicySpec known = setup.spec();
    return known == null ? spec(setup.policy()) : known;
  }

  /**
   * What a policy does.
   *
   * @param nameOrFile as on the command line; {@link #RIDER_ORACLE} too
   * @throws InputException naming the option or the file, the value and what is allowed
   */
  public static PolicySpec spec(String nameOrFile) {
    if (nameOrFile.equals(RIDER_ORACLE)) {
      return PolicySpec.named("rider").withName(RIDER_ORACLE, "");
    }
    try {
      return InputException.checking("--policy", () -> PolicyFile.of(nameOrFile, Path.of("")))
          .spec();
    } catch (ConfigException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The estimator of a setup.
   *
   * @param truth the plant's truth at the newest tick, for oracle runs only
   */
  public static StateEstimator estimator(ChargeSetup setup, Supplier<PackState> truth) {
    if (!setup.estimator().equals(TRUTH)) {
      return InputException.checking("--estimator", () -> plainEstimator(setup, setup.estimator()));
    }
    // These look at measured values only: the costly twin would compute for nobody.
    StateEstimator twin =
        spec(setup).policy().startsWith("cccv") || setup.policy().equals(OracleOptimum.NAME)
            ? new Measured(setup)
            : InputException.checking("--estimator", () -> plainEstimator(setup, "physics"));
    return new TruthEstimator(twin, truth);
  }

  private static StateEstimator plainEstimator(ChargeSetup setup, String name) {
    EstimatorOptions options =
        EstimatorOptions.DEFAULT
            .withPeriodSeconds(setup.periodSeconds())
            .withHeatTransfer(setup.heatTransferWattsPerM2Kelvin())
            .withAmbientKelvin(setup.ambientKelvin());
    EstimatorOptions known = setup.identified().map(options::withIdentified).orElse(options);
    return Estimators.create(name, setup.cell(), setup.layout(), known);
  }

  private static PolicyContext context(ChargeSetup setup, NanoClock clock, long deadlineNanos) {
    ChargeLimits limits =
        new ChargeLimits(
            setup.maxCellCurrentAmps(),
            setup.maxVoltageVolts(),
            setup.maxTemperatureKelvin(),
            0.0,
            setup.toSoc(),
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            setup.ambientKelvin());
    return new PolicyContext(
        setup.believedCell(),
        setup.periodSeconds(),
        setup.fromSoc(),
        setup.ambientKelvin(),
        limits,
        clock,
        deadlineNanos,
        setup.outlook(),
        setup.chargerDelaySeconds());
  }

  /** A belief made of measured values alone; the internal ones are for the oracle to fill in. */
  private static final class Measured implements StateEstimator {
    private final ChargeSetup setup;
    private final P2dState unused;

    Measured(ChargeSetup setup) {
      this.setup = setup;
      unused =
          P2dModel.of(setup.cell(), P2dOptions.CONTROL)
              .newState(setup.fromSoc(), setup.ambientKelvin());
    }

    @Override
    public CellEstimate update(Measurement m, CurrentCommand applied) {
      return new CellEstimate(
          m.timeNanos(),
          true,
          true,
          setup.layout().cellAmps(m.chargeCurrentAmps()),
          m.maxCellVoltageVolts(),
          m.maxCellTemperatureKelvin(),
          setup.fromSoc(),
          0,
          0,
          0,
          0,
          0,
          m.maxCellTemperatureKelvin(),
          0,
          unused);
    }
  }
}
