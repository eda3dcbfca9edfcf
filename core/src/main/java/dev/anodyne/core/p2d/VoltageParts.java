package dev.anodyne.core.p2d;

/**
 * What the terminal voltage is made of. Along a path through the cell, with ⟨·⟩ the mean over an
 * electrode's thickness, the parts telescope, so that their sum is the terminal voltage to
 * rounding:
 *
 * <pre>
 * V =  U_p(x̄_p) − U_n(x̄_n)                                 open circuit, at mean stoichiometries
 *    + [⟨U_p(x_s)⟩ − U_p(x̄_p)] − [⟨U_n(x_s)⟩ − U_n(x̄_n)]       concentration in the particles
 *    + ⟨η_p⟩ − ⟨η_n⟩,   η = φ_s − φ_e − U(x_s) − R_f j_tot      charge transfer
 *    − ⟨R_f j_tot⟩                                             film on the anode
 *    + χ T [⟨ln c_e⟩_p − ⟨ln c_e⟩_n]                           concentration in the electrolyte
 *    + ⟨φ_e⟩_p − ⟨φ_e⟩_n − the line before                      current in the electrolyte
 *    + φ_s(L) − ⟨φ_s⟩_p + ⟨φ_s⟩_n                              current in the solid
 *    + I R                                                     contacts</pre>
 *
 * U is taken at the cell's temperature. Every part is in volts and counts towards the terminal
 * voltage: while charging all overpotentials are normally positive, while discharging negative.
 * Mutable, made once; reading allocates nothing. After Nyman et al., Electrochim. Acta 55 (2010)
 * 5763, with means over the thickness in place of means over the reaction.
 */
public final class VoltageParts {
  /** Open-circuit voltage at the mean stoichiometries and the cell's temperature. */
  public double openCircuitVolts;

  /** Surface against mean stoichiometry, and its spread over the electrode. */
  public double anodeParticleVolts;

  public double cathodeParticleVolts;

  /** Charge transfer (Butler–Volmer). */
  public double anodeReactionVolts;

  public double cathodeReactionVolts;

  /** Film (SEI) on the anode's particles. */
  public double filmVolts;

  /** Diffusion potential of the electrolyte. */
  public double electrolyteConcentrationVolts;

  /** Ohm's law in the electrolyte. */
  public double electrolyteOhmicVolts;

  /** Ohm's law in both electrodes' solid. */
  public double solidOhmicVolts;

  /** Resistance outside the electrodes. */
  public double contactVolts;

  /** The terminal voltage, V. */
  public double sumVolts() {
    return openCircuitVolts
        + anodeParticleVolts
        + cathodeParticleVolts
        + anodeReactionVolts
        + cathodeReactionVolts
        + filmVolts
        + electrolyteConcentrationVolts
        + electrolyteOhmicVolts
        + solidOhmicVolts
        + contactVolts;
  }

  /**
   * Reads the parts after a step.
   *
   * @param model Not modified.
   * @param state Not modified; as {@link P2dStepper#step} left it.
   */
  public void read(P2dModel model, P2dState state) {
    read(model, state.values());
  }

  /**
   * Reads the parts after {@link P2dStepper#outputs}, which leaves the state as it was.
   *
   * @param model Not modified.
   * @param workspace Not modified; the one of that call.
   */
  public void readFrozen(P2dModel model, P2dWorkspace workspace) {
    read(model, workspace.y);
  }

  private void read(P2dModel m, double[] y) {
    StateLayout l = m.layout;
    double amps = y[l.current];
    double anodeOpen = openCircuit(m, m.anode, y, m.mean(y, m.anode));
    double cathodeOpen = openCircuit(m, m.cathode, y, m.mean(y, m.cathode));
    double anodeSurface = meanSurfacePotential(m, m.anode, y);
    double cathodeSurface = meanSurfacePotential(m, m.cathode, y);
    double anodeSolid = mean(m, m.anode, y, l.phiS);
    double cathodeSolid = mean(m, m.cathode, y, l.phiS);
    double anodeLiquid = mean(m, m.anode, y, l.phiE);
    double cathodeLiquid = mean(m, m.cathode, y, l.phiE);
    openCircuitVolts = cathodeOpen - anodeOpen;
    anodeParticleVolts = anodeOpen - anodeSurface;
    cathodeParticleVolts = cathodeSurface - cathodeOpen;
    filmVolts = film(m, y);
    anodeReactionVolts = anodeSurface - (anodeSolid - anodeLiquid) - filmVolts;
    cathodeReactionVolts = cathodeSolid - cathodeLiquid - cathodeSurface;
    electrolyteConcentrationVolts =
        m.chi * y[StateLayout.T] * (meanLogSalt(m, m.cathode, y) - meanLogSalt(m, m.anode, y));
    electrolyteOhmicVolts = cathodeLiquid - anodeLiquid - electrolyteConcentrationVolts;
    double end = y[l.phiS + m.grid.nodes - 1] + amps / m.cell().electrodeAreaM2() * m.endResistance;
    solidOhmicVolts = end - cathodeSolid + anodeSolid;
    contactVolts = amps * m.cell().seriesResistanceOhm();
  }

  private static double openCircuit(P2dModel m, Side side, double[] y, double x) {
    double dT = y[StateLayout.T] - m.cell().referenceKelvin();
    double open = side.electrode.openCircuitVolts(x);
    return side.hasEntropy ? open + dT * side.entropic.value(x) : open;
  }

  private static double meanSurfacePotential(P2dModel m, Side side, double[] y) {
    double sum = 0;
    for (int i = side.from; i < side.to; i++) {
      sum += m.grid.width[i] * openCircuit(m, side, y, Particles.surface(m, side, y, i));
    }
    return sum / side.electrode.thicknessM();
  }

  private static double mean(P2dModel m, Side side, double[] y, int offset) {
    double sum = 0;
    for (int i = side.from; i < side.to; i++) {
      sum += m.grid.width[i] * y[offset + i];
    }
    return sum / side.electrode.thicknessM();
  }

  private static double meanLogSalt(P2dModel m, Side side, double[] y) {
    double sum = 0;
    for (int i = side.from; i < side.to; i++) {
      sum += m.grid.width[i] * Math.log(Salt.positive(y[StateLayout.C + i]));
    }
    return sum / side.electrode.thicknessM();
  }

  /** −⟨R_f j_tot⟩; j_tot, side reactions included, is what the solid's current loses. */
  private static double film(P2dModel m, double[] y) {
    if (m.sei == null) {
      return 0;
    }
    int phi = m.layout.phiS;
    double left = -m.solidAtCollector * y[phi];
    double sum = 0;
    for (int i = m.anode.from; i < m.anode.to; i++) {
      double right = -m.solidRight[i] * (y[phi + i + 1] - y[phi + i]);
      double resistance = y[m.layout.sei + i] * m.sei.resistivityOhmM();
      sum += resistance * (left - right) / m.anode.area;
      left = right;
    }
    return -sum / m.anode.electrode.thicknessM();
  }
}
