package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.LockstepCharger;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.pack.PackState;
import java.time.Duration;

/**
 * A plant as a charger in the same process whose every step is judged: a period is taken in the
 * plant's own steps, and the plant stops at the step that reaches the target. Simulated time starts
 * at 0. Not thread-safe.
 */
final class LabCharger implements LockstepCharger {
  /** Nothing that matters to a resting cell is faster than this; the model's steps adapt. */
  private static final double REST_STEP_SECONDS = 10.0;

  private final ChargingPlant plant;
  private final double periodSeconds;
  private final double targetSoc;
  private final RunRecorder recorder;
  private final StayMeter meter;
  private PackState truth;
  private PackState decidedTruth;
  private ChargerStatus status;

  /**
   * A charger around a plant that only it steps.
   *
   * @param plant at its start
   * @param periodSeconds simulated time from tick to tick, s
   * @param targetSoc the plant stands still once its true state of charge is here, 0–1
   * @param recorder hears the truth after every step
   * @param meter hears the plant after every step
   */
  LabCharger(
      ChargingPlant plant,
      double periodSeconds,
      double targetSoc,
      RunRecorder recorder,
      StayMeter meter) {
    this.plant = plant;
    this.periodSeconds = periodSeconds;
    this.targetSoc = targetSoc;
    this.recorder = recorder;
    this.meter = meter;
    truth = plant.truth();
    decidedTruth = truth;
    recorder.step(truth);
    status = image();
  }

  /** The truth at the newest tick. */
  PackState truth() {
    return truth;
  }

  /** The truth at the tick that the newest command answered. */
  PackState decidedTruth() {
    return decidedTruth;
  }

  /** True once the true state of charge is at the target. */
  boolean isAtTarget() {
    return truth.soc() >= targetSoc;
  }

  @Override
  public ChargerStatus awaitTick(Duration timeout) {
    return status;
  }

  @Override
  public void complete(CurrentCommand command) {
    decidedTruth = truth;
    boolean rests =
        command.chargeCurrentAmps() == 0.0
            && truth.chargeCurrentAmps() == 0.0
            && plant.heatWatts() == 0.0;
    double step = rests ? REST_STEP_SECONDS : plant.config().innerStepSeconds();
    int steps = Math.max(1, (int) Math.ceil(periodSeconds / step - 1e-9));
    double dt = periodSeconds / steps;
    for (int i = 0; i < steps && !isAtTarget() && plant.status().isUsable(); i++) {
      plant.step(dt, command, nanos(truth.timeSeconds()));
      truth = plant.truth();
      recorder.step(truth);
      meter.step(plant, dt);
    }
    status = image();
  }

  /** Lets the battery rest: the charge is over, but nobody has fetched it yet. */
  void restUntil(double seconds) {
    double left = seconds - truth.timeSeconds();
    plant.applyThermal(ThermalCommand.off(Long.MAX_VALUE));
    int steps = (int) Math.ceil(left / REST_STEP_SECONDS);
    for (int i = 0; i < steps && plant.status().isUsable(); i++) {
      plant.step(left / steps, CurrentCommand.zero(Long.MAX_VALUE), nanos(truth.timeSeconds()));
      truth = plant.truth();
      meter.step(plant, left / steps);
    }
  }

  @Override
  public void applyThermal(ThermalCommand command) {
    plant.applyThermal(command);
  }

  @Override
  public ChargerStatus status() {
    return status;
  }

  @Override
  public void apply(CurrentCommand command) {
    throw new UnsupportedOperationException("In lock-step, commands come with complete().");
  }

  @Override
  public void close() {}

  private ChargerStatus image() {
    boolean solved = plant.status().isUsable();
    return new ChargerStatus(
        solved ? LinkState.UP : LinkState.DOWN,
        plant.measure(nanos(truth.timeSeconds())),
        plant.capabilities(),
        plant.batteryLimits(),
        plant.isConnected(),
        plant.faults(),
        solved ? "" : "The plant's equations have no solution: a cell is exhausted.",
        plant.thermalCapabilities());
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
