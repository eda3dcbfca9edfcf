package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dOutputs;

/**
 * Where a cell can no longer do what is asked of it: a particle surface is full or empty, or the
 * electrolyte has run out of salt. Beyond, the model's equations may still have solutions, but they
 * mean nothing (surfaces fuller than full at thousands of volts).
 */
public final class PhaseLimits {
  /** A surface this close to full or empty carries no current in that direction. */
  private static final double STOICHIOMETRY_MARGIN = 1e-6;

  /**
   * Next to the separator the surface may be full while the rest of the electrode still takes
   * lithium, as after deep plating at 3C. The open-circuit potential's guard bites 7.7·10⁻⁴ beyond
   * the end, and this value is extrapolated to the interface.
   */
  private static final double LOCAL_MARGIN = 5e-3;

  /** Nearness that only chooses the words of {@link #describe}. */
  private static final double NEAR = 0.03;

  private static final double NEAR_SALT_MOL_PER_M3 = 50;

  private PhaseLimits() {}

  /** True when the values lie beyond the end of a phase, or are no numbers. */
  public static boolean isExhausted(P2dOutputs o) {
    return !(isInside(o.anodeSurfaceStoichiometry)
        && Math.abs(o.anodeSurfaceStoichiometryAtSeparator - 0.5) < 0.5 + LOCAL_MARGIN
        && isInside(o.cathodeSurfaceStoichiometry)
        && o.electrolyteAtAnodeCollectorMolPerM3 > 0
        && o.electrolyteAtCathodeCollectorMolPerM3 > 0
        && Double.isFinite(o.voltageVolts));
  }

  private static boolean isInside(double stoichiometry) {
    return stoichiometry > STOICHIOMETRY_MARGIN && stoichiometry < 1 - STOICHIOMETRY_MARGIN;
  }

  /** Which phase is at its end, judged by the last values before it. */
  public static String describe(P2dOutputs o) {
    double salt =
        Math.min(o.electrolyteAtAnodeCollectorMolPerM3, o.electrolyteAtCathodeCollectorMolPerM3);
    if (salt < NEAR_SALT_MOL_PER_M3) {
      return "the electrolyte is depleted at a collector";
    }
    double anode = Math.max(o.anodeSurfaceStoichiometry, o.anodeSurfaceStoichiometryAtSeparator);
    if (anode > 1 - NEAR) {
      return "the anode's surface is full";
    }
    if (Math.min(o.anodeSurfaceStoichiometry, o.anodeSurfaceStoichiometryAtSeparator) < NEAR) {
      return "the anode's surface is empty";
    }
    if (o.cathodeSurfaceStoichiometry > 1 - NEAR) {
      return "the cathode's surface is full";
    }
    if (o.cathodeSurfaceStoichiometry < NEAR) {
      return "the cathode's surface is empty";
    }
    return "the equations have no solution beyond";
  }
}
