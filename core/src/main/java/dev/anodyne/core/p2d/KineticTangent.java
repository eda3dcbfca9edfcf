package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrolyte;

/**
 * Charge transfer and heat of a converged stage, linearised (equations: {@link Kinetics}, {@link
 * Heat}). Leaves δj and δj_Li as responses to what drives them and adds them to the balances.
 */
final class KineticTangent {
  private static final double LEAST_STOICHIOMETRY = 1e-9;

  private KineticTangent() {}

  static void linearise(StageTangent s, Side side) {
    boolean anode = side == s.m.anode;
    double t = s.y[StateLayout.T];
    Electrolyte electrolyte = s.m.cell().electrolyte();
    double exchange =
        side.exchangeScale
            * Constants.arrhenius(
                side.electrode.reactionRateActivation(), s.m.cell().referenceKelvin(), t);
    double transfer = (1 - electrolyte.transferenceNumber()) / Constants.FARADAY;
    for (int i = side.from; i < side.to; i++) {
      node(s, side, i, exchange);
      if (anode && s.m.sideReactions) {
        SideTangent.linearise(s, i);
      } else {
        s.divider[i] = 1;
        s.sumPhi[i] = -s.jOwn[i];
        s.sumOwn[i] = 1;
      }
      double salt = anode ? s.jSalt[i] + s.lSalt[i] : s.jSalt[i];
      double a = s.m.grid.width[i] * side.area;
      source(s, i, a, transfer, s.sumPhi[i], s.sumOwn[i] * salt);
    }
    if (!anode) {
      end(s);
    }
  }

  /** The equations of one node. */
  private static void node(StageTangent s, Side side, int i, double exchange) {
    P2dModel m = s.m;
    double t = s.y[StateLayout.T];
    double j = s.y[m.layout.j + i];
    double salt = s.y[StateLayout.C + i];
    double c = Salt.positive(salt);
    double x = s.surface[i];
    double inside = Math.max(LEAST_STOICHIOMETRY, Math.min(1 - LEAST_STOICHIOMETRY, x));
    double vacancy = inside * (1 - inside);
    double j0 = exchange * Math.sqrt(c * vacancy);
    double z = j / (2 * j0);
    double root = Math.sqrt(1 + z * z);
    double thermal = 2 * Constants.GAS / Constants.FARADAY * t;
    double lag = thermal * z / root;
    side.electrode.openCircuit(x, s.open, s.openSlope, i);
    double slope = s.openSlope[i];
    double entropy = side.hasEntropy ? side.entropic.value(x) : 0;
    double entropySlope = side.hasEntropy ? side.entropic.slope(x) : 0;
    double dT = t - m.cell().referenceKelvin();
    double activation = side.electrode.reactionRateActivation() / (Constants.GAS * t * t);
    if (side == m.anode && m.sei != null) {
      s.film[i] = m.sei.resistivityOhmM() * s.y[m.layout.sei + i];
    }
    // What is left of the potential is the overpotential: the stage is solved.
    double drop = side == m.anode ? s.film[i] * total(s, i) : 0;
    double phi = s.y[m.layout.phiS + i] - s.y[m.layout.phiE + i];
    double eta = phi - s.open[i] - dT * entropy - drop;
    s.lag[i] = lag;
    s.eSurface[i] = lag * (1 - 2 * inside) / (2 * vacancy) - slope - dT * entropySlope;
    s.eHeat[i] = lag * activation - eta / t - entropy;
    double eSalt = lag / (2 * c) * Salt.slope(salt);
    double own = 1 / (s.eSurface[i] * s.surfaceSlope[i] - thermal / (2 * j0 * root));
    double heat = s.eHeat[i] + s.eSurface[i] * s.surfaceChange[i] * s.rateSlope(side);
    s.jOwn[i] = own;
    s.jSalt[i] = -own * eSalt;
    s.jHeat[i] = -own * heat;
    double reference = m.cell().referenceKelvin();
    double open = s.open[i] - reference * entropy;
    watts(s, side, i, open, slope - reference * entropySlope);
  }

  /** j + j_Li + j_SEI of an anode node. */
  static double total(StageTangent s, int i) {
    return s.y[s.m.layout.j + i] + other(s, i);
  }

  /** j_Li + j_SEI of an anode node. */
  static double other(StageTangent s, int i) {
    return s.plating[i] + s.sei[i];
  }

  /** Gradient of the heat in the film resistance of an anode node, W per Ω·m². */
  static double wattsFilm(StageTangent s, int i) {
    P2dModel m = s.m;
    return -m.cell().electrodeAreaM2() * s.source(i) * s.y[m.layout.j + i] * total(s, i);
  }

  /** Heat that a node contributes, W: −A Δx a (j (U − T U_T + R_f j_tot) + (j_Li + j_SEI) φ). */
  static double heat(StageTangent s, Side side, int i) {
    P2dModel m = s.m;
    double j = s.y[m.layout.j + i];
    double work = s.open[i];
    if (side.hasEntropy) {
      work -= m.cell().referenceKelvin() * side.entropic.value(s.surface[i]);
    }
    work *= j;
    if (side == m.anode) {
      double phi = s.y[m.layout.phiS + i] - s.y[m.layout.phiE + i];
      work += j * s.film[i] * total(s, i) + other(s, i) * phi;
    }
    return -m.cell().electrodeAreaM2() * s.source(i) * work;
  }

  private static void watts(StageTangent s, Side side, int i, double open, double openSlope) {
    P2dModel m = s.m;
    double scale = -m.cell().electrodeAreaM2() * m.grid.width[i] * side.area;
    double j = s.y[m.layout.j + i];
    double work = open;
    if (side == m.anode) {
      double film = s.film[i];
      double other = other(s, i);
      work += film * (2 * j + other);
      double phi = s.y[m.layout.phiS + i] - s.y[m.layout.phiE + i];
      s.wattsOther[i] = scale * (film * j + phi);
      s.wattsSei[i] = s.wattsOther[i] + wattsFilm(s, i) * SideTangent.filmPerCurrent(s);
      s.wattsPhi[i] = scale * other;
    }
    s.wattsSurface[i] = scale * j * openSlope;
    s.wattsJ[i] = scale * work + s.wattsSurface[i] * s.surfaceSlope[i];
  }

  private static void end(StageTangent s) {
    P2dModel m = s.m;
    double area = m.cell().electrodeAreaM2();
    double i = s.record.currentDensity;
    double volts = s.y[m.layout.phiS + m.grid.nodes - 1] + i * m.endResistance;
    s.wattsEnd = area * i;
    s.wattsCurrent =
        area * (volts + i * m.endResistance + 2 * i * area * m.cell().seriesResistanceOhm());
  }

  private static void source(
      StageTangent s, int i, double a, double transfer, double phi, double salt) {
    double[] d = s.matrix.diagonal;
    double b = a * transfer;
    int k = 9 * i;
    d[k] -= b * salt;
    d[k + 1] += b * phi;
    d[k + 2] -= b * phi;
    d[k + 3] -= a * salt;
    d[k + 4] += a * phi;
    d[k + 5] -= a * phi;
    d[k + 6] += a * salt;
    d[k + 7] -= a * phi;
    d[k + 8] += a * phi;
  }
}
