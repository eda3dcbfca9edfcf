package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.PlatingData;

/**
 * SEI growth and lithium plating beside the intercalation at the anode. All three see the same
 * overpotential v behind the film and run in parallel; the film is in series with their sum:
 *
 * <pre>v = φ_s − φ_e − R_f (j + j_Li + j_SEI)
 * δj = j_v δv + …,  δj_Li = l_v δv + …,  δv = K (δφ_s − δφ_e − R_f (… + …)),  K = 1/(1 + R_f (j_v + l_v))
 * </pre>
 *
 * so each reaction is linearised alone and the currents are eliminated node by node. The entry
 * points are called by the solver's kernels; without side reactions none of them is.
 */
final class SideReactions {
  private SideReactions() {}

  /** What is frozen over a sub-step, and the currents' first guess. */
  static void begin(P2dModel m, double[] values, double h, P2dWorkspace w) {
    if (m.plating != null) {
      java.util.Arrays.fill(w.plating, 0);
      w.deadRate = m.plating.deadLithiumRatePerSecond();
    }
    if (m.sei != null) {
      SeiGrowth.freeze(m, m.sei, values, h, w);
    }
  }

  /** Current of the side reactions at an anode node, A/m². */
  static double current(P2dModel m, P2dWorkspace w, int i) {
    return w.seiCurrent + (m.plating == null ? 0 : w.plating[i]);
  }

  /** Voltage over the film at an anode node, V. */
  static double drop(P2dModel m, P2dWorkspace w, int i) {
    return w.filmResistance * (w.y[m.layout.j + i] + current(m, w, i));
  }

  /**
   * Linearises the side reactions of an anode node and eliminates all of its currents.
   *
   * @param slope ∂E/∂j of the intercalation's equation E at a fixed overpotential v
   * @param w Modified: {@code jPotential, jSalt, jResidual} turn from the equation E into δj.
   */
  static void eliminate(P2dModel m, P2dWorkspace w, int i, double gh, double slope) {
    double film = w.filmResistance;
    double jv = -1 / slope;
    double jc = w.jSalt[i] * jv;
    double jr = w.jResidual[i] * jv;
    double lv = 0;
    double lc = 0;
    double lr = 0;
    double own = 1;
    PlatingData plating = m.plating;
    if (plating != null) {
      Plating.linearise(m, w, plating, i, gh);
      own = w.platingOwn[i];
      lv = w.lPotential[i];
      lc = w.lSalt[i];
      lr = w.lResidual[i];
    }
    double k = 1 / (1 + film * (jv + lv));
    double vc = -k * film * (jc + lc);
    double vr = -k * film * (jr + lr);
    w.jPotential[i] = jv * k;
    w.jSalt[i] = jc + jv * vc;
    w.jResidual[i] = jr + jv * vr;
    w.jFromForce[i] = jv * (1 - k * film * jv);
    if (plating != null) {
      w.lPotential[i] = lv * k;
      w.lSalt[i] = lc + lv * vc;
      w.lResidual[i] = lr + lv * vr;
      w.lFromForce[i] = -k * film * jv * lv;
      w.jFromPlating[i] = k * film * jv / own;
      w.lFromPlating[i] = -(1 - k * film * lv) / own;
    }
  }

  /** Takes over the last Newton update, shortened by a factor. */
  static void update(P2dModel m, P2dWorkspace w, int i, double factor) {
    if (m.plating != null) {
      w.plating[i] +=
          factor
              * (w.lPotential[i] * (w.delta[3 * i + 2] - w.delta[3 * i + 1])
                  + w.lSalt[i] * w.delta[3 * i]
                  + w.lResidual[i]);
    }
  }

  /** What the side reactions have made by the end of a converged stage, and its increments. */
  static void finish(P2dModel m, P2dWorkspace w, double gh, double[] increment) {
    if (m.plating != null) {
      Plating.finish(m, w, gh, increment);
    }
  }

  /** Ends a sub-step: thickness of the SEI, and salt is kept when the porosity changes. */
  static void commit(P2dModel m, double[] values, P2dWorkspace w) {
    if (m.sei != null) {
      values[m.layout.seiThickness] = w.nextSeiThickness;
    }
    if (m.porosityChanges) {
      for (int i = 0; i < m.grid.anodeNodes; i++) {
        values[StateLayout.C + i] *= w.porosity[i] / m.porosityAt(values, i);
      }
    }
  }
}
