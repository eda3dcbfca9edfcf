package dev.anodyne.estimators.evaluation;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrode;
import dev.anodyne.core.cell.Electrolyte;
import dev.anodyne.core.cell.SeiData;

/**
 * What ties surface stoichiometries, current and temperature to voltage and anode potential in a
 * nominal cell: the single particle model with electrolyte (Marquis et al., J. Electrochem. Soc.
 * 166 (2019) A3693), the parts of {@link dev.anodyne.core.p2d.VoltageParts} at mean values:
 *
 * <pre>
 * V   = U_p(y_s, T) − U_n(x_s, T) + η
 * η   = η_n + η_p + I R
 * η_k = (2 R T/F) asinh(I / (2 A L_k a_k j₀,k)),   j₀ = F K(T) √(x_s (1 − x_s))
 * I R = ohmic drops in electrolyte, solids, film and contacts at the initial concentration
 *       + diffusion potential of the steady electrolyte profile of the filtered current
 * φ_n = U_n(x_s at the separator, T) − η_n − film</pre>
 *
 * All overpotentials are positive while charging. Means over the thickness of an electrode stand
 * for its distribution: at 3C a real battery differs by tens of millivolts, and its resistances are
 * its own; users must leave room for both. Immutable.
 */
public final class SurfaceVoltage {
  /** Time in which the electrolyte's profile builds up, s; the caller filters the current by it. */
  public static final double ELECTROLYTE_SECONDS = 100.0;

  /** Stoichiometries are held within this of 0 and 1, where √(x (1 − x)) has no slope. */
  private static final double EDGE = 0.01;

  private final CellParameters cell;

  public SurfaceVoltage(CellParameters cell) {
    this.cell = cell;
  }

  /** U_n of a stoichiometry at a temperature, V. */
  public double anodeOpenVolts(double x, double kelvin) {
    return open(cell.anode(), x, kelvin);
  }

  /** U_p of a stoichiometry at a temperature, V. */
  public double cathodeOpenVolts(double y, double kelvin) {
    return open(cell.cathode(), y, kelvin);
  }

  /** dU_n/dx, V. */
  public double anodeOpenSlope(double x, double kelvin) {
    return slope(cell.anode(), x, kelvin);
  }

  /** dU_p/dy, V. */
  public double cathodeOpenSlope(double y, double kelvin) {
    return slope(cell.cathode(), y, kelvin);
  }

  private double open(Electrode e, double x, double kelvin) {
    return e.ocp().value(x) + (kelvin - cell.referenceKelvin()) * e.entropicChange().value(x);
  }

  private double slope(Electrode e, double x, double kelvin) {
    return e.ocp().slope(x) + (kelvin - cell.referenceKelvin()) * e.entropicChange().slope(x);
  }

  /** η_n, V: sign of the current, which charges when positive. */
  public double anodeReactionVolts(double amps, double x, double kelvin) {
    return reaction(cell.anode(), amps, x, kelvin);
  }

  /** η_p, V: sign of the current. */
  public double cathodeReactionVolts(double amps, double y, double kelvin) {
    return reaction(cell.cathode(), amps, y, kelvin);
  }

  /** ∂η_n/∂x, V. */
  public double anodeReactionSlope(double amps, double x, double kelvin) {
    return reactionSlope(cell.anode(), amps, x, kelvin);
  }

  /** ∂η_p/∂y, V. */
  public double cathodeReactionSlope(double amps, double y, double kelvin) {
    return reactionSlope(cell.cathode(), amps, y, kelvin);
  }

  private double reaction(Electrode e, double amps, double x, double kelvin) {
    return thermalVolts(kelvin) * asinh(driving(e, amps, x, kelvin));
  }

  private double reactionSlope(Electrode e, double amps, double x, double kelvin) {
    if (x < EDGE || x > 1 - EDGE) {
      return 0;
    }
    double z = driving(e, amps, x, kelvin);
    double relative = -(1 - 2 * x) / (2 * x * (1 - x));
    return thermalVolts(kelvin) * relative * z / Math.sqrt(1 + z * z);
  }

  /** I / (2 A L a j₀). */
  private double driving(Electrode e, double amps, double x, double kelvin) {
    double held = Math.min(Math.max(x, EDGE), 1 - EDGE);
    double exchange =
        Constants.FARADAY
            * e.reactionRate()
            * Constants.arrhenius(e.reactionRateActivation(), cell.referenceKelvin(), kelvin)
            * Math.sqrt(held * (1 - held));
    double area = cell.electrodeAreaM2() * e.thicknessM() * e.surfaceAreaPerM();
    return amps / (2 * area * exchange);
  }

  private static double thermalVolts(double kelvin) {
    return 2 * Constants.GAS * kelvin / Constants.FARADAY;
  }

  private static double asinh(double z) {
    double magnitude = Math.log(Math.abs(z) + Math.sqrt(z * z + 1));
    return z < 0 ? -magnitude : magnitude;
  }

  /**
   * What does not depend on the stoichiometries, V: ohmic drops and the electrolyte's diffusion
   * potential.
   *
   * @param amps current, A
   * @param filteredAmps the current through a first-order filter of {@link #ELECTROLYTE_SECONDS}, A
   * @param kelvin temperature, K
   */
  public double transportVolts(double amps, double filteredAmps, double kelvin) {
    return amps * (ohmicOhm(kelvin) + filmOhm()) + filteredAmps * diffusionOhm(kelvin);
  }

  /** η, V: everything between the surfaces' open-circuit voltage and the terminals. */
  public double overpotentialVolts(
      double amps, double filteredAmps, double x, double y, double kelvin) {
    return anodeReactionVolts(amps, x, kelvin)
        + cathodeReactionVolts(amps, y, kelvin)
        + transportVolts(amps, filteredAmps, kelvin);
  }

  /** By how much the anode potential lies below the surface's open-circuit potential, V. */
  public double anodeDropVolts(double amps, double x, double kelvin) {
    return anodeReactionVolts(amps, x, kelvin) + amps * filmOhm();
  }

  /** Volts that the cell voltage rises at once for an ampere more, Ω. */
  public double instantOhm(double amps, double x, double y, double kelvin) {
    double step = 1e-3 * cell.nominalCapacityAmpHours();
    double more =
        anodeReactionVolts(amps + step, x, kelvin) + cathodeReactionVolts(amps + step, y, kelvin);
    double less =
        anodeReactionVolts(amps - step, x, kelvin) + cathodeReactionVolts(amps - step, y, kelvin);
    return (more - less) / (2 * step) + ohmicOhm(kelvin) + filmOhm();
  }

  /** Means over the thickness: a third of an electrode's own resistance, all of the separator's. */
  private double ohmicOhm(double kelvin) {
    Electrolyte l = cell.electrolyte();
    double tr = cell.referenceKelvin();
    double kappa =
        l.conductivity().value(l.initialConcentration())
            * Constants.arrhenius(l.conductivityActivation(), tr, kelvin)
            * Math.pow(kelvin / tr, l.conductivityTemperatureExponent());
    Electrode n = cell.anode();
    Electrode p = cell.cathode();
    double solid = n.thicknessM() / n.conductivity() + p.thicknessM() / p.conductivity();
    return (path() / kappa + solid / 3) / cell.electrodeAreaM2() + cell.seriesResistanceOhm();
  }

  /** L_n/3B_n + L_s/B_s + L_p/3B_p, m. */
  private double path() {
    Electrode n = cell.anode();
    Electrode p = cell.cathode();
    return n.thicknessM() / (3 * n.transportEfficiency())
        + cell.separator().thicknessM() / cell.separator().transportEfficiency()
        + p.thicknessM() / (3 * p.transportEfficiency());
  }

  private double filmOhm() {
    Electrode n = cell.anode();
    double area = cell.electrodeAreaM2() * n.thicknessM() * n.surfaceAreaPerM();
    return cell.sei().map(s -> filmOhmM2(s) / area).orElse(0.0);
  }

  private static double filmOhmM2(SeiData sei) {
    return sei.resistivityOhmM() * sei.initialThicknessM();
  }

  /**
   * (2 R T/F) TDF (1 − t₊) Δc/c₀ for the steady profile of an ampere, to first order: Δc = (1 − t₊)
   * path / (F A D).
   */
  private double diffusionOhm(double kelvin) {
    Electrolyte l = cell.electrolyte();
    double d =
        l.diffusivity().value(l.initialConcentration())
            * Constants.arrhenius(l.diffusivityActivation(), cell.referenceKelvin(), kelvin);
    double free = 1 - l.transferenceNumber();
    double gradient =
        free * path() / (Constants.FARADAY * cell.electrodeAreaM2() * d * l.initialConcentration());
    return thermalVolts(kelvin) * l.thermodynamicFactor() * free * gradient;
  }
}
