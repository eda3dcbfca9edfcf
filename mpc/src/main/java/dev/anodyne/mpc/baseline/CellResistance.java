package dev.anodyne.mpc.baseline;

import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.mpc.prediction.CellPredictor;

/** How much a cell's voltage rises with its current within one control period. */
public final class CellResistance {
  /** A cell whose model gives no answer counts as this, Ω: large, hence a slow voltage loop. */
  private static final double FALLBACK_OHM = 0.1;

  private CellResistance() {}

  /**
   * Resistance of the model, from a pulse at 1C against rest.
   *
   * @param model the cell
   * @param soc state of charge, 0–1
   * @param temperatureKelvin temperature, K
   * @param seconds length of the pulse, s
   * @return Ω, &gt; 0
   */
  public static double pulse(P2dModel model, double soc, double temperatureKelvin, double seconds) {
    CellPredictor predictor = new CellPredictor(model);
    P2dState rest = model.newState(soc, temperatureKelvin);
    double amps = model.cell().nominalCapacityAmpHours();
    if (!predictor.afterCurrent(rest, 0.0, seconds, temperatureKelvin).isUsable()) {
      return FALLBACK_OHM;
    }
    double still = predictor.outputs().voltageVolts;
    if (!predictor.afterCurrent(rest, amps, seconds, temperatureKelvin).isUsable()) {
      return FALLBACK_OHM;
    }
    double ohm = (predictor.outputs().voltageVolts - still) / amps;
    return ohm > 0.0 && Double.isFinite(ohm) ? ohm : FALLBACK_OHM;
  }
}
