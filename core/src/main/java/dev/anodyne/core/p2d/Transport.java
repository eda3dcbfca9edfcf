package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Curve;

/**
 * Salt and charge between the volumes. Residuals R are sums over a volume; the matrix is ∂R.
 *
 * <pre>R_c = Δx ε (c − c_rhs)/(γh) − [N_right − N_left] − Δx (1−t₊) a j/F,  N = B D_e ∂c/∂x
 * R_e = i_e,right − i_e,left − Δx a j,   i_e = B κ [χ T ∂ln c/∂x − ∂φ_e/∂x]
 * R_s = i_s,right − i_s,left + Δx a j,   i_s = −σ ∂φ_s/∂x</pre>
 *
 * What a face lets through: {@link Conductances}. The terms with j are added by {@link Kinetics}.
 * (The flux's t₊ i_e and the source a j/F combine to (1−t₊) a j/F as t₊ is constant.)
 */
final class Transport {
  /** Below this D_e and κ no longer change, mol/m³ (as in PyBaMM, but smoothly). */
  private static final double LOWEST = 10;

  private static final double LEAST_CONDUCTIVITY = 1e-6;

  private Transport() {}

  static void assemble(P2dModel m, P2dWorkspace w, double gh) {
    properties(m, w);
    storage(m, w, gh);
    for (int i = 0; i < m.grid.nodes - 1; i++) {
      face(m, w, i);
    }
    solid(m, w);
  }

  private static void properties(P2dModel m, P2dWorkspace w) {
    Curve diffusivity = m.cell().electrolyte().diffusivity();
    Curve conductivity = m.cell().electrolyte().conductivity();
    for (int i = 0; i < m.grid.nodes; i++) {
      double above = w.y[StateLayout.C + i] - LOWEST;
      double c = LOWEST + Salt.positive(above);
      double chain = Salt.slope(above);
      diffusivity.valueAndSlope(c, w.salt.node, w.salt.slope, i);
      conductivity.valueAndSlope(c, w.ions.node, w.ions.slope, i);
      if (w.ions.node[i] < LEAST_CONDUCTIVITY) {
        w.ions.node[i] = LEAST_CONDUCTIVITY;
        w.ions.slope[i] = 0;
      }
      double b = w.transport[i] * w.diffusivityFactor;
      w.salt.node[i] *= b;
      w.salt.slope[i] *= b * chain;
      b = w.transport[i] * w.conductivityFactor;
      w.ions.node[i] *= b;
      w.ions.slope[i] *= b * chain;
    }
    w.salt.faces(m.grid);
    w.ions.faces(m.grid);
  }

  /** Storage terms; clears everything else of the row. */
  private static void storage(P2dModel m, P2dWorkspace w, double gh) {
    double[] d = w.matrix.diagonal;
    double[] r = w.delta;
    for (int i = 0; i < m.grid.nodes; i++) {
      double storage = m.grid.width[i] * w.porosity[i] / gh;
      int k = 9 * i;
      d[k] = storage;
      d[k + 1] = 0;
      d[k + 2] = 0;
      d[k + 3] = 0;
      d[k + 4] = 0;
      d[k + 5] = 0;
      d[k + 6] = 0;
      d[k + 7] = 0;
      d[k + 8] = 0;
      r[3 * i] = storage * (w.y[StateLayout.C + i] - w.rhs[StateLayout.C + i]);
      r[3 * i + 1] = 0;
      r[3 * i + 2] = 0;
    }
  }

  /** Flux of salt and ionic current through the face between volumes i and i+1. */
  private static void face(P2dModel m, P2dWorkspace w, int i) {
    double[] d = w.matrix.diagonal;
    double[] left = w.matrix.left;
    double[] right = w.matrix.right;
    double[] r = w.delta;
    double cl = Salt.positive(w.y[StateLayout.C + i]);
    double cr = Salt.positive(w.y[StateLayout.C + i + 1]);
    int k = 9 * i;
    double g = w.salt.face[i];
    double step = w.y[StateLayout.C + i + 1] - w.y[StateLayout.C + i];
    double flux = g * step;
    double fl = step * w.salt.byLeft[i] - g;
    double fr = step * w.salt.byRight[i] + g;
    r[3 * i] -= flux;
    r[3 * i + 3] += flux;
    d[k] -= fl;
    right[4 * i] = -fr;
    left[4 * i + 4] = fl;
    d[k + 9] += fr;
    // ln(c_r/c_l) ≈ 2 (c_r−c_l)/(c_r+c_l), of third order in the step, and cheaper.
    double s = 1 / (cl + cr);
    double chi = m.chi * w.y[StateLayout.T];
    double conductance = w.ions.face[i];
    double drive = 2 * chi * (cr - cl) * s - (w.y[m.layout.phiE + i + 1] - w.y[m.layout.phiE + i]);
    double current = conductance * drive;
    double chain = 4 * chi * conductance * s * s;
    double il = drive * w.ions.byLeft[i] - chain * cr * Salt.slope(w.y[StateLayout.C + i]);
    double ir = drive * w.ions.byRight[i] + chain * cl * Salt.slope(w.y[StateLayout.C + i + 1]);
    r[3 * i + 1] += current;
    r[3 * i + 4] -= current;
    d[k + 3] += il;
    d[k + 4] += conductance;
    right[4 * i + 1] = ir;
    right[4 * i + 2] = -conductance;
    left[4 * i + 5] = -il;
    left[4 * i + 6] = -conductance;
    d[k + 12] -= ir;
    d[k + 13] += conductance;
  }

  /** Electronic current; φ_s = 0 at the anode's collector, i_s given at the cathode's. */
  private static void solid(P2dModel m, P2dWorkspace w) {
    double[] d = w.matrix.diagonal;
    double[] r = w.delta;
    int last = m.grid.nodes - 1;
    for (int i = 0; i < last; i++) {
      double s = m.solidRight[i];
      w.matrix.right[4 * i + 3] = -s;
      w.matrix.left[4 * i + 7] = -s;
      if (s != 0) {
        double current = -s * (w.y[m.layout.phiS + i + 1] - w.y[m.layout.phiS + i]);
        r[3 * i + 2] += current;
        r[3 * i + 5] -= current;
        d[9 * i + 8] += s;
        d[9 * i + 17] += s;
      }
    }
    r[2] += m.solidAtCollector * w.y[m.layout.phiS];
    d[8] += m.solidAtCollector;
    r[3 * last + 2] -= w.currentDensity;
    for (int i = m.grid.anodeNodes; i < m.grid.cathodeStart; i++) {
      d[9 * i + 8] = 1;
    }
  }
}
