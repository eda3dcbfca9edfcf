package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.hil.bench.BenchPlant;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.PackState;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The demo's plant on the bench: a simulated pack whose every step is judged, slowed to the wanted
 * speed. The bench's thread moves it; {@link #truthAt} and {@link #newestTruth} may be called from
 * anywhere.
 */
final class DemoPlant implements BenchPlant {
  /** Ticks whose truth is kept for the records that are on their way. */
  private static final int KEPT = 256;

  private final ChargingPlant plant;
  private final RunRecorder recorder;
  private final double targetSoc;
  private final double speed;
  private final ConcurrentSkipListMap<Long, PackState> truths = new ConcurrentSkipListMap<>();
  private volatile boolean atTarget;
  private long startWallNanos;
  private double startSeconds = Double.NaN;

  /**
   * A plant at its start.
   *
   * @param config what it is like
   * @param recorder hears the truth after every step up to the target; guarded by its own monitor
   * @param targetSoc true state of charge at which judging ends, 0–1
   * @param speed plant seconds a second of the wall clock at most; +∞ for no brake
   */
  DemoPlant(PlantConfig config, RunRecorder recorder, double targetSoc, double speed) {
    plant = new ChargingPlant(config);
    this.recorder = recorder;
    this.targetSoc = targetSoc;
    this.speed = speed;
    judge(plant.truth());
  }

  /** True once the true state of charge is at the target. */
  boolean isAtTarget() {
    return atTarget;
  }

  double targetSoc() {
    return targetSoc;
  }

  PackLayout layout() {
    return plant.config().layout();
  }

  /** The truth at a published instant of the plant's time; the newest when it is not kept. */
  PackState truthAt(long nanos) {
    Map.Entry<Long, PackState> entry = truths.floorEntry(nanos);
    return entry == null ? newestTruth() : entry.getValue();
  }

  /** The truth at the newest published instant. */
  PackState newestTruth() {
    return truths.lastEntry().getValue();
  }

  @Override
  public void step(double dtSeconds, CurrentCommand command, long nowNanos) {
    brake();
    plant.step(dtSeconds, command, nowNanos);
    judge(plant.truth());
  }

  @Override
  public ChargerImage image(long nowNanos) {
    truths.put(nowNanos, plant.truth());
    if (truths.size() > KEPT) {
      truths.pollFirstEntry();
    }
    return new ChargerImage(
        plant.measure(nowNanos),
        plant.capabilities(),
        plant.batteryLimits(),
        plant.isConnected(),
        plant.faults());
  }

  @Override
  public void setBatteryLimits(BatteryLimits limits) {
    plant.setBatteryLimits(limits);
  }

  @Override
  public void setCapabilities(ChargerCapabilities capabilities) {
    plant.setCapabilities(capabilities);
  }

  @Override
  public void setFault(ChargerFault fault, boolean present) {
    plant.setFault(fault, present);
  }

  @Override
  public void setConnected(boolean connected) {
    plant.setConnected(connected);
  }

  private void judge(PackState truth) {
    if (atTarget) {
      return;
    }
    synchronized (recorder) {
      recorder.step(truth);
    }
    atTarget = truth.soc() >= targetSoc;
  }

  /** Never faster than the wanted speed; slower when the machine is. */
  private void brake() {
    double now = plant.timeSeconds();
    if (Double.isNaN(startSeconds)) {
      startSeconds = now;
      startWallNanos = System.nanoTime();
    }
    long due = startWallNanos + Math.round((now - startSeconds) / speed * 1e9);
    long left = due - System.nanoTime();
    if (left > 0) {
      LockSupport.parkNanos(this, left);
    }
  }
}
