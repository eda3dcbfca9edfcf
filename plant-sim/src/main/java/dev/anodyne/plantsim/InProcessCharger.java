package dev.anodyne.plantsim;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.LockstepCharger;
import java.time.Duration;

/**
 * A plant as a charger in the same process, in lock-step: the plant stands still until the
 * controller has answered. Simulated time starts at 0 ns and is the clock of measurements and of
 * commands' validity. Not thread-safe.
 */
public final class InProcessCharger implements LockstepCharger {
  private final ChargingPlant plant;
  private final double periodSeconds;
  private final long periodNanos;
  private long timeNanos;
  private ChargerStatus status;
  private CurrentCommand command = CurrentCommand.zero(0L);
  private boolean closed;

  /**
   * @param plant stepped by this charger only
   * @param periodSeconds simulated time from tick to tick, s
   */
  public InProcessCharger(ChargingPlant plant, double periodSeconds) {
    if (!(periodSeconds > 0 && periodSeconds <= 3600)) {
      throw new IllegalArgumentException(
          "Charger period " + periodSeconds + " s is not above 0 and at most 3600 s.");
    }
    this.plant = plant;
    this.periodSeconds = periodSeconds;
    periodNanos = Math.round(periodSeconds * 1e9);
    status = image();
  }

  @Override
  public ChargerStatus awaitTick(Duration timeout) {
    return status;
  }

  @Override
  public void complete(CurrentCommand newCommand) {
    if (closed) {
      throw new IllegalStateException("The charger is closed.");
    }
    command = newCommand;
    plant.step(periodSeconds, command, timeNanos);
    timeNanos += periodNanos;
    status = image();
  }

  @Override
  public ChargerStatus status() {
    return status;
  }

  /** Sets the command; the plant moves on only at {@link #complete}. */
  @Override
  public void apply(CurrentCommand newCommand) {
    command = newCommand;
  }

  /** The command in force. */
  public CurrentCommand command() {
    return command;
  }

  /** Simulated time, ns. */
  public long nanoTime() {
    return timeNanos;
  }

  /** The plant behind the charger, for judging only. */
  public ChargingPlant plant() {
    return plant;
  }

  @Override
  public void close() {
    closed = true;
  }

  private ChargerStatus image() {
    boolean solved = plant.status().isUsable();
    return new ChargerStatus(
        solved ? LinkState.UP : LinkState.DOWN,
        plant.measure(timeNanos),
        plant.capabilities(),
        plant.batteryLimits(),
        plant.isConnected(),
        plant.faults(),
        solved ? "" : "The plant's equations have no solution: a cell is exhausted.");
  }
}
