package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;

/**
 * Solves a linearised stage forwards, F_Y δY = r, for several columns at once. The columns lie side
 * by side in memory: they share every coefficient, and their independent sums hide each other's
 * latency.
 */
final class StageColumns {
  private final P2dModel m;
  private final double resistivity;

  /** What drives the columns; the caller fills it. */
  final StageForce force;

  /** Solution: (δc, δφ_e, δφ_s) and δj without δT's share, side currents with it, and δT. */
  private final double[] z;

  private final double[] base;
  private final double[] dj;
  private final double[] dl;
  private final double[] ds;

  /** r_v of the anode's nodes, with what the SEI of the stage's beginning does to the film. */
  private final double[] over;

  final double[] kelvin;

  StageColumns(P2dModel model, int columns) {
    m = model;
    resistivity = model.sei == null ? 0 : model.sei.resistivityOhmM();
    force = new StageForce(model, columns);
    int n = model.grid.nodes * columns;
    int na = model.grid.anodeNodes * columns;
    z = new double[3 * n];
    base = new double[n];
    dj = new double[n];
    dl = new double[na];
    ds = new double[na];
    over = new double[na];
    kelvin = new double[columns];
  }

  /**
   * Solves.
   *
   * @param rhs derivative of the stage's rhs, differential entries by columns. Not modified.
   * @param heated as in {@link StageTangent#linearise}
   * @param out Modified: derivative of the stage's differential entries.
   */
  void solve(StageTangent s, double[] rhs, boolean heated, int columns, double[] out) {
    ParticleTangent.surface(s, m.anode, rhs, base, columns);
    ParticleTangent.surface(s, m.cathode, rhs, base, columns);
    balances(s, rhs, columns);
    currents(s, m.anode, force.anodeDiffusivity, rhs, columns);
    currents(s, m.cathode, force.cathodeDiffusivity, rhs, columns);
    BlockColumns.solve(s.matrix, z, m.grid.nodes, columns);
    heat(s, rhs, columns);
    respond(s, m.anode, rhs, columns);
    respond(s, m.cathode, rhs, columns);
    if (heated) {
      warm(s, columns);
    }
    collect(s, rhs, heated, columns, out);
  }

  /** What rhs and force put into the three balances. */
  private void balances(StageTangent s, double[] rhs, int columns) {
    System.arraycopy(force.balance, 0, z, 0, 3 * m.grid.nodes * columns);
    for (int i = 0; i < m.grid.nodes; i++) {
      double storage = TransportTangent.storage(s, i);
      int at = 3 * i * columns;
      int c = (StateLayout.C + i) * columns;
      for (int p = 0; p < columns; p++) {
        z[at + p] += storage * rhs[c + p];
      }
    }
    int last = (3 * m.grid.nodes - 1) * columns;
    for (int p = 0; p < columns; p++) {
      z[last + p] += force.current[p];
    }
  }

  /** j₀, l₀ and s₀ of every node, and what they put into the balances. */
  private void currents(
      StageTangent s, Side side, double[] diffusivity, double[] rhs, int columns) {
    boolean together = side == m.anode && m.sideReactions;
    for (int i = side.from; i < side.to; i++) {
      double moved = s.surfaceChange[i];
      double slope = s.eSurface[i];
      double own = s.jOwn[i];
      int at = i * columns;
      for (int p = 0; force.parametric && p < columns; p++) {
        base[at + p] += moved * diffusivity[p];
      }
      for (int p = 0; p < columns; p++) {
        dj[at + p] = own * (force.charge[at + p] - slope * base[at + p]);
      }
      if (together) {
        sideCurrents(s, i, rhs, columns);
        continue;
      }
      double a = s.source(i);
      double salt = a * s.transfer();
      int c = 3 * at;
      int e = c + columns;
      int f = e + columns;
      for (int p = 0; p < columns; p++) {
        double j = dj[at + p];
        z[c + p] += salt * j;
        z[e + p] += a * j;
        z[f + p] -= a * j;
      }
    }
  }

  private void sideCurrents(StageTangent s, int i, double[] rhs, int columns) {
    double own = s.lOwn[i];
    double metal = s.lMetal[i] * s.keep[i];
    int at = i * columns;
    int q = (m.layout.plated + i) * columns;
    int thickness = (m.layout.sei + i) * columns;
    double film = KineticTangent.total(s, i) * resistivity;
    double a = s.source(i);
    double salt = a * s.transfer();
    int c = 3 * at;
    for (int p = 0; p < columns; p++) {
      double before = rhs[thickness + p];
      double l = own * (force.plating[at + p] + metal * (rhs[q + p] + force.metal[at + p]));
      double sei = force.sei[at + p] + s.sThickness[i] * before;
      double v = force.film[at + p] - film * before;
      dl[at + p] = l;
      ds[at + p] = sei;
      over[at + p] = v;
      double j = s.sumOwn[i] * (dj[at + p] + l) + s.sumSei[i] * sei + s.sumPhi[i] * v;
      z[c + p] += salt * j;
      z[c + columns + p] += a * j;
      z[c + 2 * columns + p] -= a * j;
    }
  }

  /** Begins δT's own balance: C δT_rhs + r_T + γh ∂Q/∂i δi + γh ∂Q/∂φ_s δφ_s at the end. */
  private void heat(StageTangent s, double[] rhs, int columns) {
    int last = (3 * m.grid.nodes - 1) * columns;
    for (int p = 0; p < columns; p++) {
      double t = rhs[StateLayout.T * columns + p];
      kelvin[p] =
          m.lumped
              ? m.heatCapacity * t
                  + force.heat[p]
                  + s.gh * (s.wattsCurrent * force.current[p] + s.wattsEnd * z[last + p])
              : t;
    }
  }

  /** The currents with the potentials known; their share of the heat. */
  private void respond(StageTangent s, Side side, double[] rhs, int columns) {
    boolean together = side == m.anode && m.sideReactions;
    double gh = m.lumped ? s.gh : 0;
    for (int i = side.from; i < side.to; i++) {
      if (together) {
        respondTogether(s, rhs, i, gh, columns);
        continue;
      }
      int at = i * columns;
      int c = 3 * at;
      int e = c + columns;
      int f = e + columns;
      double own = s.jOwn[i];
      double salt = s.jSalt[i];
      double perJ = gh * s.wattsJ[i];
      double perX = gh * s.wattsSurface[i];
      for (int p = 0; p < columns; p++) {
        double j = dj[at + p] + salt * z[c + p] - own * (z[f + p] - z[e + p]);
        dj[at + p] = j;
        kelvin[p] += perJ * j + perX * base[at + p];
      }
    }
  }

  private void respondTogether(StageTangent s, double[] rhs, int i, double gh, int columns) {
    int at = i * columns;
    int c = 3 * at;
    int e = c + columns;
    int f = e + columns;
    double film = s.film[i];
    double growing = s.growing[i];
    int thickness = (m.layout.sei + i) * columns;
    double perFilm = gh * resistivity * KineticTangent.wattsFilm(s, i);
    double perOther = gh * s.wattsOther[i];
    double perPhi = gh * s.wattsPhi[i];
    for (int p = 0; p < columns; p++) {
      double phi = z[f + p] - z[e + p];
      double j = dj[at + p] + s.jSalt[i] * z[c + p];
      double l = dl[at + p] + s.lSalt[i] * z[c + p];
      double own = ds[at + p];
      double v = s.divider[i] * (phi + over[at + p] - film * (j + l) - growing * own);
      j -= s.jOwn[i] * v;
      l += s.lPhi[i] * v;
      own += s.sPhi[i] * v;
      dj[at + p] = j;
      dl[at + p] = l;
      ds[at + p] = own;
      kelvin[p] +=
          gh * (s.wattsJ[i] * j + s.wattsSurface[i] * base[at + p])
              + perOther * l
              + gh * s.wattsSei[i] * own
              + perFilm * rhs[thickness + p]
              + perPhi * phi;
    }
  }

  /** δT, and what it does to the side currents; δj follows in the modes. */
  private void warm(StageTangent s, int columns) {
    for (int p = 0; p < columns; p++) {
      kelvin[p] /= s.heatPivot;
    }
    for (int i = 0; m.sideReactions && i < m.grid.anodeNodes; i++) {
      for (int p = 0; p < columns; p++) {
        dl[i * columns + p] += s.lKelvin[i] * kelvin[p];
        ds[i * columns + p] += s.sKelvin[i] * kelvin[p];
      }
    }
  }

  private void collect(StageTangent s, double[] rhs, boolean heated, int columns, double[] out) {
    System.arraycopy(kelvin, 0, out, StateLayout.T * columns, columns);
    for (int i = 0; i < m.grid.nodes; i++) {
      double response = heated ? s.heatResponse[3 * i] : 0;
      int to = (StateLayout.C + i) * columns;
      int from = 3 * i * columns;
      for (int p = 0; p < columns; p++) {
        out[to + p] = z[from + p] + response * kelvin[p];
      }
    }
    boolean direct = force.parametric;
    double[] anode = direct ? force.anodeDiffusivity : null;
    double[] cathode = direct ? force.cathodeDiffusivity : null;
    ParticleTangent.modes(s, m.anode, rhs, dj, kelvin, anode, out, columns);
    ParticleTangent.modes(s, m.cathode, rhs, dj, kelvin, cathode, out, columns);
    if (m.sideReactions) {
      metal(s, rhs, columns, out);
      thickness(s, rhs, columns, out);
    }
  }

  private void metal(StageTangent s, double[] rhs, int columns, double[] out) {
    double charge = s.gh * m.anode.area / Constants.FARADAY;
    double toMetal = s.allDead ? 0 : charge;
    double toDead = s.allDead ? charge : 0;
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      int q = (m.layout.plated + i) * columns;
      int d = (m.layout.dead + i) * columns;
      int at = i * columns;
      double decay = s.allDead ? 0 : s.gh * s.record.deadRate[i];
      for (int p = 0; p < columns; p++) {
        double l = dl[at + p];
        double metal = s.keep[i] * (rhs[q + p] + force.metal[at + p] - toMetal * l);
        out[q + p] = metal;
        out[d + p] = rhs[d + p] + force.dead[at + p] + decay * metal - toDead * l;
      }
    }
  }

  /** The SEI follows its current. */
  private void thickness(StageTangent s, double[] rhs, int columns, double[] out) {
    double f = m.sei == null ? 0 : s.gh / m.sei.chargePerThickness();
    int from = m.layout.sei * columns;
    for (int q = 0; q < m.grid.anodeNodes * columns; q++) {
      out[from + q] = rhs[from + q] - f * ds[q];
    }
  }

  /** Derivative of φ_s at the last node, and of the anode potential, of a column. */
  double endPotential(StageTangent s, int column, int columns) {
    int u = 3 * m.grid.nodes - 1;
    return z[u * columns + column] + s.heatResponse[u] * kelvin[column];
  }

  double anodePotential(StageTangent s, int column, int columns) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      int b = 3 * (m.grid.anodeNodes - 3 + k);
      double own = z[(b + 2) * columns + column] - z[(b + 1) * columns + column];
      double warm = s.heatResponse[b + 2] - s.heatResponse[b + 1];
      sum += m.grid.faceWeights[k] * (own + warm * kelvin[column]);
    }
    return sum;
  }
}
