package dev.anodyne.core.p2d;

/**
 * Recognises a cell at its end. Beyond the end of a phase the equations may still have solutions
 * (the open-circuit voltage is continued by a steep asymptote), but they mean nothing: they are
 * told by their voltage. Short of it, Newton's method is lost: the phase that is nearest to its
 * end, among those that the current's direction drains, is then the reason.
 */
final class CellLimits {
  /** Far beyond any cell: the overpotential of a phase that has run out, V. */
  private static final double IMPLAUSIBLE_VOLTS = 10;

  private static final double LOWEST_KELVIN = 150;
  private static final double HIGHEST_KELVIN = 500;

  /** A surface this close to empty or full is at its end when there is no solution beyond. */
  private static final double NEAR_STOICHIOMETRY = 0.03;

  /** The same for the electrolyte, as a share of its initial concentration. */
  private static final double NEAR_SALT = 0.05;

  /**
   * An electrolyte with less than this, mol/m³, is at its end: what divides by its concentration is
   * smoothed at 1 mol/m³ ({@link Salt}), and goes on below 0 where nothing real does.
   */
  private static final double EMPTY_SALT = -1;

  private static final double NEAR_POROSITY = 0.01;

  private CellLimits() {}

  /** What an accepted state lies beyond; {@link CellLimit#NONE} for an ordinary one. */
  static CellLimit passed(P2dModel m, double[] values, double chargeCurrentAmps) {
    double kelvin = values[StateLayout.T];
    if (!(kelvin > LOWEST_KELVIN && kelvin < HIGHEST_KELVIN)) {
      return CellLimit.TEMPERATURE;
    }
    if (lowestSalt(m, values) < EMPTY_SALT) {
      return chargeCurrentAmps > 0 ? CellLimit.SALT_IN_ANODE : CellLimit.SALT_IN_CATHODE;
    }
    if (Math.abs(OutputReader.volts(m, values)) < IMPLAUSIBLE_VOLTS) {
      return CellLimit.NONE;
    }
    CellLimit phase = nearest(m, values, chargeCurrentAmps);
    return phase == CellLimit.NONE ? CellLimit.VOLTAGE : phase;
  }

  /** The phase that is nearest to its end; {@link CellLimit#NONE} when none is near. */
  static CellLimit nearest(P2dModel m, double[] values, double chargeCurrentAmps) {
    boolean charging = chargeCurrentAmps > 0;
    Side loser = charging ? m.cathode : m.anode;
    Side gainer = charging ? m.anode : m.cathode;
    CellLimit limit = CellLimit.NONE;
    double nearest = 1;
    double empty = lowestSurface(m, loser, values) / NEAR_STOICHIOMETRY;
    if (empty < nearest) {
      nearest = empty;
      limit = charging ? CellLimit.CATHODE_EMPTY : CellLimit.ANODE_EMPTY;
    }
    double full = (1 - highestSurface(m, gainer, values)) / NEAR_STOICHIOMETRY;
    if (full < nearest) {
      nearest = full;
      limit = charging ? CellLimit.ANODE_FULL : CellLimit.CATHODE_FULL;
    }
    double salt = lowestSalt(m, gainer, values) / NEAR_SALT;
    if (salt < nearest) {
      nearest = salt;
      limit = charging ? CellLimit.SALT_IN_ANODE : CellLimit.SALT_IN_CATHODE;
    }
    if (m.porosityChanges && lowestPorosity(m, values) / NEAR_POROSITY < nearest) {
      limit = CellLimit.PORES_FILLED;
    }
    return limit;
  }

  private static double lowestSurface(P2dModel m, Side side, double[] values) {
    double lowest = 1;
    for (int i = side.from; i < side.to; i++) {
      lowest = Math.min(lowest, Particles.surface(m, side, values, i));
    }
    return lowest;
  }

  private static double highestSurface(P2dModel m, Side side, double[] values) {
    double highest = 0;
    for (int i = side.from; i < side.to; i++) {
      highest = Math.max(highest, Particles.surface(m, side, values, i));
    }
    return highest;
  }

  private static double lowestSalt(P2dModel m, double[] values) {
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = StateLayout.C; i < StateLayout.C + m.grid.nodes; i++) {
      if (values[i] < lowest) {
        lowest = values[i];
      }
    }
    return lowest;
  }

  /** Lowest concentration in an electrode as a share of the initial one. */
  private static double lowestSalt(P2dModel m, Side side, double[] values) {
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = side.from; i < side.to; i++) {
      lowest = Math.min(lowest, values[StateLayout.C + i]);
    }
    return lowest / m.cell().electrolyte().initialConcentration();
  }

  private static double lowestPorosity(P2dModel m, double[] values) {
    double lowest = 1;
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      lowest = Math.min(lowest, m.porosityAt(values, i));
    }
    return lowest;
  }
}
