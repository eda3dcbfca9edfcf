package dev.anodyne.controller.lab;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.LockstepDriver;
import dev.anodyne.controller.session.LoopEvent;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.mpc.objective.ObjectivePolicy;
import dev.anodyne.mpc.objective.Schedule;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.PackState;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * One closed-loop charge in process, as fast as it computes: plant, estimator, policy, guard and
 * the controller's own loop, in lock-step. The charge ends when the plant's true state of charge
 * reaches the target. The same setup and plant give the same charge, bit for bit; only solve times
 * differ.
 */
public final class ClosedLoopRun {
  /**
   * The controller aims this much further than the run goes, so that the truth, not an estimate
   * that is a little high, ends the charge.
   */
  private static final double TARGET_HEADROOM = 0.02;

  /** A station goes on without current; a laboratory run with a broken part is worth nothing. */
  private static final int MAX_FAILURES = 3;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ChargeSetup setup;
  private final Progress progress;
  private final RunRecorder recorder;
  private final LabCharger charger;
  private final Consumer<Measurement> listener;
  private int failures;
  private final Stall stall;
  private final ChargingPlant simulated;
  private final StayMeter meter;

  private ClosedLoopRun(
      ChargeSetup setup, PlantConfig plant, Progress progress, Consumer<Measurement> listener) {
    this.listener = listener;
    this.setup = setup;
    this.progress = progress;
    recorder = new RunRecorder(setup.layout());
    simulated = new ChargingPlant(plant);
    meter = new StayMeter(setup.outlook().pricePerKilowattHour());
    stall = new Stall(setup.outlook().departureSeconds());
    charger = new LabCharger(simulated, setup.periodSeconds(), setup.toSoc(), recorder, meter);
  }

  /**
   * Runs a charge to its end.
   *
   * @param setup what the controller knows
   * @param plant what is true; its layout must be the setup's
   * @param label what tables call the run
   * @param progress hears about the state of charge
   * @throws InputException when policy or estimator cannot be made
   */
  public static RunResult run(ChargeSetup setup, PlantConfig plant, String label, Progress progress)
      throws InterruptedException {
    return run(setup, plant, label, progress, m -> {});
  }

  /**
   * The same, telling what the sensors said.
   *
   * @param listener hears every measurement that the controller decided on, in order
   */
  public static RunResult run(
      ChargeSetup setup,
      PlantConfig plant,
      String label,
      Progress progress,
      Consumer<Measurement> listener)
      throws InterruptedException {
    return run(setup, plant, label, progress, listener, event -> {});
  }

  /**
   * The same, telling everything that happened to the loop.
   *
   * @param tape hears every event, in order, e.g. a recording
   */
  public static RunResult run(
      ChargeSetup setup,
      PlantConfig plant,
      String label,
      Progress progress,
      Consumer<Measurement> listener,
      Consumer<LoopEvent> tape)
      throws InterruptedException {
    // A policy's file is read once: what decides is what the results name.
    ChargeSetup fixed = setup.withSpec(Parts.spec(setup));
    return new ClosedLoopRun(told(fixed, plant), plant, progress, listener).run(label, plant, tape);
  }

  /** The setup with what the plant's charger announces: what the loop is really made of. */
  public static ChargeSetup told(ChargeSetup setup, PlantConfig plant) {
    return PlantThermal.told(PlantCharger.told(setup, plant), plant);
  }

  private RunResult run(String label, PlantConfig plant, Consumer<LoopEvent> tape)
      throws InterruptedException {
    StateEstimator estimator = Parts.estimator(setup, charger::truth);
    ChargingPolicy policy = Parts.policy(setup, plant);
    Optional<Schedule> planned =
        policy instanceof ObjectivePolicy p ? Optional.of(p.schedule()) : Optional.empty();
    Guard guard = new Guard(guardSettings(setup));
    try (ChargeLoop loop = new ChargeLoop(sessionSettings(setup), estimator, policy, guard)) {
      loop.listen(tape);
      LockstepDriver driver =
          new LockstepDriver(loop, charger, Duration.ofSeconds(10), this::record);
      driver.run(record -> charger.isAtTarget() || stall.isHopeless(charger.truth()));
    }
    return recorder
        .finish(
            RunRecorder.Names.of(label, setup, plant.seed()),
            charger.isAtTarget(),
            PlantLimits.judged(setup.limits(), plant),
            0)
        .withStay(stay(planned));
  }

  /** Waits for the departure, if there is one, and takes the figures. */
  private Optional<Stay> stay(Optional<Schedule> planned) {
    double departure = setup.outlook().departureSeconds();
    if (!Double.isFinite(departure)) {
      return Optional.empty();
    }
    double arrival =
        charger.isAtTarget() ? charger.truth().timeSeconds() : Double.POSITIVE_INFINITY;
    charger.restUntil(departure);
    return Optional.of(meter.finish(simulated, departure, arrival, planned));
  }

  private void record(LoopRecord record) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException();
    }
    listener.accept(record.status().measurement());
    failures = record.note().contains(" failed: ") ? failures + 1 : 0;
    if (failures > MAX_FAILURES) {
      throw new IllegalStateException(record.note());
    }
    PackState truth = charger.decidedTruth();
    recorder.row(row(record, truth, setup));
    recorder.plan(truth.timeSeconds(), record.decision().plan());
    tell(progress, setup, truth);
  }

  static void tell(Progress progress, ChargeSetup setup, PackState truth) {
    double share = (truth.soc() - setup.fromSoc()) / (setup.toSoc() - setup.fromSoc());
    progress.at(
        Math.max(0, Math.min(1, share)),
        String.format(
            Locale.ROOT,
            "%.1f %%, %.1f A",
            truth.soc() * 100,
            setup.layout().cellAmps(truth.chargeCurrentAmps())));
  }

  static TraceRow row(LoopRecord record, PackState truth, ChargeSetup setup) {
    CellEstimate belief = record.estimate();
    double estimated = Double.NaN;
    double bound = Double.NaN;
    if (belief != null && belief.valid()) {
      estimated = belief.anodePotentialVolts();
      bound = belief.anodePotentialLowerBoundVolts();
    }
    return new TraceRow(
        truth.timeSeconds(),
        setup.layout().cellAmps(truth.chargeCurrentAmps()),
        truth.maxCellVoltageVolts(),
        truth.maxCellTemperatureKelvin(),
        truth.soc(),
        truth.minAnodePotentialVolts(),
        estimated,
        bound,
        record.decision().source(),
        record.activeConstraint(),
        record.decision().solveNanos() * 1e-6,
        record.decision().slack(),
        record.decision().collision());
  }

  /** Where the session is told to end, 0–1. */
  static double sessionTarget(ChargeSetup setup) {
    return Math.min(1.0, setup.toSoc() + TARGET_HEADROOM);
  }

  /** What the session is told. */
  public static SessionSettings sessionSettings(ChargeSetup setup) {
    return new SessionSettings(
        "lab",
        setup.layout(),
        sessionTarget(setup),
        setup.maxVoltageVolts(),
        setup.maxTemperatureKelvin(),
        setup.maxCellCurrentAmps(),
        0.0,
        setup.ambientKelvin(),
        Math.round(setup.periodSeconds() * NANOS_PER_SECOND));
  }

  /** The guard of every session, with times that fit the period. */
  public static GuardSettings guardSettings(ChargeSetup setup) {
    GuardSettings usual =
        GuardSettings.of(setup.layout(), setup.maxVoltageVolts(), setup.maxTemperatureKelvin());
    long twoPeriods = Math.round(2 * setup.periodSeconds() * NANOS_PER_SECOND);
    return usual.withTimes(
        Math.max(usual.stalenessNanos(), twoPeriods),
        // In lock-step the plant waits: values without noise may stand still.
        0,
        Math.max(usual.rampWindowNanos(), twoPeriods));
  }
}
