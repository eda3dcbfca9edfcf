package dev.anodyne.mpc.baseline;

import dev.anodyne.core.p2d.P2dModel;

/**
 * The fastest CC-CV charge during which the model's anode potential never falls below a margin: the
 * strongest charge that needs neither estimator nor feedback, and so the one to compare with.
 */
public final class FastestPlatingFreeCcCv {
  /** C-rates are told apart to this. */
  private static final double RESOLUTION = 1e-3;

  private FastestPlatingFreeCcCv() {}

  /**
   * Finds the C-rate by bisection.
   *
   * @param model the cell, thermal for a rate that counts on self-heating
   * @param fromSoc start at rest, 0–1
   * @param toSoc target, 0–1
   * @param ambientKelvin ambient and start temperature, K
   * @param maxVoltageVolts voltage limit, V
   * @param minAnodePotentialVolts margin, V
   * @param maxCRate largest rate to consider, 1/h of the nominal capacity
   * @return the rate, 1/h; 0 when even the slowest rate plates
   */
  public static double rate(
      P2dModel model,
      double fromSoc,
      double toSoc,
      double ambientKelvin,
      double maxVoltageVolts,
      double minAnodePotentialVolts,
      double maxCRate) {
    ModelCharge charge = new ModelCharge(model, maxVoltageVolts, ambientKelvin);
    if (isFree(charge, maxCRate, fromSoc, toSoc, minAnodePotentialVolts)) {
      return maxCRate;
    }
    double free = 0.0;
    double plating = maxCRate;
    while (plating - free > RESOLUTION) {
      double middle = 0.5 * (free + plating);
      if (isFree(charge, middle, fromSoc, toSoc, minAnodePotentialVolts)) {
        free = middle;
      } else {
        plating = middle;
      }
    }
    return free;
  }

  private static boolean isFree(
      ModelCharge charge, double rate, double fromSoc, double toSoc, double margin) {
    charge.rest(fromSoc);
    double amps = rate * charge.model().cell().nominalCapacityAmpHours();
    ModelCharge.Run run = charge.run(amps, toSoc, margin);
    return run.status().isUsable() && run.minAnodePotentialVolts() >= margin;
  }
}
