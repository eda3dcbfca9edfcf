package dev.anodyne.hil.bench;

/**
 * How the plant's time runs.
 *
 * @param mode by the clock or in step with the controller
 * @param speed plant seconds a second by the clock; not used in lock-step
 * @param stepSeconds how far the plant moves at once, plant seconds; by the clock it also publishes
 *     that often
 * @param controlPeriodSeconds lock-step: how far the plant moves for each answer, plant seconds
 * @param realtimePriority {@code SCHED_FIFO} priority to ask for, 1–99; 0 for none
 * @param maxOverrunShare share of the steps that may overrun before a run by the clock is invalid
 */
public record Pacing(
    Mode mode,
    double speed,
    double stepSeconds,
    double controlPeriodSeconds,
    int realtimePriority,
    double maxOverrunShare) {
  /** One step in a thousand may overrun unless said otherwise. */
  public static final double DEFAULT_MAX_OVERRUN_SHARE = 1e-3;

  /** By the clock or in step. */
  public enum Mode {
    /** One plant second takes one second. */
    REALTIME,
    /** A factor faster than the clock, or slower. */
    ACCELERATED,
    /** The plant stands still until the controller has answered. */
    LOCKSTEP
  }

  private static final double CLOCK_STEP_SECONDS = 0.1;
  private static final double LOCKSTEP_STEP_SECONDS = 0.5;

  public Pacing {
    requirePositive("speed", speed);
    requirePositive("stepSeconds", stepSeconds);
    requirePositive("controlPeriodSeconds", controlPeriodSeconds);
    if (realtimePriority < 0 || realtimePriority > 99) {
      throw new IllegalArgumentException(
          "Pacing realtimePriority is " + realtimePriority + "; it must be 0 (none) to 99.");
    }
    if (!(maxOverrunShare >= 0 && maxOverrunShare <= 1)) {
      throw new IllegalArgumentException(
          "Pacing maxOverrunShare is " + maxOverrunShare + "; it must be 0 to 1.");
    }
    if (mode == Mode.REALTIME && speed != 1) {
      throw new IllegalArgumentException(
          "Pacing speed "
              + speed
              + " is not possible in real time.\nMaybe 'accelerated' is meant.");
    }
  }

  /** With an ordinary thread. */
  public Pacing(Mode mode, double speed, double stepSeconds, double controlPeriodSeconds) {
    this(mode, speed, stepSeconds, controlPeriodSeconds, 0, DEFAULT_MAX_OVERRUN_SHARE);
  }

  /** The same with a plant thread of this {@code SCHED_FIFO} priority, where that is allowed. */
  public Pacing withRealtimePriority(int priority) {
    return new Pacing(mode, speed, stepSeconds, controlPeriodSeconds, priority, maxOverrunShare);
  }

  /** The same with another share of steps that may overrun. */
  public Pacing withMaxOverrunShare(double share) {
    return new Pacing(mode, speed, stepSeconds, controlPeriodSeconds, realtimePriority, share);
  }

  /** By the clock: in real time at speed 1, accelerated otherwise. */
  public static Pacing byClock(double speed) {
    return new Pacing(
        speed == 1 ? Mode.REALTIME : Mode.ACCELERATED, speed, CLOCK_STEP_SECONDS, 1.0);
  }

  /** In step with a controller of this period. */
  public static Pacing lockstep(double controlPeriodSeconds) {
    return new Pacing(
        Mode.LOCKSTEP,
        1,
        Math.min(LOCKSTEP_STEP_SECONDS, controlPeriodSeconds),
        controlPeriodSeconds);
  }

  /** True when the clock drives the plant. */
  public boolean isByClock() {
    return mode != Mode.LOCKSTEP;
  }

  private static void requirePositive(String key, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Pacing " + key + " is " + value + "; it must be above 0.");
    }
  }
}
