package dev.anodyne.controller.lab;

import dev.anodyne.plantsim.pack.PackState;

/** Tells when a charge will not arrive: nothing gained for a quarter of an hour, or a day gone. */
final class Stall {
  private static final double LEAST_SOC = 5e-4;
  private static final double PATIENCE_SECONDS = 900;
  private static final double LONGEST_SECONDS = 24 * 3600.0;

  private double soc = Double.NEGATIVE_INFINITY;
  private double seconds;

  /** Looks at the newest truth. */
  boolean isHopeless(PackState truth) {
    if (truth.soc() > soc + LEAST_SOC) {
      soc = truth.soc();
      seconds = truth.timeSeconds();
    }
    return truth.timeSeconds() - seconds > PATIENCE_SECONDS
        || truth.timeSeconds() > LONGEST_SECONDS;
  }
}
