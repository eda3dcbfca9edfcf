package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.SeiData;

/**
 * Growth of the SEI at one anode node: charge transfer and transport through the film in series,
 *
 * <pre>dL/dt = 1/(1/r + L/d),   j_SEI = −(z F/V̄) dL/dt
 * r = (V̄/(z F)) j₀ exp(−α F (v − U)/RT) A(T),   d = (V̄/z) D c A(T),   v = φ_s − φ_e − R_f j_tot
 * </pre>
 *
 * r = ∞ is growth limited by the diffusion of solvent, d = ∞ growth limited by the reaction, both
 * finite the EC model of Yang et al. (2017), where j₀ = F c k. An implicit stage L = L̂ + γh dL/dt
 * is a quadratic equation:
 *
 * <pre>ΔL (b + ΔL/d) = γh,   b = 1/r + L̂/d   ⇒   dL/dt = 2/(b + √(b² + 4γh/d))</pre>
 */
final class SeiGrowth {
  /** Largest exponent that is evaluated; the damped iteration comes back from there. */
  private static final double LARGEST_EXPONENT = 80;

  private SeiGrowth() {}

  /** 1/r at v = U and 1/d at the iterate's temperature. */
  static void temperature(P2dModel m, SeiData sei, P2dWorkspace w) {
    double factor =
        Constants.arrhenius(sei.activation(), m.cell().referenceKelvin(), w.y[StateLayout.T]);
    w.seiReactionInverse = sei.reactionInverse() / factor;
    w.seiDiffusionInverse = sei.diffusionInverse() / factor;
  }

  /**
   * j_SEI at the iterate's overpotential v against the iterate's own value, and its slope in v.
   *
   * @param w Modified: {@code seiOver, seiResidual}.
   */
  static void linearise(P2dModel m, P2dWorkspace w, SeiData sei, int i, double gh, double v) {
    int at = m.layout.sei + i;
    boolean reacts = w.seiReactionInverse > 0;
    if (!reacts && i > 0 && w.rhs[at] == w.rhs[at - 1]) {
      // Nothing but the thickness matters, and that is the same next door.
      w.seiResidual[i] = w.seiResidual[i - 1] + w.sei[i - 1] - w.sei[i];
      w.seiOver[i] = 0;
      return;
    }
    double t = w.y[StateLayout.T];
    double diffusion = w.seiDiffusionInverse;
    double reaction = 0;
    double perVolt = 0;
    if (reacts) {
      perVolt = sei.law().transferCoefficient() * Constants.FARADAY / (Constants.GAS * t);
      double exponent = perVolt * (v - sei.law().openCircuitVolts());
      exponent = Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, exponent));
      reaction = w.seiReactionInverse * Math.exp(exponent);
    }
    double b = reaction + w.rhs[at] * diffusion;
    double root = Math.sqrt(b * b + 4 * gh * diffusion);
    double rate = 2 / (b + root);
    double current = -sei.chargePerThickness() * rate;
    w.seiResidual[i] = current - w.sei[i];
    w.seiOver[i] = -current / root * reaction * perVolt;
  }

  /** Thickness at the end of a stage. */
  static void finish(P2dModel m, P2dWorkspace w, SeiData sei, double gh, double[] increment) {
    double f = gh / sei.chargePerThickness();
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      int at = m.layout.sei + i;
      increment[at] = -f * w.sei[i];
      w.y[at] = w.rhs[at] + increment[at];
    }
  }
}
