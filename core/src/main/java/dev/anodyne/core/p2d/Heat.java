package dev.anodyne.core.p2d;

/**
 * Heat of the whole cell, W. With i_e + i_s known everywhere, the ohmic heat of both phases is the
 * work done at the terminals less the work done on the reactions, so that no gradient is needed:
 *
 * <pre>
 * Q = I V_0 − A ∫ a [ j (U + R_f j_tot) + (j_Li + j_SEI)(φ_s − φ_e) ] dx + A ∫ a j T dU/dT dx + I² R
 * </pre>
 *
 * with V_0 the voltage without the series resistance R. That equals the sum of ohmic, reaction and
 * reversible heat in PyBaMM, where the side reactions release none.
 */
final class Heat {
  private Heat() {}

  static double watts(P2dModel m, P2dWorkspace w) {
    double area = m.cell().electrodeAreaM2();
    double i = w.currentDensity;
    double electrodes = side(m, w, m.anode) + side(m, w, m.cathode);
    double volts = w.y[m.layout.phiS + m.grid.nodes - 1] + i * m.endResistance;
    double series = i * area * i * area * m.cell().seriesResistanceOhm();
    return area * (i * volts - electrodes) + series;
  }

  private static double side(P2dModel m, P2dWorkspace w, Side side) {
    double sum = 0;
    double t = w.y[StateLayout.T];
    boolean sideReactions = m.sideReactions && side == m.anode;
    for (int i = side.from; i < side.to; i++) {
      double j = w.y[m.layout.j + i];
      double work = j * w.openCircuit[i];
      if (side.hasEntropy) {
        work -= j * t * side.entropic.value(w.surface[i]);
      }
      if (sideReactions) {
        double other = w.plating[i] + w.sei[i];
        work += j * w.film[i] * (j + other);
        work += other * (w.y[m.layout.phiS + i] - w.y[m.layout.phiE + i]);
      }
      sum += m.grid.width[i] * side.area * work;
    }
    return sum;
  }
}
