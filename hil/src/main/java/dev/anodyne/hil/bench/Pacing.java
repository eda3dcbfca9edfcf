package dev.anodyne.hil.bench;

/**
 * How the plant's time runs.
 *
 * @param mode by the clock or in step with the controller
 * @param speed plant seconds a second by the clock; not used in lock-step
 * @param stepSeconds how far the plant moves at once, plant seconds; by the clock it also publishes
 *     that often
 * @param controlPeriodSeconds lock-step: how far the plant moves for each answer, plant seconds
 */
public record Pacing(Mode mode, double speed, double stepSeconds, double controlPeriodSeconds) {
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
    if (mode == Mode.REALTIME && speed != 1) {
      throw new IllegalArgumentException(
          "Pacing speed "
              + speed
              + " is not possible in real time.\nMaybe 'accelerated' is meant.");
    }
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
