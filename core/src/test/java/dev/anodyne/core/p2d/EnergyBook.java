package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;

/**
 * Keeps the accounts of a cell's energy. The model's heat Q takes every reaction at the potential
 * of the particle's surface. With the enthalpy potential H(x) = U(x) − T_ref dU/dT(x) = U(x,T) − T
 * dU/dT the definition of Q reads
 *
 * <pre>I V − Q = A ∫ a [ j H(x_s) + j R_f j_tot + (j_Li + j_SEI)(φ_s − φ_e) ] dx</pre>
 *
 * and the diffusion equation times H, integrated by parts over each particle, gives
 *
 * <pre>a j H(x_s) = −d/dt [ε_s F c_max ⟨∫H dx⟩] − ε_s F c_max ∫ 3r² (D/R²) H'(x) x'² dr</pre>
 *
 * the change of what the electrodes store, and the enthalpy of mixing.
 */
final class EnergyBook {
  private static final int TABLE = 2000;

  /** Gauss–Legendre of three points: exact for the fifth power of time. */
  private static final int POINTS = 3;

  private final P2dModel m;
  private final P2dWorkspace w;
  private final double[] at = new double[POINTS];
  private final double[] weight = new double[POINTS];
  private final double[][] integral;

  final double storedAtStart;

  /** At the terminals, J. */
  double work;

  double mixing;
  double film;
  double side;

  /** ∫ |I (V − OCV)|, |mixing| and |side| dt: how much there is to get wrong. */
  double gross;

  EnergyBook(P2dModel model, P2dState start) {
    m = model;
    w = model.newWorkspace();
    ParticleModes.gaussLegendre(at, weight);
    integral = new double[][] {table(m.anode), table(m.cathode)};
    storedAtStart = storedJoules(start);
  }

  private double enthalpy(Side side, double x) {
    return side.electrode.openCircuitVolts(x) - m.cell().referenceKelvin() * side.entropic.value(x);
  }

  /** ∫₀ˣ H at x = k/TABLE. */
  private double[] table(Side side) {
    double[] sum = new double[TABLE + 1];
    for (int k = 0; k < TABLE; k++) {
      sum[k + 1] = sum[k] + piece(side, (double) k / TABLE, (k + 1.0) / TABLE);
    }
    return sum;
  }

  private double piece(Side side, double from, double to) {
    double sum = 0;
    for (int p = 0; p < POINTS; p++) {
      sum += weight[p] * enthalpy(side, from + at[p] * (to - from));
    }
    return sum * (to - from);
  }

  private double integral(Side side, double x) {
    int k = Math.max(0, Math.min(TABLE, (int) (x * TABLE)));
    double[] table = integral[side == m.anode ? 0 : 1];
    return table[k] + piece(side, (double) k / TABLE, x);
  }

  /** What the electrodes have stored, J: lithium at potential H holds −H a charge. */
  double storedJoules(P2dState state) {
    return stored(m.anode, state.values()) + stored(m.cathode, state.values());
  }

  private double stored(Side side, double[] y) {
    double sum = 0;
    for (int i = side.from; i < side.to; i++) {
      for (int p = 0; p < m.particle.weight.length; p++) {
        double x = profile(side, y, i, m.particle.value[p]);
        sum -= m.grid.width[i] * m.particle.weight[p] * integral(side, x);
      }
    }
    return sum * charge(side);
  }

  /** F ε_s c_max A, C/m. */
  private double charge(Side side) {
    return Constants.FARADAY
        * side.electrode.activeFraction()
        * side.electrode.maximumConcentration()
        * m.cell().electrodeAreaM2();
  }

  private double profile(Side side, double[] y, int node, double[] shape) {
    int n = side.to - side.from;
    double x = 0;
    for (int k = 0; k < m.particle.count; k++) {
      x += shape[k] * y[side.modes + k * n + node - side.from];
    }
    return x;
  }

  /** Enthalpy of mixing that diffusion in the particles releases, W. */
  private double mixingWatts(Side side, double[] y) {
    return mixingWatts(side, y, -m.cell().referenceKelvin(), 0);
  }

  /**
   * What diffusion in the particles dissipates of free energy, W. Where a published open-circuit
   * potential rises with the lithium in it, diffusion gains energy: marquis2019's graphite rises by
   * up to 3 mV per unit between 0.314 and 0.333, okane2022's table by up to 1.6 V. The largest rise
   * is taken off, so that what is left must dissipate.
   */
  double diffusionWatts(Side side, double[] y) {
    double kelvin = y[StateLayout.T] - m.cell().referenceKelvin();
    double rise = 0;
    for (double x = 1e-3; x < 0.999; x += 1e-4) {
      double slope = side.electrode.openCircuitSlope(x) + kelvin * side.entropic.slope(x);
      rise = Math.max(rise, slope);
    }
    return mixingWatts(side, y, kelvin, rise);
  }

  /** −F ε_s c_max A ∫∫ 3r² (D/R²) (d/dx[U + kelvin dU/dT] − rise) x'² dr dx. */
  private double mixingWatts(Side side, double[] y, double kelvin, double rise) {
    double t = y[StateLayout.T];
    double factor =
        Constants.arrhenius(side.electrode.diffusivityActivation(), m.cell().referenceKelvin(), t)
            / Math.pow(side.electrode.particleRadiusM(), 2);
    double sum = 0;
    for (int i = side.from; i < side.to; i++) {
      for (int p = 0; p < m.particle.weight.length; p++) {
        double x = profile(side, y, i, m.particle.value[p]);
        double slope = profile(side, y, i, m.particle.slope[p]);
        double d = factor * side.electrode.diffusivity().value(x);
        double steep = side.electrode.openCircuitSlope(x) + kelvin * side.entropic.slope(x) - rise;
        sum -= m.grid.width[i] * m.particle.weight[p] * d * steep * slope * slope;
      }
    }
    return sum * charge(side);
  }

  /** Runs the cell and integrates; false when a step fails. */
  boolean run(P2dState state, double amps, double seconds, double ambient, P2dOutputs outputs) {
    double from = 0;
    double to = Math.min(seconds, 1e-3);
    while (from < seconds) {
      double reached = from;
      for (int p = 0; p < POINTS; p++) {
        double time = from + at[order(p)] * (to - from);
        if (!step(state, amps, time - reached, ambient, outputs)) {
          return false;
        }
        reached = time;
        book(state.values(), amps, weight[order(p)] * (to - from), outputs);
      }
      if (!step(state, amps, to - reached, ambient, outputs)) {
        return false;
      }
      from = to;
      to = Math.min(seconds, 1.6 * to);
    }
    return true;
  }

  /** The quadrature's points in ascending order. */
  private int order(int p) {
    return at[0] < at[POINTS - 1] ? p : POINTS - 1 - p;
  }

  private boolean step(P2dState state, double amps, double h, double ambient, P2dOutputs outputs) {
    return P2dStepper.step(m, state, P2dControl.CURRENT, amps, h, ambient, w, outputs)
        == SolveStatus.OK;
  }

  private void book(double[] y, double amps, double dt, P2dOutputs outputs) {
    double area = m.cell().electrodeAreaM2();
    double mixed = mixingWatts(m.anode, y) + mixingWatts(m.cathode, y);
    work += amps * outputs.voltageVolts * dt;
    mixing += mixed * dt;
    double open =
        m.cell().cathode().openCircuitVolts(outputs.cathodeStoichiometry)
            - m.cell().anode().openCircuitVolts(outputs.anodeStoichiometry);
    gross += (Math.abs(amps * (outputs.voltageVolts - open)) + Math.abs(mixed)) * dt;
    double lost = 0;
    for (int i = 0; m.sideReactions && i < m.grid.anodeNodes; i++) {
      double surface = area * m.grid.width[i] * m.anode.area * dt;
      double other = w.plating[i] + w.sei[i];
      double j = y[m.layout.j + i];
      film += surface * j * w.film[i] * (j + other);
      lost += surface * other * (y[m.layout.phiS + i] - y[m.layout.phiE + i]);
    }
    side += lost;
    gross += Math.abs(lost);
  }
}
