package dev.anodyne.hil.scenario;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.hil.fault.Fault;
import dev.anodyne.hil.stl.Present;
import java.util.random.RandomGenerator;

/** One fault in a run: waits for its trigger, begins, lasts, ends, comes again. */
final class FaultRun {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final FaultSpec spec;
  private final Fault fault;
  private final TriggerWatch watch;
  private final RandomGenerator random;
  private double firstSeconds = NEVER;
  private double startSeconds = NEVER;
  private int started;
  private boolean active;

  /**
   * @param spec what happens when
   * @param fault what happens
   * @param runSeed the run's own seed, which shifts the draws
   */
  FaultRun(FaultSpec spec, Fault fault, long runSeed) {
    this.spec = spec;
    this.fault = fault;
    this.watch = new TriggerWatch(spec.trigger());
    this.random = SeededRandom.of(seed(spec, runSeed));
  }

  /** The seed of a fault in a run. */
  static long seed(FaultSpec spec, long runSeed) {
    return spec.repeat().seed() + 1_000_003L * runSeed + spec.id().hashCode();
  }

  FaultSpec spec() {
    return spec;
  }

  /** Whether the fault is there now. */
  boolean isActive() {
    return active;
  }

  /** Moves on; call it before every step with the plant's time, s. */
  void step(Present present, double seconds) {
    if (firstSeconds == NEVER && watch.fires(present, seconds)) {
      firstSeconds = seconds;
      startSeconds = seconds + jitter();
    }
    if (active && seconds >= startSeconds + spec.durationSeconds() - 1e-9) {
      finish();
      boolean again = started < spec.repeat().times();
      startSeconds =
          again ? firstSeconds + started * spec.repeat().everySeconds() + jitter() : NEVER;
    }
    long now = Math.round(seconds * 1e9);
    if (!active && seconds >= startSeconds - 1e-9) {
      active = true;
      started++;
      fault.start(spec.severity(), spec.rampSeconds(), now);
    }
    if (active) {
      fault.step(now);
    }
  }

  /** Ends the fault; harmless when it is not there. */
  void finish() {
    if (active) {
      active = false;
      fault.stop();
    }
  }

  private double jitter() {
    double most = spec.repeat().jitterSeconds();
    return most > 0 ? most * random.nextDouble() : 0;
  }
}
