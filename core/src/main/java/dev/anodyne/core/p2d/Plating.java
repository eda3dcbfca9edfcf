package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.PlatingData;

/**
 * Lithium plating and stripping:
 *
 * <pre>j_Li = F k [c_Li exp(α_s F v/RT) − c_e exp(−α_p F v/RT)],   v = φ_s − φ_e − R_f j_tot
 * ∂c_Li/∂t = −a j_Li/F − γ c_Li,   ∂c_dead/∂t = γ c_Li</pre>
 */
final class Plating {
  /** Largest exponent that is evaluated; the damped iteration comes back from there. */
  private static final double LARGEST_EXPONENT = 80;

  private Plating() {}

  /** δj_Li = lPotential δv + lSalt δc_e + lResidual, at a fixed overpotential v. */
  static void linearise(P2dModel m, P2dWorkspace w, PlatingData data, int i, double gh) {
    double t = w.y[StateLayout.T];
    double f = Constants.FARADAY / (Constants.GAS * t);
    double v = w.y[m.layout.phiS + i] - w.y[m.layout.phiE + i] - SideReactions.drop(m, w, i);
    double ap = data.transferCoefficient();
    double as = 1 - ap;
    double strip = Math.exp(Math.min(LARGEST_EXPONENT, as * f * v));
    double plate = Math.exp(Math.min(LARGEST_EXPONENT, -ap * f * v));
    double k = Constants.FARADAY * data.rateConstant();
    double c = Salt.positive(w.y[StateLayout.C + i]);
    // c_Li = (c_rhs − γh a j_Li/F) / (1 + γh γ_dead)
    double keep = 1 / (1 + gh * w.deadRate);
    double metalSlope = -gh * m.anode.area / Constants.FARADAY * keep;
    double metal = w.rhs[m.layout.plated + i] * keep + metalSlope * w.plating[i];
    double residual = w.plating[i] - k * (metal * strip - c * plate);
    double drive = k * f * (metal * as * strip + c * ap * plate);
    double own = 1 - k * metalSlope * strip;
    w.platingOwn[i] = own;
    w.lPotential[i] = drive / own;
    w.lSalt[i] = -k * plate * Salt.slope(w.y[StateLayout.C + i]) / own;
    w.lResidual[i] = -residual / own;
    w.platingMetal[i] = -k * keep * strip;
    w.platingHeat[i] = drive * v / t;
  }

  /** Metal at the end of a stage. */
  static void finish(P2dModel m, P2dWorkspace w, double gh, double[] increment) {
    double keep = 1 / (1 + gh * w.deadRate);
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      int p = m.layout.plated + i;
      int d = m.layout.dead + i;
      w.y[p] = (w.rhs[p] - gh * m.anode.area * w.plating[i] / Constants.FARADAY) * keep;
      w.y[d] = w.rhs[d] + gh * w.deadRate * w.y[p];
      increment[p] = w.y[p] - w.rhs[p];
      increment[d] = w.y[d] - w.rhs[d];
    }
  }
}
