package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.PlatingModel;

/**
 * The equations of a stage, linearised at its solution. With Y = (T, c_e, q, c_Li, c_dead, L, φ_e,
 * φ_s, j, j_Li, j_SEI) the stage is F(Y; rhs, i, θ) = 0, and
 *
 * <pre>F_Y δY = r,   r = −F_rhs δrhs − F_i δi − F_θ δθ</pre>
 *
 * is solved forwards by {@link TangentColumns} and transposed by {@link StageAdjoint}. As in the
 * simulation, particles, metal and interfacial currents are eliminated node by node, and 3×3 blocks
 * over x are left; the temperature is a border of one column, so that the derivatives are exact:
 *
 * <pre>q:  J δq + γh (3/(F R c_max)) v δj − s δ(ln D) = r_q        ⇒ δx = x̂ + g δj + s_x δ(ln D)
 * E:  δv + E_c δc + E_x δx + E_j δj + E_T δT = r_E               ⇒ δj = j_v δv + j₀
 * L:  δj_Li − m δc_Li + d_c δc − d δv + L_T δT = r_L             ⇒ δj_Li = l_v δv + l₀
 * S:  δj_SEI = s_v δv + s_L δL̂ + s_T δT + r_s                    ⇒ δj_SEI = s_v δv + s₀
 * v:  δv = δφ_s − δφ_e − R_f (δj + δj_Li) − R' δj_SEI + r_v,   R' = R_f + j_tot dR_f/dj_SEI
 *   ⇒ δv = K [δφ_s − δφ_e + r_v − R_f (j₀ + l₀) − R' s₀],   K = 1/(1 + R_f (j_v + l_v) + R' s_v)
 * T:  (C + γh hA) δT − γh δQ = r_T</pre>
 *
 * Everything is filled anew by {@link #linearise}; nothing here depends on how the stage was
 * solved.
 */
final class StageTangent {
  final P2dModel m;
  double gh;

  /** The solution and what it was added to. */
  double[] y = {};

  double[] rhs = {};

  /** j_Li and j_SEI at the anode's nodes. */
  double[] plating = {};

  double[] sei = {};

  SubStepRecord record;

  final BlockTridiagonal matrix;

  /** Particles: 1/(1 + γh λ_k D/R²), or J⁻¹ a node; γh f of each mode; ∂x/∂j; ∂x/∂ln D. */
  final double[] anodeDecay;

  final double[] cathodeDecay;
  final double[][] inverse;
  final double[] change;
  final double[] surface;
  final double[] surfaceSlope;
  final double[] surfaceChange;

  /** d ln D/dT of the particles, 1/K. */
  double anodeRateSlope;

  double cathodeRateSlope;

  /** U without its temperature dependence V, and its slope. */
  final double[] open;

  final double[] openSlope;

  /** E_x V, E_T V/K, and the overpotential's ∂/∂ln j₀, V. */
  final double[] eSurface;

  final double[] eHeat;
  final double[] lag;

  /** δj = j_v δv + jSalt δc + jHeat δT + jOwn r_E, j_v = −jOwn. */
  final double[] jOwn;

  final double[] jSalt;
  final double[] jHeat;

  /** δj_Li = lPhi δv + lSalt δc + lHeat δT + lOwn (r_L + m r_Li/(1 + γhγ)). */
  final double[] lOwn;

  final double[] lPhi;
  final double[] lSalt;
  final double[] lHeat;
  final double[] lMetal;

  /** 1/(1 + γhγ). */
  final double[] keep;

  /** Whether plated lithium is dead at once. */
  final boolean allDead;

  /** δj_SEI = sPhi δv + sThickness δL̂ + sHeat δT + sRate δ(ln rate) + …. */
  final double[] sPhi;

  final double[] sThickness;
  final double[] sHeat;
  final double[] sRate;

  /** R_f and R' Ω·m², K, and what δφ, j₀ + l₀ and s₀ each make of the sum of all currents. */
  final double[] film;

  final double[] growing;
  final double[] divider;
  final double[] sumPhi;
  final double[] sumOwn;
  final double[] sumSei;

  /** Gradient of the heat in j (with what its flux does to x), side currents, x and φ; W a unit. */
  final double[] wattsJ;

  final double[] wattsOther;
  final double[] wattsSei;
  final double[] wattsSurface;
  final double[] wattsPhi;

  /** Gradient of the heat in φ_s of the last node and in the current density. */
  double wattsEnd;

  double wattsCurrent;

  /** What lets salt and ions through the faces. */
  final Conductances salt;

  final Conductances ions;

  /** Salt flux and ionic current through the face right of a node, and ∂/∂ln B of its sides. */
  final double[] saltFlux;

  final double[] ionicCurrent;
  final double[] saltLeft;
  final double[] saltRight;
  final double[] ionicLeft;
  final double[] ionicRight;

  /** Full response of (c_e, φ_e, φ_s), j, j_Li and j_SEI to one kelvin. */
  final double[] heatResponse;

  final double[] jKelvin;
  final double[] lKelvin;
  final double[] sKelvin;

  /** C + γh (hA − dQ/dT along that response); 1 when isothermal. */
  double heatPivot;

  StageTangent(P2dModel model) {
    m = model;
    record = new SubStepRecord(model);
    int n = model.grid.nodes;
    int na = model.grid.anodeNodes;
    matrix = new BlockTridiagonal(n);
    anodeDecay = new double[model.particle.count];
    cathodeDecay = new double[model.particle.count];
    inverse = new double[n][];
    for (int i = 0; i < n; i++) {
      Side side = i < model.anode.to ? model.anode : model.cathode;
      boolean inside = i >= side.from && side.variableDiffusivity;
      inverse[i] = new double[inside ? model.particle.count * model.particle.count : 0];
    }
    change = new double[model.layout.plated];
    surface = new double[n];
    surfaceSlope = new double[n];
    surfaceChange = new double[n];
    open = new double[n];
    openSlope = new double[n];
    eSurface = new double[n];
    eHeat = new double[n];
    lag = new double[n];
    jOwn = new double[n];
    jSalt = new double[n];
    jHeat = new double[n];
    lOwn = new double[na];
    lPhi = new double[na];
    lSalt = new double[na];
    lHeat = new double[na];
    lMetal = new double[na];
    keep = new double[na];
    java.util.Arrays.fill(keep, 1);
    sPhi = new double[na];
    allDead = model.plating != null && model.plating.model() == PlatingModel.IRREVERSIBLE;
    sThickness = new double[na];
    sHeat = new double[na];
    sRate = new double[na];
    film = new double[na];
    growing = new double[na];
    divider = new double[n];
    sumPhi = new double[n];
    sumOwn = new double[n];
    sumSei = new double[na];
    wattsJ = new double[n];
    wattsOther = new double[na];
    wattsSei = new double[na];
    wattsSurface = new double[n];
    wattsPhi = new double[na];
    salt = new Conductances(n);
    ions = new Conductances(n);
    saltFlux = new double[n];
    ionicCurrent = new double[n];
    saltLeft = new double[n];
    saltRight = new double[n];
    ionicLeft = new double[n];
    ionicRight = new double[n];
    heatResponse = new double[3 * n];
    jKelvin = new double[n];
    lKelvin = new double[na];
    sKelvin = new double[na];
  }

  /**
   * Linearises a stage of a sub-step.
   *
   * @param heated whether the temperature may vary (always so with lumped heat)
   * @return false when the matrix is singular
   */
  boolean linearise(SubStepRecord r, int stage, boolean heated) {
    record = r;
    gh = r.gammaSeconds;
    y = r.y[stage];
    rhs = r.rhs[stage];
    plating = r.plating[stage];
    sei = r.sei[stage];
    ParticleTangent.linearise(this, m.anode, anodeDecay);
    ParticleTangent.linearise(this, m.cathode, cathodeDecay);
    TransportTangent.assemble(this);
    KineticTangent.linearise(this, m.anode);
    KineticTangent.linearise(this, m.cathode);
    if (!matrix.factor()) {
      return false;
    }
    if (heated) {
      kelvin();
    }
    return true;
  }

  /** The response to one kelvin and the pivot of the heat balance. */
  private void kelvin() {
    double[] z = heatResponse;
    java.util.Arrays.fill(z, 0);
    TransportTangent.heat(this, z);
    int na = m.grid.anodeNodes;
    for (int i = 0; i < m.grid.nodes; i++) {
      double own = sumOwn[i] * jHeat[i];
      if (i < na) {
        own += sumOwn[i] * lHeat[i] + sumSei[i] * sHeat[i];
      }
      drive(z, i, own);
    }
    matrix.solve(z);
    double watts = wattsEnd * z[z.length - 1];
    for (int i = 0; i < m.grid.nodes; i++) {
      double phi = z[3 * i + 2] - z[3 * i + 1];
      double j = jHeat[i] + jSalt[i] * z[3 * i];
      if (i < na) {
        double l = lHeat[i] + lSalt[i] * z[3 * i];
        double v = divider[i] * (phi - film[i] * (j + l) - growing[i] * sHeat[i]);
        jKelvin[i] = j - jOwn[i] * v;
        lKelvin[i] = l + lPhi[i] * v;
        sKelvin[i] = sHeat[i] + sPhi[i] * v;
        watts += wattsOther[i] * lKelvin[i] + wattsSei[i] * sKelvin[i] + wattsPhi[i] * phi;
      } else {
        jKelvin[i] = j - jOwn[i] * phi;
      }
      double slope = i < na ? anodeRateSlope : cathodeRateSlope;
      watts += wattsJ[i] * jKelvin[i] + wattsSurface[i] * surfaceChange[i] * slope;
    }
    heatPivot = m.lumped ? m.heatCapacity + gh * (m.cooling - watts) : 1;
  }

  /** A current density at a node that the right-hand side brings along. */
  private void drive(double[] b, int i, double j) {
    double a = source(i) * j;
    b[3 * i] += transfer() * a;
    b[3 * i + 1] += a;
    b[3 * i + 2] -= a;
  }

  /** Δx a of a node; 0 in the separator. */
  double source(int i) {
    if (i < m.grid.anodeNodes) {
      return m.grid.width[i] * m.anode.area;
    }
    return i < m.grid.cathodeStart ? 0 : m.grid.width[i] * m.cathode.area;
  }

  /** (1 − t₊)/F. */
  double transfer() {
    return (1 - m.cell().electrolyte().transferenceNumber()) / Constants.FARADAY;
  }

  /** γh (3/(F R c_max)) of an electrode. */
  double fluxScale(Side side) {
    return gh * side.fluxScale;
  }

  double[] decay(Side side) {
    return side == m.anode ? anodeDecay : cathodeDecay;
  }

  double rateSlope(Side side) {
    return side == m.anode ? anodeRateSlope : cathodeRateSlope;
  }
}
