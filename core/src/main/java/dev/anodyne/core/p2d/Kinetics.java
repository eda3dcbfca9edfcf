package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrolyte;

/**
 * Charge transfer. j is an unknown of its own, which makes Newton's method see the logarithmic side
 * of Butler–Volmer:
 *
 * <pre>0 = φ_s − φ_e − U(x) − (T−T_ref) U_T(x) − (2RT/F) asinh(j/(2 j₀)) − R_f j_tot
 * j₀ = F K √(c_e/c_e0 · x(1−x)),   x = x̂ + g j</pre>
 *
 * Linearised and eliminated node by node: δj = p (δφ_s − δφ_e) + q δc_e + r. What the film and the
 * side reactions add to that at the anode is in {@link SideReactions}.
 */
final class Kinetics {
  private static final double LEAST_STOICHIOMETRY = 1e-9;

  private Kinetics() {}

  static void anode(P2dModel m, P2dWorkspace w, double gh) {
    Side side = m.anode;
    if (m.sideReactions) {
      SideReactions.prepare(m, w, gh);
    }
    for (int i = side.from; i < side.to; i++) {
      double j = w.y[m.layout.j + i];
      if (!m.sideReactions) {
        double s = -1 / intercalation(m, w, side, i, w.anodeExchange, 0);
        w.jPotential[i] = s;
        w.jFromForce[i] = s;
        w.jSalt[i] *= s;
        w.jResidual[i] *= s;
        source(m, w, i, side.area, j, s, w.jSalt[i], w.jResidual[i]);
        continue;
      }
      double drop = w.film[i] * (j + w.plating[i] + w.sei[i]);
      double slope = intercalation(m, w, side, i, w.anodeExchange, drop);
      SideReactions.eliminate(m, w, i, gh, slope, drop);
      double p = w.jPotential[i] + w.lPotential[i] + w.sPotential[i];
      double q = w.jSalt[i] + w.lSalt[i] + w.sSalt[i];
      double r = w.jResidual[i] + w.lResidual[i] + w.sResidual[i];
      source(m, w, i, side.area, j + w.plating[i] + w.sei[i], p, q, r);
    }
  }

  static void cathode(P2dModel m, P2dWorkspace w) {
    Side side = m.cathode;
    for (int i = side.from; i < side.to; i++) {
      double s = -1 / intercalation(m, w, side, i, w.cathodeExchange, 0);
      w.jPotential[i] = s;
      w.jFromForce[i] = s;
      w.jSalt[i] *= s;
      w.jResidual[i] *= s;
      source(m, w, i, side.area, w.y[m.layout.j + i], s, w.jSalt[i], w.jResidual[i]);
    }
  }

  /**
   * Residual E into jResidual, ∂E/∂c into jSalt; returns ∂E/∂j at a fixed potential behind the
   * film.
   *
   * @param drop voltage over the film, V
   */
  private static double intercalation(
      P2dModel m, P2dWorkspace w, Side side, int i, double exchange, double drop) {
    double g = w.surfaceSlope[i];
    double t = w.y[StateLayout.T];
    double j = w.y[m.layout.j + i];
    double c = Salt.positive(w.y[StateLayout.C + i]);
    double x = w.surfaceBase[i] + g * j;
    double inside = Math.max(LEAST_STOICHIOMETRY, Math.min(1 - LEAST_STOICHIOMETRY, x));
    double vacancy = inside * (1 - inside);
    double j0 = exchange * Math.sqrt(c * vacancy);
    double z = j / (2 * j0);
    double root = Math.sqrt(1 + z * z);
    double thermal = 2 * Constants.GAS / Constants.FARADAY * t;
    double eta = Math.copySign(thermal * Math.log(Math.abs(z) + root), z);
    double open = side.electrode.openCircuitVolts(x);
    double openSlope = side.electrode.openCircuitSlope(x);
    if (side.hasEntropy) {
      double dT = t - m.cell().referenceKelvin();
      open += dT * side.entropic.value(x);
      openSlope += dT * side.entropic.slope(x);
    }
    w.surface[i] = x;
    w.openCircuit[i] = open;
    double lag = thermal * z / root;
    w.jResidual[i] = w.y[m.layout.phiS + i] - w.y[m.layout.phiE + i] - open - eta - drop;
    w.jSalt[i] = lag / (2 * c) * Salt.slope(w.y[StateLayout.C + i]);
    double vacancySlope = (1 - 2 * inside) / (2 * vacancy);
    double force = lag * vacancySlope - openSlope;
    w.surfaceForce[i] = force;
    double activation = side.electrode.reactionRateActivation() / (Constants.GAS * t * t);
    w.heatForce[i] = lag * activation - eta / t;
    if (side.hasEntropy) {
      w.heatForce[i] -= side.entropic.value(x);
    }
    return force * g - thermal / (2 * j0 * root);
  }

  /** Adds a j and its linearisation to the three balances of a volume. */
  private static void source(
      P2dModel m, P2dWorkspace w, int i, double area, double j, double p, double q, double r) {
    Electrolyte electrolyte = m.cell().electrolyte();
    double a = m.grid.width[i] * area;
    double b = a * (1 - electrolyte.transferenceNumber()) / Constants.FARADAY;
    double[] d = w.matrix.diagonal;
    double[] residual = w.delta;
    int k = 9 * i;
    d[k] -= b * q;
    d[k + 1] += b * p;
    d[k + 2] -= b * p;
    d[k + 3] -= a * q;
    d[k + 4] += a * p;
    d[k + 5] -= a * p;
    d[k + 6] += a * q;
    d[k + 7] -= a * p;
    d[k + 8] += a * p;
    residual[3 * i] -= b * (j + r);
    residual[3 * i + 1] -= a * (j + r);
    residual[3 * i + 2] += a * (j + r);
  }
}
