package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;

/**
 * −F_θ of a linearised stage, and the derivative of what a sub-step holds fixed, for one parameter.
 * The forward columns add it up; the adjoint takes its scalar product with the multipliers.
 */
final class ParameterForce {
  private final P2dModel m;

  /** −F_θ as a force of one column. */
  final StageForce force;

  /** Direct derivatives of the porosity at the beginning and at the end. */
  final double[] porosity;

  final double[] endPorosity;

  ParameterForce(P2dModel model) {
    m = model;
    force = new StageForce(model, 1);
    int na = model.grid.anodeNodes;
    porosity = new double[na];
    endPorosity = new double[na];
  }

  /** Derivatives of what the sub-step holds fixed, at fixed states of its beginning and end. */
  void slow(P2dParameter parameter, SubStepRecord r) {
    java.util.Arrays.fill(porosity, 0);
    java.util.Arrays.fill(endPorosity, 0);
    if (parameter != P2dParameter.ANODE_ACTIVE_FRACTION || m.sei == null || !m.porosityChanges) {
      return;
    }
    double fresh = m.sei.initialThicknessM();
    double[] end = r.y[r.y.length - 1];
    for (int i = 0; i < porosity.length; i++) {
      porosity[i] = -m.anode.area * (r.thickness[i] - fresh);
      endPorosity[i] = -m.anode.area * (end[m.layout.sei + i] - fresh);
    }
  }

  /** −F_θ of a stage. */
  void stage(P2dParameter parameter, StageTangent s) {
    force.clear(m, 1);
    switch (parameter) {
      case ANODE_EXCHANGE -> exchange(s, m.anode);
      case CATHODE_EXCHANGE -> exchange(s, m.cathode);
      case ANODE_DIFFUSIVITY -> force.anodeDiffusivity[0] = 1;
      case CATHODE_DIFFUSIVITY -> force.cathodeDiffusivity[0] = 1;
      case ELECTROLYTE_DIFFUSIVITY -> faces(s, 1, 0);
      case ELECTROLYTE_CONDUCTIVITY -> faces(s, 0, 1);
      case ANODE_ACTIVE_FRACTION -> active(s, m.anode);
      case CATHODE_ACTIVE_FRACTION -> active(s, m.cathode);
      case CAPACITY -> capacity(s);
      case SERIES_RESISTANCE -> resistance(s);
      case FILM_RESISTANCE -> film(s, false);
      case SEI_RESISTIVITY -> film(s, true);
      case SEI_RATE -> seiRate(s);
      case PLATING_RATE -> platingRate(s);
      case HEAT_TRANSFER -> heat(s.gh * m.cooling * (s.record.ambientKelvin - s.y[StateLayout.T]));
      case HEAT_CAPACITY -> heat(m.heatCapacity * (s.rhs[StateLayout.T] - s.y[StateLayout.T]));
      case AMBIENT_TEMPERATURE -> heat(s.gh * m.cooling);
      case INITIAL_TEMPERATURE,
          INITIAL_SOC,
          INITIAL_ANODE_STOICHIOMETRY,
          INITIAL_CATHODE_STOICHIOMETRY -> {}
    }
  }

  private void heat(double joules) {
    force.heat[0] = m.lumped ? joules : 0;
  }

  /** ∂E/∂ln j₀ = lag. */
  private void exchange(StageTangent s, Side side) {
    for (int i = side.from; i < side.to; i++) {
      force.charge[i] = -s.lag[i];
    }
  }

  private void faces(StageTangent s, double salt, double ions) {
    for (int i = 0; i < m.grid.nodes - 1; i++) {
      TransportTangent.face(force.balance, i, salt * s.saltFlux[i], ions * s.ionicCurrent[i]);
    }
  }

  /** More surface: more current in the balances, more metal, more heat. */
  private void active(StageTangent s, Side side) {
    double watts = 0;
    for (int i = side.from; i < side.to; i++) {
      boolean anode = side == m.anode;
      double j = anode ? KineticTangent.total(s, i) : s.y[m.layout.j + i];
      double a = s.source(i) * j;
      force.balance[3 * i] = a * s.transfer();
      force.balance[3 * i + 1] = a;
      force.balance[3 * i + 2] = -a;
      watts += KineticTangent.heat(s, side, i);
      if (anode && m.plating != null) {
        double metal = -s.gh * m.anode.area / Constants.FARADAY * s.plating[i];
        force.metal[i] = s.allDead ? 0 : metal;
        force.dead[i] = s.allDead ? metal : 0;
      }
    }
    heat(s.gh * watts);
  }

  /**
   * A larger cell is the same cell at a smaller current density; I²R scales with its size, as all
   * heat does, and so is in the current's own derivative but for R's.
   */
  private void capacity(StageTangent s) {
    force.current[0] = -s.record.currentDensity;
  }

  private void resistance(StageTangent s) {
    double amps = s.record.currentDensity * m.cell().electrodeAreaM2();
    force.volts[0] = amps;
    heat(s.gh * amps * amps);
  }

  /** More film by 1 Ω·m², or by its own share. */
  private void film(StageTangent s, boolean relative) {
    double watts = 0;
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      double more = relative ? s.film[i] : 1;
      if (m.sideReactions) {
        force.film[i] = -more * KineticTangent.total(s, i);
      } else {
        // Without side reactions v is φ_s − φ_e itself, and the film belongs to E.
        force.charge[i] = more * KineticTangent.total(s, i);
      }
      watts += more * KineticTangent.wattsFilm(s, i);
    }
    heat(s.gh * watts);
  }

  private void seiRate(StageTangent s) {
    for (int i = 0; m.sei != null && i < m.grid.anodeNodes; i++) {
      force.sei[i] = s.sRate[i];
    }
  }

  /** The rate constant is all of j_Li but its own unknown. */
  private void platingRate(StageTangent s) {
    for (int i = 0; m.plating != null && i < m.grid.anodeNodes; i++) {
      force.plating[i] = s.plating[i];
    }
  }
}
