package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.ClosedLoopRun;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.lab.PlantChoice;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.identification.BatteryRecord;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.RecordedSession;
import dev.anodyne.plantsim.PlantConfig;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs scenarios. Cells are loaded once and shared, and with them what is derived from a cell once
 * for all (current maps). The same scenario, policy and estimator give the same charge, bit for
 * bit, on any thread and in any order; only solve times differ. An interrupted thread ends its
 * charge with a {@link java.util.concurrent.CancellationException}. Thread-safe.
 */
public final class ScenarioRunner {
  /** Stands for the best estimator that is shipped for the cell. */
  public static final String DEFAULT_ESTIMATOR = "default";

  /** The charge before the scenario's own has other noise: "earlier" is not "the same". */
  private static final long EARLIER_SEED = 0x6561726C69L << 20;

  private final Map<CellKey, CellParameters> cells = new ConcurrentHashMap<>();

  /** Reading a shipped model to see that it is there takes longer than a control period. */
  private final Map<CellParameters, String> defaults = new ConcurrentHashMap<>();

  private record CellKey(String cell, double heatTransferWattsPerM2Kelvin) {}

  /**
   * The controller's side of a scenario, of a battery that nobody has charged yet.
   *
   * @param policy name or file; oracles get the truth for an estimator
   * @param estimator name or file; or {@link #DEFAULT_ESTIMATOR}
   * @throws InputException when the cell cannot be loaded
   */
  public ChargeSetup setup(Scenario scenario, String policy, String estimator) {
    CellParameters cell = cell(scenario);
    if (Parts.isOracle(policy)) {
      return scenario.setup(cell, policy, Parts.TRUTH);
    }
    String belief =
        estimator.equals(DEFAULT_ESTIMATOR)
            ? defaults.computeIfAbsent(cell, Estimators::defaultFor)
            : estimator;
    return scenario.setup(cell, policy, belief);
  }

  ChargeSetup setup(Scenario scenario, Contender contender) {
    return setup(scenario, contender.policy(), contender.estimator());
  }

  /** The simulated side of a scenario. */
  public PlantConfig plant(Scenario scenario, ChargeSetup setup) {
    return PlantChoice.of(scenario.plantKeys(), "plant of '" + scenario.name() + "'", setup);
  }

  /**
   * Charges; where the battery is known, charges and identifies it before.
   *
   * @param setup of this scenario
   * @throws InterruptedException when the thread is asked to stop
   */
  public RunResult run(Scenario scenario, ChargeSetup setup) throws InterruptedException {
    ChargeSetup informed = scenario.known() ? withKnown(setup, earlier(scenario, setup)) : setup;
    return runAs(scenario, informed);
  }

  /** As {@code charge --battery} begins: the sensors may be others than before. */
  static ChargeSetup withKnown(ChargeSetup setup, BatteryRecord battery) {
    return setup.withIdentified(battery.current(setup.cell()).measuredBy(""));
  }

  /** Charges with what the setup says is known. */
  RunResult runAs(Scenario scenario, ChargeSetup setup) throws InterruptedException {
    return ClosedLoopRun.run(setup, plant(scenario, setup), setup.policy(), Progress.NONE);
  }

  /**
   * What an earlier charge of the same battery by the same policy, with other noise, tells about
   * it; nothing when the identification refuses that charge.
   */
  BatteryRecord earlier(Scenario scenario, ChargeSetup setup) throws InterruptedException {
    RecordedSession session = new RecordedSession(setup.layout());
    PlantConfig plant = plant(scenario, setup).withSeed(EARLIER_SEED ^ scenario.seed());
    ClosedLoopRun.run(setup, plant, "earlier", Progress.NONE, session::add);
    CellIdentifier identifier =
        new CellIdentifier(
            setup.cell(),
            P2dOptions.CONTROL,
            FitNoise.STANDARD,
            OptionalDouble.of(setup.ambientKelvin()));
    BatteryRecord unknown = BatteryRecord.unknown(setup.cell());
    Identification found =
        identifier.identify(
            session, unknown.current(setup.cell()).within(Estimators.sensorsOf(setup.estimator())));
    return unknown.with(found, "");
  }

  private CellParameters cell(Scenario s) {
    return cells.computeIfAbsent(
        new CellKey(s.cell(), s.heatTransferWattsPerM2Kelvin()),
        key ->
            InputException.checking(
                "--cell",
                () ->
                    CellParameters.load(key.cell())
                        .withHeatTransfer(key.heatTransferWattsPerM2Kelvin())));
  }
}
