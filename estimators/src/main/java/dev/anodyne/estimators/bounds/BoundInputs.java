package dev.anodyne.estimators.bounds;

import dev.anodyne.core.charging.EstimateIntervals;

/**
 * What bounds are made from at one moment: an estimator's values before calibration, their standard
 * deviations, and the signals that tell whether the moment is like those of the calibration.
 * Mutable, overwritten by the next update.
 */
public final class BoundInputs {
  /** By {@link Quantity#ordinal()}, in the quantity's unit. */
  public final double[] values = new double[Quantity.count()];

  /** Standard deviations of {@link #values}. */
  public final double[] sigmas = new double[Quantity.count()];

  /** By {@link Signal#ordinal()}. */
  public final double[] signals = new double[Signal.count()];

  /**
   * Probability, 0–1, that the battery is not what it should be: new from its production line, or
   * as it was when it was last identified, and like a new one then. An estimator that has no such
   * doubt leaves it at 0.
   */
  public double doubt;

  /** How errors that no deviation follows have grown. */
  public double growth() {
    return Growth.of(signals[Signal.C_RATE.ordinal()], signals[Signal.TEMPERATURE.ordinal()]);
  }

  /** The anode potential with the mean error of its group taken off, V. */
  public double anodePotential(BoundTable table, BatteryGroup group) {
    return table.anodePotential(group, values[Quantity.ANODE_POTENTIAL.ordinal()], growth());
  }

  /** The anode potential's lower bound, V. */
  public double lowerBound(BoundTable table, BatteryGroup group, double distance) {
    return table.lowerBound(
        group,
        anodePotential(table, group),
        sigmas[Quantity.ANODE_POTENTIAL.ordinal()],
        growth(),
        doubt,
        distance);
  }

  /** Intervals of all quantities. */
  public EstimateIntervals intervals(BoundTable table, BatteryGroup group, double distance) {
    double growth = growth();
    int anode = Quantity.ANODE_POTENTIAL.ordinal();
    double before = values[anode];
    values[anode] = table.anodePotential(group, before, growth);
    EstimateIntervals intervals = table.intervals(group, values, sigmas, growth, doubt, distance);
    values[anode] = before;
    return intervals;
  }
}
