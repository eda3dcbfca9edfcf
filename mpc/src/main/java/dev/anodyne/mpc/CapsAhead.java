package dev.anodyne.mpc;

import dev.anodyne.core.charging.StepSeries;
import org.jspecify.annotations.Nullable;

/**
 * Caps of the current that are known for the time ahead: power caps that were announced, and what a
 * plan with a longer horizon leaves. Times are seconds from the decision. Immutable.
 *
 * @param watts announced caps of the cell's power over the session, W
 * @param sessionSeconds the decision's time in that series, s
 * @param far the longer plan; null where it asks for nothing
 */
record CapsAhead(StepSeries watts, double sessionSeconds, @Nullable FarPlan far) {
  private static final int PARTS = 4;

  /** Nothing is known. */
  static final CapsAhead NONE =
      new CapsAhead(StepSeries.constant(Double.POSITIVE_INFINITY), 0.0, null);

  /**
   * Mean power in a time from which every announced cap can still be met by its first second.
   *
   * <pre>P(t) = min over all τ ≥ t of cap(τ) + ramp·(τ − t)</pre>
   *
   * @param rampWattsPerSecond how fast the power can fall, W/s; +∞ for at once
   * @return W; +∞ where no cap matters
   */
  double meanWatts(double fromSeconds, double toSeconds, double rampWattsPerSecond) {
    double part = (toSeconds - fromSeconds) / PARTS;
    double sum = 0.0;
    for (int i = 0; i < PARTS; i++) {
      sum += watts(sessionSeconds + fromSeconds + (i + 0.5) * part, rampWattsPerSecond);
    }
    return sum / PARTS;
  }

  private double watts(double time, double rampWattsPerSecond) {
    double most = watts.at(time);
    double change = watts.nextChangeAfter(time);
    while (change < Double.POSITIVE_INFINITY) {
      most = Math.min(most, watts.at(change) + rampWattsPerSecond * (change - time));
      change = watts.nextChangeAfter(change);
    }
    return most;
  }

  /** What the longer plan leaves in a time, A; +∞ where it asks for nothing. */
  double amps(double fromSeconds, double toSeconds) {
    return far == null ? Double.POSITIVE_INFINITY : far.capAmps(fromSeconds, toSeconds);
  }
}
