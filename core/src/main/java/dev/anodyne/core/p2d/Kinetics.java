package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrode;

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
      for (int i = side.from; i < side.to; i++) {
        w.drop[i] = w.film[i] * (w.y[m.layout.j + i] + w.plating[i] + w.sei[i]);
      }
    }
    surfaces(m, w, side);
    intercalation(m, w, side, w.anodeExchange);
    if (!m.sideReactions) {
      alone(m, w, side);
      return;
    }
    for (int i = side.from; i < side.to; i++) {
      SideReactions.eliminate(m, w, i, gh, w.forceSlope[i], w.drop[i]);
      double p = w.jPotential[i] + w.lPotential[i] + w.sPotential[i];
      double q = w.jSalt[i] + w.lSalt[i] + w.sSalt[i];
      double r = w.jResidual[i] + w.lResidual[i] + w.sResidual[i];
      double j = w.y[m.layout.j + i] + w.plating[i] + w.sei[i];
      source(w, i, m.grid.width[i] * side.area, j, p, q, r);
    }
  }

  static void cathode(P2dModel m, P2dWorkspace w) {
    surfaces(m, w, m.cathode);
    intercalation(m, w, m.cathode, w.cathodeExchange);
    alone(m, w, m.cathode);
  }

  /** Stoichiometry x = x̂ + g j at the surface and the equilibrium potential U(x, T) there. */
  private static void surfaces(P2dModel m, P2dWorkspace w, Side side) {
    Electrode electrode = side.electrode;
    double[] open = w.openCircuit;
    double[] slope = w.openCircuitSlope;
    double[] surface = w.surface;
    int j = m.layout.j;
    for (int i = side.from; i < side.to; i++) {
      double x = w.surfaceBase[i] + w.surfaceSlope[i] * w.y[j + i];
      surface[i] = x;
      electrode.openCircuit(x, open, slope, i);
    }
    if (side.hasEntropy) {
      double dT = w.y[StateLayout.T] - m.cell().referenceKelvin();
      for (int i = side.from; i < side.to; i++) {
        side.entropic.valueAndSlope(surface[i], w.entropic, w.entropicSlope, i);
        open[i] += dT * w.entropic[i];
        slope[i] += dT * w.entropicSlope[i];
      }
    }
  }

  /**
   * Residual E into jResidual, ∂E/∂c into jSalt, ∂E/∂j at a fixed potential behind the film into
   * forceSlope. With S = √(j² + 4 j₀²),
   *
   * <pre>2 asinh(j/2j₀) = ± ln((|j| + S)²/4j₀²),   ∂/∂j = 2/S,   ∂/∂ln j₀ = −2 j/S</pre>
   */
  private static void intercalation(P2dModel m, P2dWorkspace w, Side side, double exchange) {
    double[] y = w.y;
    int phiE = m.layout.phiE;
    int phiS = m.layout.phiS;
    double thermal = 2 * Constants.GAS / Constants.FARADAY * y[StateLayout.T];
    double scale = 4 * exchange * exchange;
    for (int i = side.from; i < side.to; i++) {
      double j = y[m.layout.j + i];
      double salt = y[StateLayout.C + i];
      double c = Salt.positive(salt);
      double inside = inside(w.surface[i]);
      double vacancy = inside * (1 - inside);
      double a = scale * c * vacancy;
      double s = Math.sqrt(j * j + a);
      double both = 1 / (a * s);
      double perA = s * both;
      double perS = a * both;
      double sum = Math.abs(j) + s;
      double eta = Math.copySign(0.5 * thermal * Math.log(sum * sum * perA), j);
      double lag = thermal * j * perS;
      w.jResidual[i] = y[phiS + i] - y[phiE + i] - w.openCircuit[i] - eta - w.drop[i];
      w.jSalt[i] = 0.5 * lag * scale * vacancy * perA * Salt.slope(salt);
      double force = lag * (0.5 - inside) * scale * c * perA - w.openCircuitSlope[i];
      w.forceSlope[i] = force * w.surfaceSlope[i] - thermal * perS;
    }
  }

  private static double inside(double x) {
    return x < LEAST_STOICHIOMETRY
        ? LEAST_STOICHIOMETRY
        : x > 1 - LEAST_STOICHIOMETRY ? 1 - LEAST_STOICHIOMETRY : x;
  }

  /** An electrode where nothing but intercalation happens: δj from δE = 0. */
  private static void alone(P2dModel m, P2dWorkspace w, Side side) {
    for (int i = side.from; i < side.to; i++) {
      double s = -1 / w.forceSlope[i];
      double q = w.jSalt[i] * s;
      double r = w.jResidual[i] * s;
      w.jPotential[i] = s;
      w.jSalt[i] = q;
      w.jResidual[i] = r;
      source(w, i, m.grid.width[i] * side.area, w.y[m.layout.j + i], s, q, r);
    }
  }

  /** The current that leaves the particles of a volume per electrode area, and its slopes. */
  private static void source(
      P2dWorkspace w, int i, double a, double j, double p, double q, double r) {
    w.source[i] = a * (j + r);
    w.sourcePotential[i] = a * p;
    w.sourceSalt[i] = a * q;
  }
}
