package dev.anodyne.controller.session;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;

/** Translates a cell's voltage ceiling to the battery's terminals, for the highest cell. */
final class VoltageCeiling {
  /** Share of a new sample in the filtered spread: averages noise over about eight samples. */
  private static final double SPREAD_GAIN = 0.25;

  private final PackLayout layout;

  /** Followed where the loop decides, read where it commands. */
  private volatile double spreadVolts = Double.NaN;

  VoltageCeiling(PackLayout layout) {
    this.layout = layout;
  }

  /** Follows how far the highest cell is above the mean of the series cells. */
  void observe(Measurement pack) {
    double spread = pack.maxCellVoltageVolts() - pack.voltageVolts() / layout.series();
    spreadVolts =
        Double.isNaN(spreadVolts) ? spread : spreadVolts + SPREAD_GAIN * (spread - spreadVolts);
  }

  /**
   * The terminal voltage at which the highest cell is at its ceiling: {@code series × (ceiling −
   * spread)}, which equals terminal voltage + series × (ceiling − highest cell) for a noise-free
   * sample. The spread is filtered, so that the sensors' noise is not multiplied by the number of
   * cells.
   */
  double atTerminals(double cellCeilingVolts) {
    double spread = Double.isNaN(spreadVolts) ? 0 : Math.max(0, spreadVolts);
    return layout.series() * (cellCeilingVolts - spread);
  }
}
