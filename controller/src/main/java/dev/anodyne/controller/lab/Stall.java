package dev.anodyne.controller.lab;

import dev.anodyne.plantsim.pack.PackState;

/**
 * Tells when a charge will not arrive: nothing gained for a quarter of an hour, or a day gone. A
 * charge with a departure may wait until then.
 */
final class Stall {
  private static final double LEAST_SOC = 5e-4;
  private static final double PATIENCE_SECONDS = 900;
  private static final double LONGEST_SECONDS = 24 * 3600.0;

  private final double waitSeconds;
  private double soc = Double.NEGATIVE_INFINITY;
  private double seconds;

  /** For a charge without a departure. */
  Stall() {
    this(Double.POSITIVE_INFINITY);
  }

  /**
   * For a charge that may wait.
   *
   * @param departureSeconds departure, s; +∞ for none
   */
  Stall(double departureSeconds) {
    waitSeconds = Double.isFinite(departureSeconds) ? departureSeconds : 0.0;
  }

  /** Looks at the newest truth. */
  boolean isHopeless(PackState truth) {
    if (truth.soc() > soc + LEAST_SOC) {
      soc = truth.soc();
      seconds = truth.timeSeconds();
    }
    double now = truth.timeSeconds();
    return now - Math.max(seconds, waitSeconds) > PATIENCE_SECONDS
        || now > waitSeconds + LONGEST_SECONDS;
  }
}
