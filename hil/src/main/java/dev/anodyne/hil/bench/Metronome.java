package dev.anodyne.hil.bench;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for absolute deadlines: sleeps until shortly before, and spins through what the sleep may
 * overshoot.
 */
final class Metronome {
  /** The kernel's timers are late by up to this much. */
  private static final long SPIN_NANOS = 100_000;

  private Metronome() {}

  /**
   * Waits.
   *
   * @param deadline of {@link System#nanoTime}
   * @param stopped ends the wait early
   */
  static void await(long deadline, BooleanSupplier stopped) {
    for (long left = deadline - System.nanoTime();
        left > 0 && !stopped.getAsBoolean();
        left = deadline - System.nanoTime()) {
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
