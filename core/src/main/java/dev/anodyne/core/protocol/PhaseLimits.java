package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.CellLimit;
import dev.anodyne.core.p2d.P2dOutputs;

/**
 * Where a cell can no longer do what is asked of it: a particle surface is full or empty, or the
 * electrolyte has run out of salt. Beyond, the model's equations may still have solutions, but they
 * mean nothing (surfaces fuller than full at thousands of volts).
 */
public final class PhaseLimits {
  /** A surface this close to full or empty carries no current in that direction. */
  private static final double STOICHIOMETRY_MARGIN = 1e-6;

  /** Nearness that only chooses the words of {@link #describe}. */
  private static final double NEAR = 0.03;

  private static final double NEAR_SALT_MOL_PER_M3 = 50;

  /** Far beyond any cell: the overpotential of a phase that has run out, V. */
  private static final double IMPLAUSIBLE_VOLTS = 10;

  private PhaseLimits() {}

  /**
   * True when the values lie beyond the end of a phase, or are no numbers. Judged by the
   * electrodes' means: the surface at the separator may be full while the rest still takes the
   * current, and its value, extrapolated from the nodes, may then pass 1 by a little.
   */
  public static boolean isExhausted(P2dOutputs o) {
    return !(isInside(o.anodeSurfaceStoichiometry)
        && isInside(o.cathodeSurfaceStoichiometry)
        && isPlausible(o.voltageVolts));
  }

  private static boolean isPlausible(double volts) {
    return Math.abs(volts) < IMPLAUSIBLE_VOLTS;
  }

  private static boolean isInside(double stoichiometry) {
    return stoichiometry > STOICHIOMETRY_MARGIN && stoichiometry < 1 - STOICHIOMETRY_MARGIN;
  }

  /** Which phase is at its end, judged by the last values before it, in words. */
  public static String describe(P2dOutputs o) {
    CellLimit limit = of(o);
    return limit == CellLimit.NONE ? "the equations have no solution beyond" : limit.describe();
  }

  /** Which phase is at its end, judged by the last values before it. */
  public static CellLimit of(P2dOutputs o) {
    if (o.electrolyteAtAnodeCollectorMolPerM3 < NEAR_SALT_MOL_PER_M3) {
      return CellLimit.SALT_IN_ANODE;
    }
    if (o.electrolyteAtCathodeCollectorMolPerM3 < NEAR_SALT_MOL_PER_M3) {
      return CellLimit.SALT_IN_CATHODE;
    }
    if (Math.max(o.anodeSurfaceStoichiometry, o.anodeSurfaceStoichiometryAtSeparator) > 1 - NEAR) {
      return CellLimit.ANODE_FULL;
    }
    if (Math.min(o.anodeSurfaceStoichiometry, o.anodeSurfaceStoichiometryAtSeparator) < NEAR) {
      return CellLimit.ANODE_EMPTY;
    }
    if (o.cathodeSurfaceStoichiometry > 1 - NEAR) {
      return CellLimit.CATHODE_FULL;
    }
    if (o.cathodeSurfaceStoichiometry < NEAR) {
      return CellLimit.CATHODE_EMPTY;
    }
    return isPlausible(o.voltageVolts) ? CellLimit.NONE : CellLimit.VOLTAGE;
  }
}
