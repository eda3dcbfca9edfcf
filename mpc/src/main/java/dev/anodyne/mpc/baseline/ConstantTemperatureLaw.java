package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;

/**
 * CC-CT-CV: constant current until the cell has warmed to a temperature, then as much current as
 * holds that temperature, then constant voltage. The current tapers by itself: what warms a cell
 * from ambient in minutes is more than what keeps it warm. After Patnaik, Praneeth, Williamson, "A
 * closed-loop constant-temperature constant-voltage charging technique to reduce charge time of
 * lithium-ion batteries", IEEE Trans. Ind. Electron. 66 (2019) 1059; {@link HeatTaper} regulates.
 */
public final class ConstantTemperatureLaw implements CurrentLaw {
  private final Setting setting;
  private final CellRegulator regulator;
  private ActiveConstraint explanation = ActiveConstraint.NONE;

  /** A charge by a setting; without thermal data a CC-CV charge at its current. */
  public ConstantTemperatureLaw(Setting setting, CellTraits traits) {
    this.setting = setting;
    regulator = new CellRegulator(traits);
  }

  /**
   * What is tuned.
   *
   * @param chargeCurrentAmps current of the first phase, A
   * @param holdKelvin temperature of the second, K
   */
  public record Setting(double chargeCurrentAmps, double holdKelvin) {}

  @Override
  public double wantedAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    double amps = regulator.lower(setting.chargeCurrentAmps(), estimate, limits, presentAmps);
    explanation = regulator.binding();
    double holding = regulator.towards(setting.holdKelvin(), limits);
    if (holding < amps) {
      explanation = ActiveConstraint.TEMPERATURE;
    }
    return Math.min(amps, holding);
  }

  @Override
  public ActiveConstraint explanation() {
    return explanation;
  }
}
