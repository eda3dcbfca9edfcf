package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;

/**
 * Solves a linearised stage transposed, F_Yᵀ λ = g: {@link StageColumns} line by line in reverse.
 * The multipliers λ carry a scalar's gradient g in the stage's solution over to everything that the
 * stage depends on: rhs, current, parameters.
 */
final class StageAdjoint {
  private final P2dModel m;
  private final double resistivity;

  /** Multipliers, with the names of the forces that they belong to. */
  final StageForce lambda;

  private final double[] gradBase;
  private final double[] gradJ;
  private final double[] gradL;
  private final double[] gradS;
  private final double[] column;

  StageAdjoint(P2dModel model) {
    m = model;
    resistivity = model.sei == null ? 0 : model.sei.resistivityOhmM();
    lambda = new StageForce(model, 1);
    int n = model.grid.nodes;
    int na = model.grid.anodeNodes;
    gradBase = new double[n];
    gradJ = new double[n];
    gradL = new double[na];
    gradS = new double[na];
    column = new double[model.particle.count];
  }

  /**
   * Solves.
   *
   * @param g gradient in the stage's differential entries. Modified: gradient in its rhs.
   * @param block gradient in (c_e, φ_e, φ_s) in block order, beyond that in {@code g}. Not
   *     modified.
   */
  void solve(StageTangent s, double[] g, double[] block) {
    lambda.clear(m, 1);
    metal(s, g);
    particles(s, m.anode, g);
    particles(s, m.cathode, g);
    double[] z = lambda.balance;
    for (int i = 0; i < z.length; i++) {
      z[i] = block[i];
    }
    for (int i = 0; i < m.grid.nodes; i++) {
      z[3 * i] += g[StateLayout.C + i];
    }
    double watts = kelvin(s, g, z);
    potentials(s, watts, z);
    z[z.length - 1] += watts * s.wattsEnd;
    BlockColumns.solveTransposed(s.matrix, z, m.grid.nodes);
    lambda.current[0] = z[z.length - 1] + watts * s.wattsCurrent;
    for (int i = 0; i < m.grid.nodes; i++) {
      currents(s, i, z, g);
    }
    lambda.anodeDiffusivity[0] = finish(s, m.anode, g);
    lambda.cathodeDiffusivity[0] = finish(s, m.cathode, g);
    for (int i = 0; i < m.grid.nodes; i++) {
      g[StateLayout.C + i] = TransportTangent.storage(s, i) * z[3 * i];
    }
  }

  /** Dead and plated lithium follow j_Li, the SEI its current. */
  private void metal(StageTangent s, double[] g) {
    java.util.Arrays.fill(gradS, 0);
    java.util.Arrays.fill(gradL, 0);
    double charge = s.gh * m.anode.area / Constants.FARADAY;
    double growth = m.sei == null ? 0 : s.gh / m.sei.chargePerThickness();
    for (int i = 0; m.sideReactions && i < m.grid.anodeNodes; i++) {
      double gone = g[m.layout.dead + i];
      double decay = s.allDead ? 0 : s.gh * s.record.deadRate[i];
      double kept = s.keep[i] * (g[m.layout.plated + i] + decay * gone);
      lambda.dead[i] = gone;
      lambda.metal[i] = kept;
      gradL[i] = -charge * (s.allDead ? gone : kept);
      gradS[i] = -growth * g[m.layout.sei + i];
    }
  }

  /** Modes follow j: g becomes J⁻ᵀ g. */
  private void particles(StageTangent s, Side side, double[] g) {
    int n = side.to - side.from;
    int modes = m.particle.count;
    java.util.Arrays.fill(gradJ, side.from, side.to, 0);
    double[] decay = s.decay(side);
    for (int i = side.from; side.variableDiffusivity && i < side.to; i++) {
      transposed(s, side, i, g);
    }
    double scale = s.fluxScale(side);
    for (int k = 0; k < modes; k++) {
      int at = side.modes + k * n;
      double keep = side.variableDiffusivity ? 1 : decay[k];
      double f = scale * m.particle.surface[k];
      for (int i = 0; i < n; i++) {
        g[at + i] *= keep;
        gradJ[side.from + i] -= f * g[at + i];
      }
    }
  }

  private void transposed(StageTangent s, Side side, int node, double[] g) {
    int n = side.to - side.from;
    int modes = m.particle.count;
    int at = side.modes + node - side.from;
    for (int k = 0; k < modes; k++) {
      column[k] = g[at + k * n];
    }
    for (int l = 0; l < modes; l++) {
      double sum = 0;
      for (int k = 0; k < modes; k++) {
        sum += s.inverse[node][k * modes + l] * column[k];
      }
      g[at + l * n] = sum;
    }
  }

  /** Everything that follows δT; returns γh λ_T. */
  private double kelvin(StageTangent s, double[] g, double[] z) {
    double total =
        g[StateLayout.T]
            + s.anodeRateSlope * change(s, m.anode, g)
            + s.cathodeRateSlope * change(s, m.cathode, g);
    for (int i = 0; i < z.length; i++) {
      total += z[i] * s.heatResponse[i];
    }
    for (int i = 0; i < m.grid.nodes; i++) {
      total += gradJ[i] * s.jKelvin[i];
    }
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      total += gradL[i] * s.lKelvin[i] + gradS[i] * s.sKelvin[i];
    }
    double multiplier = total / s.heatPivot;
    lambda.heat[0] = m.lumped ? multiplier : 0;
    g[StateLayout.T] = m.lumped ? m.heatCapacity * multiplier : multiplier;
    return m.lumped ? s.gh * multiplier : 0;
  }

  private static double change(StageTangent s, Side side, double[] g) {
    double sum = 0;
    int end = side.modes + (side.to - side.from) * s.m.particle.count;
    for (int q = side.modes; q < end; q++) {
      sum += s.change[q] * g[q];
    }
    return sum;
  }

  /** The currents follow the potentials and the salt; the heat follows all. */
  private void potentials(StageTangent s, double watts, double[] z) {
    for (int i = 0; i < m.grid.nodes; i++) {
      int b = 3 * i;
      gradBase[i] = watts * s.wattsSurface[i];
      gradJ[i] += watts * s.wattsJ[i];
      if (i >= m.grid.anodeNodes || !m.sideReactions) {
        double phi = -s.jOwn[i] * gradJ[i];
        z[b + 2] += phi;
        z[b + 1] -= phi;
        z[b] += s.jSalt[i] * gradJ[i];
        continue;
      }
      gradL[i] += watts * s.wattsOther[i];
      gradS[i] += watts * s.wattsSei[i];
      double v = -s.jOwn[i] * gradJ[i] + s.lPhi[i] * gradL[i] + s.sPhi[i] * gradS[i];
      double behind = s.divider[i] * v;
      gradJ[i] -= s.film[i] * behind;
      gradL[i] -= s.film[i] * behind;
      gradS[i] -= s.growing[i] * behind;
      lambda.film[i] = behind;
      double phi = behind + watts * s.wattsPhi[i];
      z[b + 2] += phi;
      z[b + 1] -= phi;
      z[b] += s.jSalt[i] * gradJ[i] + s.lSalt[i] * gradL[i];
    }
  }

  /** The balances take the currents in; what j₀, l₀, s₀ come from. */
  private void currents(StageTangent s, int i, double[] z, double[] g) {
    int b = 3 * i;
    double driven = s.source(i) * (s.transfer() * z[b] + z[b + 1] - z[b + 2]);
    double own = s.sumOwn[i] * driven;
    lambda.charge[i] = s.jOwn[i] * (gradJ[i] + own);
    gradBase[i] -= s.eSurface[i] * lambda.charge[i];
    if (i < m.grid.anodeNodes && m.sideReactions) {
      lambda.film[i] += s.sumPhi[i] * driven;
      lambda.sei[i] = gradS[i] + s.sumSei[i] * driven;
      lambda.plating[i] = s.lOwn[i] * (gradL[i] + own);
      lambda.metal[i] += s.lMetal[i] * s.keep[i] * lambda.plating[i];
      g[m.layout.plated + i] = lambda.metal[i];
      g[m.layout.dead + i] = lambda.dead[i];
      double film = s.gh * KineticTangent.wattsFilm(s, i) * lambda.heat[0];
      film -= KineticTangent.total(s, i) * lambda.film[i];
      g[m.layout.sei + i] += s.sThickness[i] * lambda.sei[i] + resistivity * film;
    }
  }

  /** Adds J⁻ᵀ v(1) times the gradient in x̂; returns the gradient in ln D. */
  private double finish(StageTangent s, Side side, double[] g) {
    int n = side.to - side.from;
    double[] decay = s.decay(side);
    double sum = 0;
    for (int k = 0; k < m.particle.count; k++) {
      int at = side.modes + k * n;
      double f = m.particle.surface[k] * decay[k];
      for (int i = 0; i < n; i++) {
        if (side.variableDiffusivity) {
          f = ParticleTangent.transposedSurface(s, side.from + i, k);
        }
        g[at + i] += f * gradBase[side.from + i];
        sum += s.change[at + i] * g[at + i];
      }
    }
    return sum;
  }
}
