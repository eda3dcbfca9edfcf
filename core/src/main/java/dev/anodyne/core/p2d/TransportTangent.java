package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Curve;
import dev.anodyne.core.cell.Electrolyte;

/**
 * The balances of salt and charge of a converged stage, linearised (equations: {@link Transport}).
 * Also what their fluxes do when temperature, conductivity, diffusivity or transport efficiency
 * change: every flux is proportional to the conductance of its face (see {@link Conductances}).
 */
final class TransportTangent {
  /** As in {@link Transport}. */
  private static final double LOWEST = 10;

  private static final double LEAST_CONDUCTIVITY = 1e-6;

  private TransportTangent() {}

  /** Fills the matrix but for the terms with j; keeps the fluxes. */
  static void assemble(StageTangent s) {
    P2dModel m = s.m;
    double[] d = s.matrix.diagonal;
    java.util.Arrays.fill(d, 0);
    for (int i = 0; i < m.grid.nodes; i++) {
      d[9 * i] = storage(s, i);
    }
    Electrolyte e = m.cell().electrolyte();
    double t = s.y[StateLayout.T];
    double reference = m.cell().referenceKelvin();
    double diffusivity = Constants.arrhenius(e.diffusivityActivation(), reference, t);
    double conductivity = Constants.arrhenius(e.conductivityActivation(), reference, t);
    if (e.conductivityTemperatureExponent() != 0) {
      conductivity *= Math.pow(t / reference, e.conductivityTemperatureExponent());
    }
    nodes(s, e.diffusivity(), diffusivity, s.salt, 0);
    nodes(s, e.conductivity(), conductivity, s.ions, LEAST_CONDUCTIVITY);
    for (int i = 0; i < m.grid.nodes - 1; i++) {
      salt(s, i);
      ions(s, i);
    }
    electrons(s);
  }

  /** Δx ε/(γh). */
  static double storage(StageTangent s, int i) {
    return s.m.grid.width[i] * s.record.porosity[i] / s.gh;
  }

  /** What lets salt or ions through. */
  private static void nodes(
      StageTangent s, Curve curve, double factor, Conductances out, double least) {
    for (int i = 0; i < s.m.grid.nodes; i++) {
      double above = s.y[StateLayout.C + i] - LOWEST;
      curve.valueAndSlope(LOWEST + Salt.positive(above), out.node, out.slope, i);
      double b = s.record.transport[i] * factor;
      boolean plain = out.node[i] >= least;
      out.slope[i] = plain ? b * Salt.slope(above) * out.slope[i] : 0;
      out.node[i] = b * (plain ? out.node[i] : least);
    }
    out.faces(s.m.grid);
  }

  /** ∂g/∂ln k of the node on the left (or right) of the face right of node i. */
  private static double share(StageTangent s, Conductances k, int i, boolean left) {
    Grid grid = s.m.grid;
    int node = left ? i : i + 1;
    if (i == grid.anodeNodes - 1 || i == grid.cathodeStart - 1) {
      return k.face[i] * k.face[i] * grid.width[node] / (2 * k.node[node]);
    }
    return grid.inverseReach[i] * k.node[node];
  }

  private static void salt(StageTangent s, int i) {
    double[] d = s.matrix.diagonal;
    double step = s.y[StateLayout.C + i + 1] - s.y[StateLayout.C + i];
    double g = s.salt.face[i];
    double fl = step * s.salt.byLeft[i] - g;
    double fr = step * s.salt.byRight[i] + g;
    d[9 * i] -= fl;
    s.matrix.right[4 * i] = -fr;
    s.matrix.left[4 * i + 4] = fl;
    d[9 * i + 9] += fr;
    s.saltFlux[i] = step * g;
    if (s.m.porosityChanges && i < s.m.grid.anodeNodes) {
      s.saltLeft[i] = step * share(s, s.salt, i, true);
      s.saltRight[i] = step * share(s, s.salt, i, false);
    }
  }

  private static void ions(StageTangent s, int i) {
    double[] d = s.matrix.diagonal;
    int phi = s.m.layout.phiE + i;
    double yl = s.y[StateLayout.C + i];
    double yr = s.y[StateLayout.C + i + 1];
    double cl = Salt.positive(yl);
    double cr = Salt.positive(yr);
    double sum = 1 / (cl + cr);
    double chi = s.m.chi * s.y[StateLayout.T];
    double g = s.ions.face[i];
    double drive = 2 * chi * (cr - cl) * sum - (s.y[phi + 1] - s.y[phi]);
    double chain = 4 * chi * g * sum * sum;
    double il = drive * s.ions.byLeft[i] - chain * cr * Salt.slope(yl);
    double ir = drive * s.ions.byRight[i] + chain * cl * Salt.slope(yr);
    int k = 9 * i;
    d[k + 3] += il;
    d[k + 4] += g;
    s.matrix.right[4 * i + 1] = ir;
    s.matrix.right[4 * i + 2] = -g;
    s.matrix.left[4 * i + 5] = -il;
    s.matrix.left[4 * i + 6] = -g;
    d[k + 12] -= ir;
    d[k + 13] += g;
    s.ionicCurrent[i] = drive * g;
    if (s.m.porosityChanges && i < s.m.grid.anodeNodes) {
      s.ionicLeft[i] = drive * share(s, s.ions, i, true);
      s.ionicRight[i] = drive * share(s, s.ions, i, false);
    }
  }

  private static void electrons(StageTangent s) {
    P2dModel m = s.m;
    double[] d = s.matrix.diagonal;
    for (int i = 0; i < m.grid.nodes - 1; i++) {
      double g = m.solidRight[i];
      s.matrix.right[4 * i + 3] = -g;
      s.matrix.left[4 * i + 7] = -g;
      d[9 * i + 8] += g;
      d[9 * i + 17] += g;
    }
    d[8] += m.solidAtCollector;
    for (int i = m.grid.anodeNodes; i < m.grid.cathodeStart; i++) {
      d[9 * i + 8] = 1;
    }
  }

  /**
   * Adds what one kelvin does to the fluxes.
   *
   * @param b Modified: right-hand side in block order.
   */
  static void heat(StageTangent s, double[] b) {
    Electrolyte e = s.m.cell().electrolyte();
    double t = s.y[StateLayout.T];
    double salt = e.diffusivityActivation() / (Constants.GAS * t * t);
    double ions =
        e.conductivityActivation() / (Constants.GAS * t * t)
            + e.conductivityTemperatureExponent() / t;
    for (int i = 0; i < s.m.grid.nodes - 1; i++) {
      double cl = Salt.positive(s.y[StateLayout.C + i]);
      double cr = Salt.positive(s.y[StateLayout.C + i + 1]);
      double g = s.ions.face[i];
      double chi = 2 * s.m.chi * (cr - cl) / (cr + cl);
      face(b, i, salt * s.saltFlux[i], ions * s.ionicCurrent[i] + g * chi);
    }
  }

  /** A larger salt flux and ionic current through the face right of node i. */
  static void face(double[] b, int i, double flux, double current) {
    b[3 * i] += flux;
    b[3 * i + 3] -= flux;
    b[3 * i + 1] -= current;
    b[3 * i + 4] += current;
  }
}
