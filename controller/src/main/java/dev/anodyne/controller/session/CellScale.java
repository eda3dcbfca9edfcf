package dev.anodyne.controller.session;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;

/**
 * Between the battery's terminals and one cell. Estimator and policy see one cell: its current is
 * the battery's divided by the parallel cells, its voltage the mean of the series cells; the
 * extremes are cell values already.
 */
final class CellScale {
  /**
   * Share of a new sample in the filtered spread: averages sensor noise over about eight samples.
   */
  private static final double SPREAD_GAIN = 0.25;

  private final PackLayout layout;
  private double spreadVolts = Double.NaN;

  CellScale(PackLayout layout) {
    this.layout = layout;
  }

  /** The sample as seen by one cell. Also follows how far the highest cell is above the mean. */
  Measurement toCell(Measurement pack) {
    double meanVolts = pack.voltageVolts() / layout.series();
    double spread = pack.maxCellVoltageVolts() - meanVolts;
    spreadVolts =
        Double.isNaN(spreadVolts) ? spread : spreadVolts + SPREAD_GAIN * (spread - spreadVolts);
    return new Measurement(
        pack.timeNanos(),
        layout.cellAmps(pack.chargeCurrentAmps()),
        meanVolts,
        pack.surfaceTemperatureKelvin(),
        pack.minCellVoltageVolts(),
        pack.maxCellVoltageVolts(),
        pack.minCellTemperatureKelvin(),
        pack.maxCellTemperatureKelvin(),
        pack.quality());
  }

  /** A command for the battery as seen by one cell. */
  CurrentCommand toCell(CurrentCommand pack) {
    return new CurrentCommand(
        layout.cellAmps(pack.chargeCurrentAmps()),
        pack.voltageCeilingVolts() / layout.series(),
        pack.validUntilNanos());
  }

  /**
   * The terminal voltage at which the highest cell is at its ceiling: {@code series × (ceiling −
   * spread)}, which equals terminal voltage + series × (ceiling − highest cell) for a noise-free
   * sample. The spread is filtered, so that the sensors' noise is not multiplied by the number of
   * cells.
   */
  double packCeilingVolts(double cellCeilingVolts) {
    double spread = Double.isNaN(spreadVolts) ? 0 : Math.max(0, spreadVolts);
    return layout.series() * (cellCeilingVolts - spread);
  }
}
