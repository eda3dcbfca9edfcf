package dev.anodyne.estimators.twin;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.estimators.twin.FilteredState.Quantity;

/**
 * Puts the twin's estimate together: the joint filter's values, the model's own where it has none.
 */
final class TwinAnswer {
  private TwinAnswer() {}

  static CellEstimate of(
      Measurement m,
      TwinSignals s,
      boolean inRange,
      double anode,
      double bound,
      double voltageBias,
      CellParameters cell,
      P2dState state) {
    P2dOutputs o = s.model;
    return new CellEstimate(
        m.timeNanos(),
        true,
        inRange,
        s.cellAmps,
        m.maxCellVoltageVolts(),
        m.maxCellTemperatureKelvin(),
        Math.min(Math.max(value(s, Quantity.SOC, s.twinSoc), 0.0), 1.0),
        anode,
        bound,
        value(s, Quantity.ANODE_SURFACE, o.anodeSurfaceStoichiometry),
        value(s, Quantity.ANODE_SURFACE_AT_SEPARATOR, o.anodeSurfaceStoichiometryAtSeparator),
        value(s, Quantity.CATHODE_SURFACE, o.cathodeSurfaceStoichiometry),
        value(s, Quantity.CORE_TEMPERATURE, s.temperatureKelvin),
        voltageBias,
        state,
        value(s, Quantity.ANODE_MEAN, o.anodeStoichiometry),
        value(s, Quantity.CATHODE_MEAN, o.cathodeStoichiometry),
        FirstIntervals.of(cell, s, anode, bound));
  }

  private static double value(TwinSignals s, Quantity q, double own) {
    return s.filtered.usable() ? s.filtered.value(q) : own;
  }
}
