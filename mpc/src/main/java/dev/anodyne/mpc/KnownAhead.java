package dev.anodyne.mpc;

import dev.anodyne.core.charging.StepSeries;

/**
 * What the controller knows about its charger and site when a charge begins.
 *
 * @param maxPowerWatts announced caps of the cell's power, W, by time from the first decision
 * @param chargerDelaySeconds dead time from a decision to its first effect, s
 */
public record KnownAhead(StepSeries maxPowerWatts, double chargerDelaySeconds) {
  /** No cap is announced, and commands count at once. */
  public static final KnownAhead NOTHING =
      new KnownAhead(StepSeries.constant(Double.POSITIVE_INFINITY), 0.0);
}
