package dev.anodyne.hil.scenario;

import java.util.concurrent.locks.LockSupport;

/**
 * Keeps a run in process to the clock: absolute deadlines, and a count of the periods that were
 * late. Lock-step keeps to nothing.
 */
public final class RunPace {
  /** More late periods than this share make a run by the clock worthless. */
  public static final double MOST_LATE_SHARE = 0.01;

  private final double speed;
  private final double periodSeconds;
  private final long startNanos = System.nanoTime();
  private long periods;
  private long overruns;
  private double worstSeconds;

  /**
   * @param speed plant seconds a second; +∞ for lock-step
   * @param periodSeconds control period, plant time, s
   */
  RunPace(double speed, double periodSeconds) {
    this.speed = speed;
    this.periodSeconds = periodSeconds;
  }

  /** Waits for the begin of the next period. */
  void await(double plantSeconds) {
    if (speed == Double.POSITIVE_INFINITY) {
      return;
    }
    long deadline = startNanos + Math.round(plantSeconds / speed * 1e9);
    for (long left = deadline - System.nanoTime();
        left > 0 && !Thread.currentThread().isInterrupted();
        left = deadline - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    double lateSeconds = (System.nanoTime() - deadline) * 1e-9;
    periods++;
    worstSeconds = Math.max(worstSeconds, lateSeconds);
    overruns += lateSeconds > periodSeconds / speed ? 1 : 0;
  }

  /** Why the run is worthless; empty when the clock was kept. */
  String complaint() {
    if (periods == 0 || overruns <= MOST_LATE_SHARE * periods) {
      return "";
    }
    return "The bench was late: "
        + overruns
        + " of "
        + periods
        + " periods began a whole period late or more (worst "
        + Math.round(worstSeconds * 1e3)
        + " ms).";
  }
}
