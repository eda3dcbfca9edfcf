package dev.anodyne.estimators.twin;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.core.p2d.P2dOutputs;

/**
 * Intervals from what the twin itself keeps: its deviation of the state of charge, carried to the
 * stoichiometries along the cell's balance, and its calibrated margin of the anode potential.
 */
final class FirstIntervals {
  /** 95 % of a normal distribution lie within ±1.96 σ, 99 % above −2.33 σ. */
  private static final double NORMAL_95 = 1.96;

  private static final double NORMAL_99_LOWER = 2.33;

  /** A surface follows current and diffusivity too, which the twin's deviation knows nothing of. */
  private static final double SURFACE_SIGMA = 0.004;

  /** Temperature sensors are off by up to 1 K, alike everywhere: 0.6 K beside what noise leaves. */
  private static final double TEMPERATURE_SIGMA_KELVIN = 0.6;

  private FirstIntervals() {}

  static EstimateIntervals of(CellParameters cell, TwinSignals s, double anode, double bound) {
    P2dOutputs o = s.model;
    double soc = NORMAL_95 * s.socSigma;
    double inAnode = soc * Math.abs(cell.anodeStoichiometry(1) - cell.anodeStoichiometry(0));
    double inCathode = soc * Math.abs(cell.cathodeStoichiometry(1) - cell.cathodeStoichiometry(0));
    double surface = NORMAL_95 * SURFACE_SIGMA;
    return new EstimateIntervals(
        EstimateIntervals.COVERAGE,
        Interval.around(anode, Math.max(anode - bound, 0.0) * NORMAL_95 / NORMAL_99_LOWER),
        Interval.share(o.anodeSurfaceStoichiometry, Math.hypot(inAnode, surface)),
        Interval.share(o.cathodeSurfaceStoichiometry, Math.hypot(inCathode, surface)),
        Interval.share(o.anodeStoichiometry, inAnode),
        Interval.share(o.cathodeStoichiometry, inCathode),
        Interval.share(o.soc, soc),
        Interval.around(s.temperatureKelvin, NORMAL_95 * TEMPERATURE_SIGMA_KELVIN));
  }
}
