package dev.anodyne.controller.lab;

import dev.anodyne.plantsim.pack.PackState;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Watches the demo's plant: judges every step up to the target, keeps the truth of the last steps
 * for records that are on their way, and slows the plant to the wanted speed. Hears the truth on
 * the plant's thread; everything else may be called from anywhere.
 */
final class DemoTruth implements Consumer<PackState> {
  private static final int KEPT = 1024;

  private final RunRecorder recorder;
  private final double targetSoc;
  private final ConcurrentSkipListMap<Long, PackState> truths = new ConcurrentSkipListMap<>();
  private volatile Pace pace;
  private volatile boolean atTarget;

  /** From an instant of both clocks on, plant seconds a second of the wall clock at most. */
  private record Pace(long wallNanos, double plantSeconds, double speed) {}

  /**
   * Watches from the plant's start on.
   *
   * @param recorder hears the truth after every step up to the target; guarded by its own monitor
   * @param targetSoc true state of charge at which judging ends, 0–1
   * @param speed plant seconds a second of the wall clock at most; +∞ for no brake
   */
  DemoTruth(RunRecorder recorder, double targetSoc, double speed) {
    this.recorder = recorder;
    this.targetSoc = targetSoc;
    this.pace = new Pace(System.nanoTime(), 0, speed);
  }

  /** True when there is a speed to keep below. */
  boolean isBraked() {
    return pace.speed() < Double.POSITIVE_INFINITY;
  }

  /** From the plant's present instant on; what was left behind is not caught up. */
  void setSpeed(double speed) {
    pace = new Pace(System.nanoTime(), newest().timeSeconds(), speed);
  }

  @Override
  public void accept(PackState truth) {
    truths.put(nanos(truth), truth);
    if (truths.size() > KEPT) {
      truths.pollFirstEntry();
    }
    if (!atTarget) {
      synchronized (recorder) {
        recorder.step(truth);
      }
      atTarget = isTarget(truth);
    }
    brake(truth.timeSeconds());
  }

  /** True once the true state of charge is at the target. */
  boolean isAtTarget() {
    return atTarget;
  }

  /** True when this state is at the target. */
  boolean isTarget(PackState truth) {
    return truth.soc() >= targetSoc;
  }

  /** The truth at an instant of the plant's time, ns; the oldest kept when it is older. */
  PackState at(long nanos) {
    Map.Entry<Long, PackState> entry = truths.floorEntry(nanos);
    return entry == null ? truths.firstEntry().getValue() : entry.getValue();
  }

  /** The truth after the newest step. */
  PackState newest() {
    return truths.lastEntry().getValue();
  }

  /** Never faster than the wanted speed; slower when the machine is. */
  private void brake(double plantSeconds) {
    Pace now = pace;
    double ahead = (plantSeconds - now.plantSeconds()) / now.speed();
    long due = now.wallNanos() + Math.round(ahead * 1e9);
    long left = due - System.nanoTime();
    if (left > 0) {
      LockSupport.parkNanos(this, left);
    }
  }

  private static long nanos(PackState truth) {
    return Math.round(truth.timeSeconds() * 1e9);
  }
}
