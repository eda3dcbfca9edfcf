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
  /** Nothing is known. */
  static final CapsAhead NONE =
      new CapsAhead(StepSeries.constant(Double.POSITIVE_INFINITY), 0.0, null);

  /** The lowest announced power in a time, W. */
  double watts(double fromSeconds, double toSeconds) {
    return watts.min(sessionSeconds + fromSeconds, sessionSeconds + toSeconds);
  }

  /** What the longer plan leaves in a time, A; +∞ where it asks for nothing. */
  double amps(double fromSeconds, double toSeconds) {
    return far == null ? Double.POSITIVE_INFINITY : far.capAmps(fromSeconds, toSeconds);
  }
}
