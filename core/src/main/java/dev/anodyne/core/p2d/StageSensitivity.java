package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrolyte;

/**
 * Derivatives of a converged stage y = rhs + γh f(y, i) by the stage's own factorisation. The
 * temperature, which Newton's method leaves outside the block matrix, is bordered here exactly:
 *
 * <pre>A δz + (∂R/∂T) δT = b,   C δT = C δT_rhs + γh (δQ − h A δT)</pre>
 *
 * so each parameter costs one back substitution, and each stage one more for the temperature.
 */
final class StageSensitivity {
  private final P2dModel m;
  private final P2dWorkspace w;

  /** Response of (δc, δφ_e, δφ_s), of j and of j_Li to one kelvin. */
  private final double[] heatResponse;

  private final double[] jHeat;
  private final double[] lHeat;

  /** ∂x/∂T of the surface at fixed j; relative slope of the diffusion rate, 1/K. */
  private final double[] surfaceHeat;

  private final double[] z;
  private final double[] surfaceBase;
  private final double[] dj;
  private final double[] dl;
  private double heatPivot;

  StageSensitivity(P2dModel model, P2dWorkspace workspace) {
    m = model;
    w = workspace;
    int n = model.grid.nodes;
    heatResponse = new double[3 * n];
    z = new double[3 * n];
    jHeat = new double[n];
    lHeat = new double[model.grid.anodeNodes];
    surfaceHeat = new double[n];
    surfaceBase = new double[n];
    dj = new double[n];
    dl = new double[model.grid.anodeNodes];
  }

  /** Everything that all parameters share; call once a stage, after it is finished. */
  void prepare(double gh) {
    if (!m.lumped) {
      return;
    }
    surfaceHeat(m.anode, gh, w.anodeDiffusionRate, w.anodeDecay);
    surfaceHeat(m.cathode, gh, w.cathodeDiffusionRate, w.cathodeDecay);
    java.util.Arrays.fill(heatResponse, 0);
    for (int i = 0; i < m.grid.nodes - 1; i++) {
      faceHeat(i);
    }
    forceHeat(m.anode);
    forceHeat(m.cathode);
    w.matrix.solve(heatResponse);
    currents(heatResponse, jHeat, lHeat);
    double watts = heatOf(heatResponse, jHeat, lHeat, surfaceHeat, 1, 0);
    heatPivot = m.heatCapacity + gh * m.cooling - gh * watts;
  }

  /** ∂x/∂T = −γh (D/R²)' Σ v_k λ_k q_k/(1 + γh λ_k D/R²). */
  private void surfaceHeat(Side side, double gh, double rate, double[] decay) {
    int n = side.to - side.from;
    double slope = rateSlope(side);
    if (side.variableDiffusivity) {
      VariableDiffusion.surfaceHeat(m, side, w, gh, slope, surfaceHeat);
      return;
    }
    java.util.Arrays.fill(surfaceHeat, side.from, side.to, 0);
    for (int k = 1; k < decay.length; k++) {
      double f = -gh * rate * slope * m.particle.lambda[k] * decay[k] * m.particle.surface[k];
      int at = side.modes + k * n;
      for (int i = 0; i < n; i++) {
        surfaceHeat[side.from + i] += f * w.y[at + i];
      }
    }
  }

  private double rateSlope(Side side) {
    double t = w.y[StateLayout.T];
    return side.electrode.diffusivityActivation() / (Constants.GAS * t * t);
  }

  /** −∂R/∂T of the fluxes through a face. */
  private void faceHeat(int i) {
    Electrolyte e = m.cell().electrolyte();
    double t = w.y[StateLayout.T];
    double cl = Salt.positive(w.y[StateLayout.C + i]);
    double cr = Salt.positive(w.y[StateLayout.C + i + 1]);
    double g = w.salt.face[i];
    double flux =
        g
            * (w.y[StateLayout.C + i + 1] - w.y[StateLayout.C + i])
            * e.diffusivityActivation()
            / (Constants.GAS * t * t);
    heatResponse[3 * i] += flux;
    heatResponse[3 * i + 3] -= flux;
    double conductance = w.ions.face[i];
    double chi = 2 * m.chi * (cr - cl) / (cr + cl);
    double drive = chi * t - (w.y[m.layout.phiE + i + 1] - w.y[m.layout.phiE + i]);
    double relative =
        e.conductivityActivation() / (Constants.GAS * t * t)
            + e.conductivityTemperatureExponent() / t;
    double slope = conductance * (drive * relative + chi);
    heatResponse[3 * i + 1] -= slope;
    heatResponse[3 * i + 4] += slope;
  }

  private void forceHeat(Side side) {
    for (int i = side.from; i < side.to; i++) {
      double force = w.heatForce[i] + w.surfaceForce[i] * surfaceHeat[i];
      double j = w.jFromForce[i] * force;
      double l = 0;
      if (side == m.anode && m.plating != null) {
        j += w.jFromPlating[i] * w.platingHeat[i];
        l = w.lFromForce[i] * force + w.lFromPlating[i] * w.platingHeat[i];
        lHeat[i] = l;
      }
      jHeat[i] = j;
      drive(heatResponse, side, i, j + l);
    }
  }

  /** A current density that the right-hand side brings along, in the three balances. */
  private void drive(double[] b, Side side, int i, double j) {
    double a = m.grid.width[i] * side.area * j;
    b[3 * i] += a * (1 - m.cell().electrolyte().transferenceNumber()) / Constants.FARADAY;
    b[3 * i + 1] += a;
    b[3 * i + 2] -= a;
  }

  /** Adds to own currents (in) what the potentials and the salt make of them (out). */
  private void currents(double[] x, double[] j, double[] l) {
    currents(m.anode, x, j);
    currents(m.cathode, x, j);
    if (m.plating != null) {
      for (int i = 0; i < m.grid.anodeNodes; i++) {
        l[i] += w.lPotential[i] * (x[3 * i + 2] - x[3 * i + 1]) + w.lSalt[i] * x[3 * i];
      }
    }
  }

  private void currents(Side side, double[] x, double[] j) {
    for (int i = side.from; i < side.to; i++) {
      j[i] += w.jPotential[i] * (x[3 * i + 2] - x[3 * i + 1]) + w.jSalt[i] * x[3 * i];
    }
  }

  /**
   * Change of the heat, W.
   *
   * @param x change of the unknowns in block order
   * @param xOther change of the surface stoichiometry that does not come from j
   * @param scale of xOther
   * @param di change of the current density
   */
  private double heatOf(
      double[] x, double[] j, double[] l, double[] xOther, double scale, double di) {
    double area = m.cell().electrodeAreaM2();
    int last = m.grid.nodes - 1;
    double i = w.currentDensity;
    double volts = w.y[m.layout.phiS + last] + i * m.endResistance;
    double terminals = i * (x[3 * last + 2] + m.endResistance * di) + di * volts;
    double work =
        heatOf(m.anode, x, j, l, xOther, scale) + heatOf(m.cathode, x, j, l, xOther, scale);
    double series = 2 * i * di * area * m.cell().seriesResistanceOhm();
    return area * (terminals - work + series);
  }

  private double heatOf(
      Side side, double[] x, double[] j, double[] l, double[] xOther, double scale) {
    double sum = 0;
    double t = w.y[StateLayout.T];
    double reference = m.cell().referenceKelvin();
    for (int i = side.from; i < side.to; i++) {
      double surface = w.surface[i];
      double u = w.openCircuit[i];
      double slope = side.electrode.openCircuitSlope(surface);
      if (side.hasEntropy) {
        u -= t * side.entropic.value(surface);
        slope -= reference * side.entropic.slope(surface);
      }
      double own = w.y[m.layout.j + i];
      double work = j[i] * u + own * slope * (scale * xOther[i] + w.surfaceSlope[i] * j[i]);
      if (side == m.anode) {
        boolean plates = m.plating != null;
        double other = w.sei[i] + w.plating[i];
        double dOther = plates ? l[i] : 0;
        work += w.film[i] * (j[i] * (own + other) + own * (j[i] + dOther));
        work +=
            dOther * (w.y[m.layout.phiS + i] - w.y[m.layout.phiE + i])
                + other * (x[3 * i + 2] - x[3 * i + 1]);
      }
      sum += m.grid.width[i] * side.area * work;
    }
    return sum;
  }

  /**
   * Derivative of the stage with respect to one parameter.
   *
   * @param rhs derivative of the stage's rhs, differential entries. Not modified.
   * @param di derivative of the current density, A/m²
   * @param out Modified: derivative of the stage's differential entries.
   */
  void solve(double gh, double[] rhs, double di, double[] out) {
    Particles.surface(m, m.anode, w, w.anodeDecay, rhs, surfaceBase);
    Particles.surface(m, m.cathode, w, w.cathodeDecay, rhs, surfaceBase);
    for (int i = 0; i < m.grid.nodes; i++) {
      z[3 * i] = m.grid.width[i] * w.porosity[i] / gh * rhs[StateLayout.C + i];
      z[3 * i + 1] = 0;
      z[3 * i + 2] = 0;
    }
    z[3 * m.grid.nodes - 1] = di;
    force(m.anode, rhs);
    force(m.cathode, rhs);
    w.matrix.solve(z);
    currents(z, dj, dl);
    double dT = 0;
    if (m.lumped) {
      double watts = heatOf(z, dj, dl, surfaceBase, 1, di);
      dT = (m.heatCapacity * rhs[StateLayout.T] + gh * watts) / heatPivot;
      for (int i = 0; i < z.length; i++) {
        z[i] += dT * heatResponse[i];
      }
      for (int i = 0; i < dj.length; i++) {
        dj[i] += dT * jHeat[i];
      }
      for (int i = 0; i < dl.length; i++) {
        dl[i] += dT * lHeat[i];
      }
    }
    collect(gh, rhs, dT, out);
  }

  private void force(Side side, double[] rhs) {
    for (int i = side.from; i < side.to; i++) {
      double force = w.surfaceForce[i] * surfaceBase[i];
      double j = w.jFromForce[i] * force;
      double l = 0;
      if (side == m.anode && m.plating != null) {
        double own = w.platingMetal[i] * rhs[m.layout.plated + i];
        j += w.jFromPlating[i] * own;
        l = w.lFromForce[i] * force + w.lFromPlating[i] * own;
        dl[i] = l;
      }
      dj[i] = j;
      drive(z, side, i, j + l);
    }
  }

  private void collect(double gh, double[] rhs, double dT, double[] out) {
    out[StateLayout.T] = dT;
    for (int i = 0; i < m.grid.nodes; i++) {
      out[StateLayout.C + i] = z[3 * i];
    }
    modes(m.anode, gh, rhs, dT, w.anodeDiffusionRate, w.anodeDecay, out);
    modes(m.cathode, gh, rhs, dT, w.cathodeDiffusionRate, w.cathodeDecay, out);
    if (m.plating != null) {
      double f = gh * m.anode.area / Constants.FARADAY;
      for (int i = 0; i < m.grid.anodeNodes; i++) {
        int p = m.layout.plated + i;
        int d = m.layout.dead + i;
        out[p] = (rhs[p] - f * dl[i]) / (1 + gh * w.deadRate[i]);
        out[d] = rhs[d] + gh * w.deadRate[i] * out[p];
      }
    }
  }

  private void modes(
      Side side, double gh, double[] rhs, double dT, double rate, double[] decay, double[] out) {
    if (side.variableDiffusivity) {
      VariableDiffusion.differentiate(m, side, w, gh, rhs, dj, rateSlope(side) * dT, out);
      return;
    }
    int n = side.to - side.from;
    double heat = -gh * rate * rateSlope(side) * dT;
    for (int k = 0; k < decay.length; k++) {
      double f = gh * side.fluxScale * m.particle.surface[k];
      double h = heat * m.particle.lambda[k];
      int at = side.modes + k * n;
      for (int i = 0; i < n; i++) {
        out[at + i] = (rhs[at + i] - f * dj[side.from + i] + h * w.y[at + i]) * decay[k];
      }
    }
  }

  /** Derivative of the terminal voltage of the last solved parameter. */
  double volts(double di) {
    return z[3 * m.grid.nodes - 1]
        + di * (m.endResistance + m.cell().electrodeAreaM2() * m.cell().seriesResistanceOhm());
  }

  /** Derivative of the anode potential of the last solved parameter. */
  double anodePotential() {
    return Border.anodePotentialOf(m, z);
  }
}
