package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrolyte;
import dev.anodyne.core.cell.PlatingData;

/**
 * Charge transfer. j is an unknown of its own, which makes Newton's method see the logarithmic side
 * of Butler–Volmer:
 *
 * <pre>0 = φ_s − φ_e − U(x) − (T−T_ref) U_T(x) − (2RT/F) asinh(j/(2 j₀)) − R_f (j + j_Li + j_SEI)
 * j₀ = F K √(c_e/c_e0 · x(1−x)),   x = x̂ + g j
 * j_Li = F k [c_Li exp(α_s F η/RT) − c_e exp(−α_p F η/RT)],   η = φ_s − φ_e − R_f (j + j_Li + j_SEI)
 * </pre>
 *
 * Linearised and eliminated node by node: δj = p (δφ_s − δφ_e) + q δc_e + r.
 */
final class Kinetics {
  private static final double LEAST_STOICHIOMETRY = 1e-9;

  /** Largest exponent that is evaluated; the damped iteration comes back from there. */
  private static final double LARGEST_EXPONENT = 80;

  private Kinetics() {}

  static void anode(P2dModel m, P2dWorkspace w, double gh) {
    Side side = m.anode;
    PlatingData plating = m.plating;
    for (int i = side.from; i < side.to; i++) {
      double slope = intercalation(m, w, side, i, w.anodeExchange, w.filmResistance);
      double total = w.y[m.layout.j + i] + w.seiCurrent;
      double p;
      double q;
      double r;
      if (plating == null) {
        double s = -1 / slope;
        p = s;
        q = w.jSalt[i] * s;
        r = w.jResidual[i] * s;
        w.jPotential[i] = p;
        w.jSalt[i] = q;
        w.jResidual[i] = r;
        w.jFromForce[i] = s;
      } else {
        total += w.plating[i];
        plate(m, w, plating, i, gh, slope);
        p = w.jPotential[i] + w.lPotential[i];
        q = w.jSalt[i] + w.lSalt[i];
        r = w.jResidual[i] + w.lResidual[i];
      }
      source(m, w, i, side.area, total, p, q, r);
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

  /** Residual E into jResidual, ∂E/∂c into jSalt; returns ∂E/∂j at fixed potentials. */
  private static double intercalation(
      P2dModel m, P2dWorkspace w, Side side, int i, double exchange, double film) {
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
    double total = j;
    if (film != 0) {
      total += w.seiCurrent + (m.plating == null ? 0 : w.plating[i]);
    }
    double lag = thermal * z / root;
    w.jResidual[i] = w.y[m.layout.phiS + i] - w.y[m.layout.phiE + i] - open - eta - film * total;
    w.jSalt[i] = lag / (2 * c) * Salt.slope(w.y[StateLayout.C + i]);
    double vacancySlope = (1 - 2 * inside) / (2 * vacancy);
    double force = lag * vacancySlope - openSlope;
    w.surfaceForce[i] = force;
    double activation = side.electrode.reactionRateActivation() / (Constants.GAS * t * t);
    w.heatForce[i] = lag * activation - eta / t;
    if (side.hasEntropy) {
      w.heatForce[i] -= side.entropic.value(x);
    }
    return force * g - thermal / (2 * j0 * root) - film;
  }

  /** Adds the equation of j_Li and eliminates both currents. */
  private static void plate(
      P2dModel m, P2dWorkspace w, PlatingData data, int i, double gh, double slope) {
    double t = w.y[StateLayout.T];
    double f = Constants.FARADAY / (Constants.GAS * t);
    double film = w.filmResistance;
    double total = w.y[m.layout.j + i] + w.plating[i] + w.seiCurrent;
    double eta = w.y[m.layout.phiS + i] - w.y[m.layout.phiE + i] - film * total;
    double ap = data.transferCoefficient();
    double as = 1 - ap;
    double strip = Math.exp(Math.min(LARGEST_EXPONENT, as * f * eta));
    double plate = Math.exp(Math.min(LARGEST_EXPONENT, -ap * f * eta));
    double k = Constants.FARADAY * data.rateConstant();
    double c = Salt.positive(w.y[StateLayout.C + i]);
    // c_Li = (c_rhs − γh a j_Li/F) / (1 + γh γ_dead)
    double keep = 1 / (1 + gh * w.deadRate);
    double metalSlope = -gh * m.anode.area / Constants.FARADAY * keep;
    double metal = w.rhs[m.layout.plated + i] * keep + metalSlope * w.plating[i];
    double residual = w.plating[i] - k * (metal * strip - c * plate);
    double drive = k * f * (metal * as * strip + c * ap * plate);
    double own = 1 - k * metalSlope * strip + drive * film;
    double cross = drive * film;
    double saltSlope = k * plate * Salt.slope(w.y[StateLayout.C + i]);
    // [slope −film; cross own] [δj; δj_Li] = −[E; R] − [1; −drive] δφ − [E_c; saltSlope] δc
    double s = 1 / (slope * own + film * cross);
    double e = w.jResidual[i];
    double ec = w.jSalt[i];
    w.jFromForce[i] = -own * s;
    w.lFromForce[i] = cross * s;
    w.jFromPlating[i] = -film * s;
    w.lFromPlating[i] = -slope * s;
    w.platingMetal[i] = -k * keep * strip;
    w.platingHeat[i] = drive * eta / t;
    w.jResidual[i] = -(own * e + film * residual) * s;
    w.lResidual[i] = -(slope * residual - cross * e) * s;
    w.jPotential[i] = -(own - film * drive) * s;
    w.lPotential[i] = (slope * drive + cross) * s;
    w.jSalt[i] = -(own * ec + film * saltSlope) * s;
    w.lSalt[i] = -(slope * saltSlope - cross * ec) * s;
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
