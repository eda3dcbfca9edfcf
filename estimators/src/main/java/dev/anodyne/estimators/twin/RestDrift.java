package dev.anodyne.estimators.twin;

/**
 * Notices that a battery whose state was found at rest was not at rest: it was driven or charged
 * until a moment before, and its voltage still relaxes. Every later rest voltage tells the state of
 * charge better than the first one, and what relaxes must not be put down to anything else.
 */
final class RestDrift {
  /** Noise and steps of 5 mV are averaged over so long, s. */
  private static final double WINDOW_SECONDS = 10.0;

  /** Beyond steps of 5 mV, V; half a per cent of the state of charge of many cells. */
  private static final double MOVED_VOLTS = 0.006;

  /** An empty or old cell answers by so much more than the model. */
  private static final double DRIVEN_SHARE = 2.5;

  private boolean resting;
  private double reference;
  private double sum;
  private double seconds;
  private double most;

  /**
   * A state was found.
   *
   * @param rest whether from a rest voltage
   */
  void begin(double volts, boolean rest) {
    resting = rest;
    reference = volts;
    most = 0.0;
    sum = 0.0;
    seconds = 0.0;
  }

  /**
   * Takes in the next sample.
   *
   * @param driven what the little current of a rest may answer for, V
   * @return true when the state had better be found from this one
   */
  boolean update(double volts, double driven, boolean rest, double step) {
    resting &= rest;
    sum += volts * step;
    most = Math.max(most, Math.abs(driven));
    seconds += step;
    if (!resting || seconds < WINDOW_SECONDS) {
      return false;
    }
    boolean moved = Math.abs(sum / seconds - reference) > MOVED_VOLTS + DRIVEN_SHARE * most;
    sum = 0.0;
    seconds = 0.0;
    most = 0.0;
    return moved;
  }
}
