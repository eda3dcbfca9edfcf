package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;

/** Constant current until the voltage limit, then constant voltage, on the measured voltage. */
public final class CcCvLaw implements CurrentLaw {
  private final double chargeCurrentAmps;
  private final CellRegulator regulator;

  /**
   * A CC-CV charge.
   *
   * @param chargeCurrentAmps current of the first phase, A
   * @param traits what is known about the cell
   */
  public CcCvLaw(double chargeCurrentAmps, CellTraits traits) {
    this.chargeCurrentAmps = chargeCurrentAmps;
    regulator = new CellRegulator(traits);
  }

  /**
   * Of a cell about whose heat nothing is known.
   *
   * @param resistanceOhm the cell's resistance over one control period, Ω
   */
  public CcCvLaw(double chargeCurrentAmps, double resistanceOhm) {
    this(chargeCurrentAmps, CellTraits.electric(resistanceOhm));
  }

  @Override
  public double wantedAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    return regulator.lower(chargeCurrentAmps, estimate, limits, presentAmps);
  }

  @Override
  public ActiveConstraint explanation() {
    return regulator.binding();
  }
}
