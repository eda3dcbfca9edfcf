package dev.anodyne.controller.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How charges begin and end at a connector.
 *
 * @param asksForAuthorisation whether somebody has to allow each vehicle
 * @param stopRampAmpsPerSecond how fast the battery's current falls at a stop, A/s; +∞: as fast as
 *     the charger can
 * @param resumeMinutes a charge that was under way goes on after a restart that took no longer than
 *     this, min; 0: never
 * @param batteries where what is kept about batteries lies; null: nothing is kept
 * @param decideEverySeconds time between decisions of the policy, s, where the period is shorter; 0
 *     for each period
 */
public record SessionConfig(
    boolean asksForAuthorisation,
    double stopRampAmpsPerSecond,
    double resumeMinutes,
    @Nullable Path batteries,
    double decideEverySeconds) {
  /** A parked vehicle is seldom exchanged in less. */
  static final double RESUME_MINUTES = 30;

  /** Every vehicle may charge; stops are as fast as the charger; nothing is kept. */
  public static final SessionConfig DEFAULT =
      new SessionConfig(false, Double.POSITIVE_INFINITY, RESUME_MINUTES, null, 0);
}
