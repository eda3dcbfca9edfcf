package dev.anodyne.core.cell;

/**
 * One electrode. Functions of stoichiometry are at the reference temperature.
 *
 * @param thicknessM thickness, m
 * @param porosity volume share of the electrolyte
 * @param transportEfficiency effective over free-electrolyte transport, B
 * @param conductivity effective electronic conductivity, S/m
 * @param activeFraction volume share of the active material
 * @param maximumConcentration lithium sites, mol/m³
 * @param particleRadiusM particle radius, m
 * @param diffusivity solid diffusivity of stoichiometry, m²/s
 * @param diffusivityActivation its activation energy, J/mol
 * @param ocp open-circuit potential of stoichiometry, V
 * @param entropicChange dU/dT of stoichiometry, V/K
 * @param reactionRate rate constant K, mol/m²s: j₀ = F K √((c_e/c_e0) x (1−x))
 * @param reactionRateActivation its activation energy, J/mol
 * @param stoichiometryAtEmpty at state of charge 0
 * @param stoichiometryAtFull at state of charge 1
 */
public record Electrode(
    double thicknessM,
    double porosity,
    double transportEfficiency,
    double conductivity,
    double activeFraction,
    double maximumConcentration,
    double particleRadiusM,
    Curve diffusivity,
    double diffusivityActivation,
    Curve ocp,
    Curve entropicChange,
    double reactionRate,
    double reactionRateActivation,
    double stoichiometryAtEmpty,
    double stoichiometryAtFull) {

  /** Particle surface per volume, 1/m: a = 3 ε_s / R. */
  public double surfaceAreaPerM() {
    return 3 * activeFraction / particleRadiusM;
  }

  /** Charge of all lithium sites over an electrode area, A·h. */
  public double siteCapacityAmpHours(double areaM2) {
    return activeFraction * thicknessM * areaM2 * maximumConcentration * Constants.FARADAY / 3600;
  }

  /**
   * Open-circuit potential with the guard rails of PyBaMM at both ends (positive towards empty,
   * negative towards full, 1 mV at 0.001 from the end), which keep stoichiometries inside 0…1.
   */
  public double openCircuitVolts(double x) {
    return ocp.value(x) + EndGuard.volts(x);
  }

  /** Slope of {@link #openCircuitVolts}, V. */
  public double openCircuitSlope(double x) {
    return ocp.slope(x) + EndGuard.slope(x);
  }

  /**
   * {@link #openCircuitVolts} and {@link #openCircuitSlope} in one look-up, for the kernels.
   *
   * @param volts Modified: element {@code at}.
   * @param slope Modified: element {@code at}.
   */
  public void openCircuit(double x, double[] volts, double[] slope, int at) {
    ocp.valueAndSlope(x, volts, slope, at);
    if (EndGuard.acts(x)) {
      volts[at] += EndGuard.volts(x);
      slope[at] += EndGuard.slope(x);
    }
  }

  Electrode withActive(double fraction) {
    return new Electrode(
        thicknessM,
        porosity,
        transportEfficiency,
        conductivity,
        fraction,
        maximumConcentration,
        particleRadiusM,
        diffusivity,
        diffusivityActivation,
        ocp,
        entropicChange,
        reactionRate,
        reactionRateActivation,
        stoichiometryAtEmpty,
        stoichiometryAtFull);
  }

  Electrode withPores(double otherPorosity, double otherTransportEfficiency) {
    return new Electrode(
        thicknessM,
        otherPorosity,
        otherTransportEfficiency,
        conductivity,
        activeFraction,
        maximumConcentration,
        particleRadiusM,
        diffusivity,
        diffusivityActivation,
        ocp,
        entropicChange,
        reactionRate,
        reactionRateActivation,
        stoichiometryAtEmpty,
        stoichiometryAtFull);
  }

  Electrode withWindow(double atEmpty, double atFull) {
    return new Electrode(
        thicknessM,
        porosity,
        transportEfficiency,
        conductivity,
        activeFraction,
        maximumConcentration,
        particleRadiusM,
        diffusivity,
        diffusivityActivation,
        ocp,
        entropicChange,
        reactionRate,
        reactionRateActivation,
        atEmpty,
        atFull);
  }

  Electrode withKinetics(double diffusivityFactor, double exchangeFactor) {
    return new Electrode(
        thicknessM,
        porosity,
        transportEfficiency,
        conductivity,
        activeFraction,
        maximumConcentration,
        particleRadiusM,
        diffusivity.times(diffusivityFactor),
        diffusivityActivation,
        ocp,
        entropicChange,
        reactionRate * exchangeFactor,
        reactionRateActivation,
        stoichiometryAtEmpty,
        stoichiometryAtFull);
  }
}
