package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.PlatingData;
import dev.anodyne.core.cell.SeiData;
import java.util.Arrays;

/**
 * SEI growth and lithium plating beside the intercalation at the anode. All three see the same
 * overpotential v behind the film and run in parallel; the film is in series with their sum:
 *
 * <pre>v = φ_s − φ_e − R_f (j + j_Li + j_SEI)
 * δj = j_v δv + j_c δc_e + j_r,   δj_Li = l_v δv + l_c δc_e + l_r,   δj_SEI = s_v δv + s_r
 * δv = K [δφ_s − δφ_e − R_f ((j_c + l_c) δc_e + j_r + l_r) − R' s_r],   R' = R_f + j_tot dR_f/dj_SEI
 * K = 1/(1 + R_f (j_v + l_v) + R' s_v)</pre>
 *
 * so each reaction is linearised alone and the currents are eliminated node by node. Metal, SEI
 * thickness L and with it R_f = ρ L belong to the implicit stage, L = L̂ − γh (V̄/(z F)) j_SEI;
 * dead-lithium rate and porosity are those of the sub-step's beginning. The solver's kernels call
 * the entry points only when there are side reactions.
 */
final class SideReactions {
  private SideReactions() {}

  /** What is frozen over a sub-step, and the currents' first guess. */
  static void begin(P2dModel m, double[] values, P2dWorkspace w) {
    Arrays.fill(w.plating, 0);
    Arrays.fill(w.sei, 0);
    double dead = m.plating == null ? 0 : m.plating.deadLithiumRatePerSecond();
    SeiData sei = m.sei;
    if (sei == null) {
      Arrays.fill(w.deadRate, dead);
      return;
    }
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      w.deadRate[i] = dead * sei.initialThicknessM() / values[m.layout.sei + i];
    }
  }

  /** What all nodes share: temperature factors, and the film resistances of the iterate. */
  static void prepare(P2dModel m, P2dWorkspace w, double gh) {
    SeiData sei = m.sei;
    if (sei == null) {
      return;
    }
    SeiGrowth.temperature(m, sei, w);
    double resistivity = sei.resistivityOhmM();
    w.filmPerCurrent = -gh * resistivity / sei.chargePerThickness();
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      w.film[i] = resistivity * w.rhs[m.layout.sei + i] + w.filmPerCurrent * w.sei[i];
    }
  }

  /**
   * Linearises the side reactions of an anode node and eliminates all of its currents.
   *
   * @param slope ∂E/∂j of the intercalation's equation E at a fixed overpotential v
   * @param drop voltage over the film, V
   * @param w Modified: {@code jPotential, jSalt, jResidual} turn from the equation E into δj; the
   *     same with l and s for the side reactions.
   */
  static void eliminate(P2dModel m, P2dWorkspace w, int i, double gh, double slope, double drop) {
    double v = w.y[m.layout.phiS + i] - w.y[m.layout.phiE + i] - drop;
    if (m.plating != null) {
      Plating.linearise(m, w, m.plating, i, gh, v);
    }
    if (m.sei != null) {
      SeiGrowth.linearise(m, w, m.sei, i, gh, v);
    }
    double film = w.film[i];
    double jv = -1 / slope;
    double jc = w.jSalt[i] * jv;
    double jr = w.jResidual[i] * jv;
    // Without plating these three hold what the last iterate's k made of 0: NaN when it was wild.
    double lv = m.plating == null ? 0 : w.lPotential[i];
    double lc = m.plating == null ? 0 : w.lSalt[i];
    double lr = m.plating == null ? 0 : w.lResidual[i];
    double sv = w.seiOver[i];
    double sr = w.seiResidual[i];
    double total = w.y[m.layout.j + i] + w.plating[i] + w.sei[i];
    double growing = film + total * w.filmPerCurrent;
    double k = 1 / (1 + film * (jv + lv) + growing * sv);
    double vc = -k * film * (jc + lc);
    double vr = -k * (film * (jr + lr) + growing * sr);
    w.jPotential[i] = jv * k;
    w.jSalt[i] = jc + jv * vc;
    w.jResidual[i] = jr + jv * vr;
    w.lPotential[i] = lv * k;
    w.lSalt[i] = lc + lv * vc;
    w.lResidual[i] = lr + lv * vr;
    w.sPotential[i] = sv * k;
    w.sSalt[i] = sv * vc;
    w.sResidual[i] = sr + sv * vr;
  }

  /** Takes over the last Newton update, shortened by a factor. */
  static void update(P2dModel m, P2dWorkspace w, int i, double factor) {
    double potential = w.delta[3 * i + 2] - w.delta[3 * i + 1];
    double salt = w.delta[3 * i];
    w.plating[i] += factor * (w.lPotential[i] * potential + w.lSalt[i] * salt + w.lResidual[i]);
    w.sei[i] += factor * (w.sPotential[i] * potential + w.sSalt[i] * salt + w.sResidual[i]);
  }

  /** What the side reactions have made by the end of a converged stage, and its increments. */
  static void finish(P2dModel m, P2dWorkspace w, double gh, double[] increment) {
    PlatingData plating = m.plating;
    if (plating != null) {
      Plating.finish(m, w, plating, gh, increment);
    }
    SeiData sei = m.sei;
    if (sei != null) {
      SeiGrowth.finish(m, w, sei, gh, increment);
    }
  }

  /** Ends a sub-step: salt is kept when the porosity changes. */
  static void commit(P2dModel m, double[] values, P2dWorkspace w) {
    if (m.porosityChanges) {
      for (int i = 0; i < m.grid.anodeNodes; i++) {
        values[StateLayout.C + i] *= w.porosity[i] / m.porosityAt(values, i);
      }
    }
  }
}
