package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;

/**
 * Diffusion in the particles. Over an implicit stage each mode is
 *
 * <pre>q_k = (q_k,rhs − γh (3/(F R c_max)) v_k(1) j) / (1 + γh λ_k D/R²)</pre>
 *
 * so the surface stoichiometry x = Σ v_k(1) q_k is affine in j: x = x̂ + g j.
 */
final class Particles {
  private Particles() {}

  /** Temperature factors at the iterate's temperature. */
  static void temperature(P2dModel m, P2dWorkspace w) {
    double t = w.y[StateLayout.T];
    double u = (1 / m.cell().referenceKelvin() - 1 / t) / Constants.GAS;
    w.diffusivityFactor = factor(m.cell().electrolyte().diffusivityActivation(), u);
    w.conductivityFactor = factor(m.cell().electrolyte().conductivityActivation(), u);
    double exponent = m.cell().electrolyte().conductivityTemperatureExponent();
    if (exponent != 0) {
      w.conductivityFactor *= Math.pow(t / m.cell().referenceKelvin(), exponent);
    }
    w.anodeExchange = m.anode.exchangeScale * factor(m.anode.electrode.reactionRateActivation(), u);
    w.cathodeExchange =
        m.cathode.exchangeScale * factor(m.cathode.electrode.reactionRateActivation(), u);
    w.anodeDiffusionRate =
        m.anode.diffusionRate * factor(m.anode.electrode.diffusivityActivation(), u);
    w.cathodeDiffusionRate =
        m.cathode.diffusionRate * factor(m.cathode.electrode.diffusivityActivation(), u);
  }

  /** x̂ and g at each node of an electrode, from the stage's rhs. */
  static void linearise(
      P2dModel m, Side side, P2dWorkspace w, double gh, double rate, double[] decay) {
    if (side.variableDiffusivity) {
      VariableDiffusion.linearise(m, side, w, gh, rate);
      return;
    }
    double g = decay(m, side, gh, rate, decay);
    java.util.Arrays.fill(w.surfaceSlope, side.from, side.to, g);
    surface(m, side, w, decay, w.rhs, w.surfaceBase);
  }

  private static double factor(double activation, double u) {
    return activation == 0 ? 1 : Math.exp(activation * u);
  }

  /** Fills the decays; returns g = ∂x/∂j. */
  private static double decay(P2dModel m, Side side, double gh, double rate, double[] decay) {
    double sum = 0;
    double[] v = m.particle.surface;
    for (int k = 0; k < decay.length; k++) {
      decay[k] = 1 / (1 + gh * rate * m.particle.lambda[k]);
      sum += v[k] * v[k] * decay[k];
    }
    return -gh * side.fluxScale * sum;
  }

  /** What a change of the stage's rhs makes of the surface stoichiometry at fixed j. */
  static void surface(
      P2dModel m, Side side, P2dWorkspace w, double[] decay, double[] q, double[] out) {
    if (side.variableDiffusivity) {
      VariableDiffusion.surface(m, side, w, q, out);
      return;
    }
    int n = side.to - side.from;
    for (int i = 0; i < n; i++) {
      out[side.from + i] = q[side.modes + i];
    }
    for (int k = 1; k < decay.length; k++) {
      double f = m.particle.surface[k] * decay[k];
      int at = side.modes + k * n;
      for (int i = 0; i < n; i++) {
        out[side.from + i] += f * q[at + i];
      }
    }
  }

  /** The mode amplitudes at the end of the stage, and their increments. */
  static void finish(P2dModel m, Side side, double[] decay, double gh, P2dWorkspace w, int stage) {
    if (side.variableDiffusivity) {
      VariableDiffusion.finish(m, side, gh, w, stage);
      return;
    }
    int n = side.to - side.from;
    double[] increment = w.increment[stage];
    for (int k = 0; k < decay.length; k++) {
      double f = gh * side.fluxScale * m.particle.surface[k];
      int at = side.modes + k * n;
      for (int i = 0; i < n; i++) {
        double q = (w.rhs[at + i] - f * w.y[m.layout.j + side.from + i]) * decay[k];
        w.y[at + i] = q;
        increment[at + i] = q - w.rhs[at + i];
      }
    }
  }

  /** Surface stoichiometry of a state at rest in time: Σ v_k(1) q_k. */
  static double surface(P2dModel m, Side side, double[] y, int node) {
    int n = side.to - side.from;
    double x = 0;
    for (int k = 0; k < m.particle.count; k++) {
      x += m.particle.surface[k] * y[side.modes + k * n + node - side.from];
    }
    return x;
  }
}
