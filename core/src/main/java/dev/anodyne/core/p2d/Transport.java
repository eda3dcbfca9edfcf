package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Curve;

/**
 * Salt and charge between the volumes. Residuals R are sums over a volume; the matrix is ∂R.
 *
 * <pre>R_c = Δx ε (c − c_rhs)/(γh) − [N_right − N_left] − Δx (1−t₊) a j/F,  N = B D_e ∂c/∂x
 * R_e = i_e,right − i_e,left − Δx a j,   i_e = B κ [χ T ∂ln c_e/∂x − ∂φ_e/∂x]
 * R_s = i_s,right − i_s,left + Δx a j,   i_s = −σ ∂φ_s/∂x</pre>
 *
 * Conductances of a face are those of the two half volumes in series. The terms with j come from
 * {@link Kinetics}, which runs before. (The flux's t₊ i_e and the source a j/F combine to (1−t₊) a
 * j/F as t₊ is constant.)
 */
final class Transport {
  /** Below this D_e and κ no longer change, mol/m³ (as in PyBaMM, but smoothly). */
  private static final double LOWEST = 10;

  private static final double LEAST_CONDUCTIVITY = 1e-6;

  private Transport() {}

  /** Matrix and right-hand side −R at the iterate. */
  static void assemble(P2dModel m, P2dWorkspace w, double gh) {
    properties(m, w);
    saltFaces(m, w);
    ionFaces(m, w);
    rows(m, w, gh);
    residuals(m, w, gh);
    solid(m, w);
  }

  /** What never changes in the matrix: the electronic conductances. */
  static void constants(P2dModel m, BlockTridiagonal matrix) {
    for (int i = 0; i < m.grid.nodes - 1; i++) {
      matrix.right[4 * i + 3] = -m.solidRight[i];
      matrix.left[4 * i + 7] = -m.solidRight[i];
    }
  }

  /** B D_e and B κ at the nodes and at the faces. */
  private static void properties(P2dModel m, P2dWorkspace w) {
    Curve diffusivity = m.cell().electrolyte().diffusivity();
    Curve conductivity = m.cell().electrolyte().conductivity();
    double[] y = w.y;
    double[] salt = w.salt.node;
    double[] saltSlope = w.salt.slope;
    double[] ions = w.ions.node;
    double[] ionSlope = w.ions.slope;
    for (int i = 0; i < salt.length; i++) {
      double above = y[StateLayout.C + i] - LOWEST;
      double c = LOWEST + Salt.positive(above);
      diffusivity.valueAndSlope(c, salt, saltSlope, i);
      conductivity.valueAndSlope(c, ions, ionSlope, i);
      if (ions[i] < LEAST_CONDUCTIVITY) {
        ions[i] = LEAST_CONDUCTIVITY;
        ionSlope[i] = 0;
      }
      double chain = Salt.slope(above);
      double b = w.transport[i] * w.diffusivityFactor;
      salt[i] *= b;
      saltSlope[i] *= b * chain;
      b = w.transport[i] * w.conductivityFactor;
      ions[i] *= b;
      ionSlope[i] *= b * chain;
    }
    w.salt.faces(m.grid);
    w.ions.faces(m.grid);
  }

  /** N = g (c_r − c_l) through the face to the left of each volume. */
  private static void saltFaces(P2dModel m, P2dWorkspace w) {
    double[] y = w.y;
    double[] left = w.matrix.left;
    double[] right = w.matrix.right;
    double[] face = w.salt.face;
    double[] byLeft = w.salt.byLeft;
    double[] byRight = w.salt.byRight;
    for (int i = 1; i < face.length; i++) {
      double g = face[i - 1];
      double step = y[StateLayout.C + i] - y[StateLayout.C + i - 1];
      w.saltFlux[i] = g * step;
      left[4 * i] = step * byLeft[i - 1] - g;
      right[4 * i - 4] = -step * byRight[i - 1] - g;
    }
  }

  /** i_e = g [2 χ T (c_r − c_l)/(c_r + c_l) − (φ_r − φ_l)] through the face to the left. */
  private static void ionFaces(P2dModel m, P2dWorkspace w) {
    double[] y = w.y;
    double[] left = w.matrix.left;
    double[] right = w.matrix.right;
    double[] face = w.ions.face;
    double[] byLeft = w.ions.byLeft;
    double[] byRight = w.ions.byRight;
    double chi = 2 * m.chi * y[StateLayout.T];
    int phi = m.layout.phiE;
    double salt = y[StateLayout.C];
    double cl = Salt.positive(salt);
    double chainLeft = Salt.slope(salt);
    for (int i = 1; i < face.length; i++) {
      salt = y[StateLayout.C + i];
      double cr = Salt.positive(salt);
      double chainRight = Salt.slope(salt);
      // ln(c_r/c_l) ≈ 2 (c_r−c_l)/(c_r+c_l), of third order in the step, and cheaper.
      double s = 1 / (cl + cr);
      double g = face[i - 1];
      double drive = chi * (cr - cl) * s - (y[phi + i] - y[phi + i - 1]);
      double chain = 2 * chi * g * s * s;
      w.ionCurrent[i] = g * drive;
      left[4 * i + 1] = chain * cr * chainLeft - drive * byLeft[i - 1];
      left[4 * i + 2] = -g;
      right[4 * i - 3] = chain * cl * chainRight + drive * byRight[i - 1];
      right[4 * i - 2] = -g;
      cl = cr;
      chainLeft = chainRight;
    }
  }

  /**
   * Diagonal blocks: storage, faces, reactions. A face takes from one side what it gives to the
   * other, so that without storage and reactions the columns sum to zero.
   */
  private static void rows(P2dModel m, P2dWorkspace w, double gh) {
    double[] left = w.matrix.left;
    double[] right = w.matrix.right;
    double[] width = m.grid.width;
    int last = width.length - 1;
    double perGh = 1 / gh;
    double cc = 0;
    double ec = 0;
    double ee = 0;
    for (int i = 0; i < last; i++) {
      int r = 4 * i;
      double storage = width[i] * w.porosity[i] * perGh;
      row(m, w, i, storage - cc - left[r + 4], -ec - left[r + 5], -ee - left[r + 6]);
      cc = right[r];
      ec = right[r + 1];
      ee = right[r + 2];
    }
    row(m, w, last, width[last] * w.porosity[last] * perGh - cc, -ec, -ee);
  }

  private static void row(P2dModel m, P2dWorkspace w, int i, double cc, double ec, double ee) {
    double[] d = w.matrix.diagonal;
    double ap = w.sourcePotential[i];
    double aq = w.sourceSalt[i];
    double share = m.saltShare;
    int k = 9 * i;
    d[k] = cc - share * aq;
    d[k + 1] = share * ap;
    d[k + 2] = -share * ap;
    d[k + 3] = ec - aq;
    d[k + 4] = ee + ap;
    d[k + 5] = -ap;
    d[k + 6] = aq;
    d[k + 7] = -ap;
    d[k + 8] = m.solidDiagonal[i] + ap;
  }

  /** −R_c and −R_e. */
  private static void residuals(P2dModel m, P2dWorkspace w, double gh) {
    double[] x = w.delta;
    double[] salt = w.saltFlux;
    double[] ion = w.ionCurrent;
    double[] width = m.grid.width;
    double share = m.saltShare;
    double perGh = 1 / gh;
    for (int i = 0; i < width.length; i++) {
      double source = w.source[i];
      double moved = w.y[StateLayout.C + i] - w.rhs[StateLayout.C + i];
      double stored = width[i] * w.porosity[i] * perGh * moved;
      x[3 * i] = salt[i + 1] - salt[i] + share * source - stored;
      x[3 * i + 1] = ion[i] - ion[i + 1] + source;
    }
  }

  /** −R_s; φ_s = 0 at the anode's collector, i_s given at the cathode's. */
  private static void solid(P2dModel m, P2dWorkspace w) {
    double[] x = w.delta;
    double[] y = w.y;
    double[] conductance = m.solidRight;
    int phi = m.layout.phiS;
    int last = conductance.length - 1;
    double in = m.solidAtCollector * y[phi];
    for (int i = 0; i < last; i++) {
      double out = conductance[i] * (y[phi + i + 1] - y[phi + i]);
      x[3 * i + 2] = out - in - w.source[i];
      in = out;
    }
    x[3 * last + 2] = w.currentDensity - in - w.source[last];
  }
}
