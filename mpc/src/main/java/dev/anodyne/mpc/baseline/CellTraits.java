package dev.anodyne.mpc.baseline;

import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.mpc.prediction.CellPredictor;

/**
 * The few numbers about a cell that laws without a prediction regulate with.
 *
 * @param resistanceOhm voltage rise for each ampere over one control period, Ω. An underestimate
 *     makes the voltage loop faster; it stays stable down to a third of the true value
 * @param heatingOhm heat for each squared ampere, Ω; NaN when the cell has no thermal data
 * @param heatCapacityJPerKelvin of the cell, J/K; NaN likewise
 * @param coolingWattsPerKelvin heat lost for each kelvin above ambient, W/K; NaN likewise
 */
public record CellTraits(
    double resistanceOhm,
    double heatingOhm,
    double heatCapacityJPerKelvin,
    double coolingWattsPerKelvin) {
  /** Long enough for the concentrations to build up, which heat as well, s. */
  private static final double HEATING_SECONDS = 300.0;

  /** Heat of a cell whose model gives no answer, as a share of its resistance. */
  private static final double FALLBACK_SHARE = 1.0;

  /** Of a cell about whose heat nothing is known. */
  public static CellTraits electric(double resistanceOhm) {
    return new CellTraits(resistanceOhm, Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * Of a model.
   *
   * @param soc state of charge at which the resistance counts, 0–1
   * @param temperatureKelvin temperature likewise, K
   * @param periodSeconds control period, s
   */
  public static CellTraits of(
      P2dModel model, double soc, double temperatureKelvin, double periodSeconds) {
    double ohm = CellResistance.pulse(model, soc, temperatureKelvin, periodSeconds);
    ThermalData thermal = model.cell().thermal().orElse(null);
    if (thermal == null) {
      return electric(ohm);
    }
    double capacity = thermal.heatCapacityJPerKelvin();
    double cooling = thermal.coolingAreaM2() * thermal.heatTransferWPerM2Kelvin();
    return new CellTraits(ohm, heating(model, temperatureKelvin, ohm), capacity, cooling);
  }

  /** True when heat can be reckoned with. */
  public boolean isThermal() {
    return heatingOhm > 0.0 && heatCapacityJPerKelvin > 0.0 && coolingWattsPerKelvin >= 0.0;
  }

  /** Heat of a pulse at 1C from half charge: C·ΔT + losses of the mean rise, over I²·t. */
  private static double heating(P2dModel model, double kelvin, double ohm) {
    ThermalData thermal = model.cell().thermal().orElseThrow();
    CellPredictor predictor = new CellPredictor(model);
    P2dState rest = model.newState(0.5, kelvin);
    double amps = model.cell().nominalCapacityAmpHours();
    if (!predictor.afterCurrent(rest, amps, HEATING_SECONDS, kelvin).isUsable()) {
      return FALLBACK_SHARE * ohm;
    }
    double rise = predictor.outputs().temperatureKelvin - kelvin;
    double cooling = thermal.coolingAreaM2() * thermal.heatTransferWPerM2Kelvin();
    double joules =
        thermal.heatCapacityJPerKelvin() * rise + 0.5 * cooling * rise * HEATING_SECONDS;
    double heating = joules / (amps * amps * HEATING_SECONDS);
    return heating > 0.0 && Double.isFinite(heating) ? heating : FALLBACK_SHARE * ohm;
  }
}
