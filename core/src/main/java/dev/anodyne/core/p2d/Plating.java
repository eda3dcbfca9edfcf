package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.PlatingData;
import dev.anodyne.core.cell.PlatingModel;

/**
 * Lithium plating and stripping:
 *
 * <pre>j_Li = F k [c_Li exp(α_s F v/RT) − c_e exp(−α_p F v/RT)],   v = φ_s − φ_e − R_f j_tot
 * ∂c_Li/∂t = −a j_Li/F − γ c_Li,   ∂c_dead/∂t = γ c_Li</pre>
 *
 * Reversible: γ = 0. Irreversible: no stripping, ∂c_dead/∂t = −a j_Li/F.
 */
final class Plating {
  /** Largest exponent that is evaluated; the damped iteration comes back from there. */
  private static final double LARGEST_EXPONENT = 80;

  private Plating() {}

  /**
   * δj_Li = lPotential δv + lSalt δc_e + lResidual, at a fixed overpotential v.
   *
   * @param w Modified: those three.
   */
  static void linearise(P2dModel m, P2dWorkspace w, PlatingData data, int i, double gh, double v) {
    double t = w.y[StateLayout.T];
    double f = Constants.FARADAY / (Constants.GAS * t);
    double ap = data.transferCoefficient();
    double k = Constants.FARADAY * data.rateConstant();
    double plate = Math.exp(Math.min(LARGEST_EXPONENT, -ap * f * v));
    double strip = 0;
    double keep = 0;
    double metal = 0;
    double metalSlope = 0;
    if (data.model() != PlatingModel.IRREVERSIBLE) {
      strip = Math.exp(Math.min(LARGEST_EXPONENT, (1 - ap) * f * v));
      // c_Li = (c_rhs − γh a j_Li/F) / (1 + γh γ_dead)
      keep = 1 / (1 + gh * w.deadRate[i]);
      metalSlope = -gh * m.anode.area / Constants.FARADAY * keep;
      metal = w.rhs[m.layout.plated + i] * keep + metalSlope * w.plating[i];
    }
    double c = Salt.positive(w.y[StateLayout.C + i]);
    double residual = w.plating[i] - k * (metal * strip - c * plate);
    double drive = k * f * (metal * (1 - ap) * strip + c * ap * plate);
    double own = 1 - k * metalSlope * strip;
    w.lPotential[i] = drive / own;
    w.lSalt[i] = -k * plate * Salt.slope(w.y[StateLayout.C + i]) / own;
    w.lResidual[i] = -residual / own;
  }

  /** Metal at the end of a stage. */
  static void finish(P2dModel m, P2dWorkspace w, PlatingData data, double gh, double[] increment) {
    double f = gh * m.anode.area / Constants.FARADAY;
    boolean allDead = data.model() == PlatingModel.IRREVERSIBLE;
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      int p = m.layout.plated + i;
      int d = m.layout.dead + i;
      if (allDead) {
        w.y[p] = w.rhs[p];
        w.y[d] = w.rhs[d] - f * w.plating[i];
      } else {
        w.y[p] = (w.rhs[p] - f * w.plating[i]) / (1 + gh * w.deadRate[i]);
        w.y[d] = w.rhs[d] + gh * w.deadRate[i] * w.y[p];
      }
      increment[p] = w.y[p] - w.rhs[p];
      increment[d] = w.y[d] - w.rhs[d];
    }
  }
}
