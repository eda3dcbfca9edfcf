package dev.anodyne.estimators.twin;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.estimators.bounds.Quantity;

/**
 * Puts the twin's estimate together: the joint filter's values, the model's own where it has none.
 */
final class TwinAnswer {
  private TwinAnswer() {}

  static CellEstimate of(
      Measurement m, TwinSignals s, TwinBounds bounds, double voltageBias, P2dState state) {
    double[] v = bounds.inputs().values;
    return new CellEstimate(
        m.timeNanos(),
        true,
        bounds.inRange(),
        s.cellAmps,
        m.maxCellVoltageVolts(),
        m.maxCellTemperatureKelvin(),
        v[Quantity.SOC.ordinal()],
        bounds.anodePotential(),
        bounds.lowerBound(),
        v[Quantity.ANODE_SURFACE.ordinal()],
        v[Quantity.ANODE_SURFACE_AT_SEPARATOR.ordinal()],
        v[Quantity.CATHODE_SURFACE.ordinal()],
        v[Quantity.CORE_TEMPERATURE.ordinal()],
        voltageBias,
        state,
        v[Quantity.ANODE_MEAN.ordinal()],
        v[Quantity.CATHODE_MEAN.ordinal()],
        bounds.intervals());
  }
}
