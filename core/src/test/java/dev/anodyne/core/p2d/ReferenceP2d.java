package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrode;
import dev.anodyne.core.cell.Electrolyte;
import dev.anodyne.core.cell.PlatingData;
import dev.anodyne.core.cell.PlatingModel;
import dev.anodyne.core.cell.SeiData;
import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import dev.anodyne.core.p2d.ReferenceMesh.FaceRule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The model once more, written to be read: every equation of docs/p2d.md as it stands there, finite
 * volumes over x and in the particles, implicit Euler. It shares nothing with the engine but the
 * cell's parameters. {@link ReferenceNewton} solves a step, {@link ReferenceRun} makes it accurate
 * in time.
 *
 * <p>The state is one array: T, six unknowns a volume (c_e, φ_e, φ_s, j, j_Li, j_SEI; those that do
 * not exist stay 0), then plated and dead lithium and SEI thickness of the anode's volumes, then
 * the shells of every particle. Given the three currents, all that stands behind the first six
 * follows directly.
 */
final class ReferenceP2d {
  static final int C = 0;
  static final int PHI_E = 1;
  static final int PHI_S = 2;
  static final int J = 3;
  static final int J_LI = 4;
  static final int J_SEI = 5;
  static final int EACH = 6;

  private static final double F = Constants.FARADAY;
  private static final double R = Constants.GAS;

  final CellParameters cell;
  final ReferenceMesh mesh;
  final double[] dx;
  final int nodes;
  final int anodeNodes;
  final int cathodeStart;
  private final boolean lumped;
  private final @Nullable SeiData sei;
  private final @Nullable PlatingData plating;
  private final boolean porosityChanges;
  private final ReferenceParticle anodeParticle;
  private final ReferenceParticle cathodeParticle;
  final int metal;
  final int dead;
  final int film;
  private final int shells;

  /** The particles' currents whose surface is known already, and that surface. */
  private final double[] knownCurrent;

  private final double[] knownSurface;

  ReferenceP2d(CellParameters cell, ReferenceMesh mesh, Thermal thermal, Ageing ageing) {
    this.cell = cell;
    this.mesh = mesh;
    dx = mesh.widths();
    nodes = mesh.nodes();
    anodeNodes = mesh.anode().length;
    cathodeStart = nodes - mesh.cathode().length;
    lumped = thermal == Thermal.LUMPED;
    porosityChanges = ageing == Ageing.FULL;
    sei = ageing == Ageing.SEI || porosityChanges ? cell.sei().orElseThrow() : null;
    plating = ageing == Ageing.PLATING || porosityChanges ? cell.plating().orElseThrow() : null;
    boolean squares = mesh.rule() != FaceRule.PYBAMM;
    anodeParticle = new ReferenceParticle(cell.anode(), mesh.radii(), squares);
    cathodeParticle = new ReferenceParticle(cell.cathode(), mesh.radii(), squares);
    metal = 1 + EACH * nodes;
    dead = metal + anodeNodes;
    film = dead + anodeNodes;
    shells = film + anodeNodes;
    knownCurrent = new double[nodes];
    knownSurface = new double[nodes];
  }

  double[] atRest(double anodeX, double cathodeX, double kelvin) {
    double[] y = new double[shells + nodes * anodeParticle.shells()];
    y[0] = kelvin;
    double un = openCircuit(cell.anode(), anodeX, kelvin);
    for (int i = 0; i < nodes; i++) {
      y[at(i, C)] = cell.electrolyte().initialConcentration();
      y[at(i, PHI_E)] = -un;
      if (i >= cathodeStart) {
        y[at(i, PHI_S)] = openCircuit(cell.cathode(), cathodeX, kelvin) - un;
      }
      Arrays.fill(y, shell(i), shell(i + 1), i < anodeNodes ? anodeX : cathodeX);
    }
    Arrays.fill(y, film, film + anodeNodes, sei == null ? 0 : sei.initialThicknessM());
    return y;
  }

  static int at(int node, int what) {
    return 1 + EACH * node + what;
  }

  private int shell(int node) {
    return shells + node * anodeParticle.shells();
  }

  private boolean isElectrode(int i) {
    return i < anodeNodes || i >= cathodeStart;
  }

  private Electrode electrode(int i) {
    return i < anodeNodes ? cell.anode() : cell.cathode();
  }

  /** Terminal voltage; the last half volume of the cathode carries the whole current. */
  double volts(double[] y, double amps) {
    double i = amps / cell.electrodeAreaM2();
    return y[at(nodes - 1, PHI_S)]
        + i * dx[nodes - 1] / (2 * cell.cathode().conductivity())
        + amps * cell.seriesResistanceOhm();
  }

  /** φ_s − φ_e at the separator by the parabola through the last three anode volumes. */
  double anodePotential(double[] y) {
    double[] d = new double[3];
    double sum = 0;
    double face = 0;
    for (int k = 0; k < 3; k++) {
      d[k] = face + 0.5 * dx[anodeNodes - 1 - k];
      face += dx[anodeNodes - 1 - k];
    }
    for (int k = 0; k < 3; k++) {
      int i = anodeNodes - 1 - k;
      double a = d[(k + 1) % 3];
      double b = d[(k + 2) % 3];
      sum += a * b / ((a - d[k]) * (b - d[k])) * (y[at(i, PHI_S)] - y[at(i, PHI_E)]);
    }
    return sum;
  }

  private double openCircuit(Electrode e, double x, double kelvin) {
    return e.openCircuitVolts(x) + (kelvin - cell.referenceKelvin()) * e.entropicChange().value(x);
  }

  private double arrhenius(double activation, double kelvin) {
    return Math.exp(activation / R * (1 / cell.referenceKelvin() - 1 / kelvin));
  }

  private double porosity(double[] y, int i) {
    if (i >= cathodeStart) {
      return cell.cathode().porosity();
    }
    if (i >= anodeNodes) {
      return cell.separator().porosity();
    }
    double eps = cell.anode().porosity();
    if (porosityChanges && sei != null && plating != null) {
      eps -= cell.anode().surfaceAreaPerM() * (y[film + i] - sei.initialThicknessM());
      eps -= plating.molarVolumeM3() * (y[metal + i] + y[dead + i]);
    }
    return eps;
  }

  private double transport(double[] y, int i) {
    if (i >= cathodeStart) {
      return cell.cathode().transportEfficiency();
    }
    if (i >= anodeNodes) {
      return cell.separator().transportEfficiency();
    }
    double fresh = cell.anode().transportEfficiency();
    double exponent = Math.log(fresh) / Math.log(cell.anode().porosity());
    return fresh * Math.pow(porosity(y, i) / cell.anode().porosity(), exponent);
  }

  /** What the currents make of everything behind the first six unknowns, over one Euler step. */
  void follow(double[] old, double[] y, double h) {
    double t = y[0];
    for (int i = 0; i < nodes; i++) {
      if (isElectrode(i) && y[at(i, J)] != knownCurrent[i]) {
        ReferenceParticle particle = i < anodeNodes ? anodeParticle : cathodeParticle;
        double factor = arrhenius(electrode(i).diffusivityActivation(), t);
        particle.step(old, y, shell(i), y[at(i, J)], h, factor);
        knownCurrent[i] = y[at(i, J)];
        knownSurface[i] = particle.surface(y, shell(i));
      }
    }
    for (int i = 0; i < anodeNodes; i++) {
      if (sei != null) {
        y[film + i] = old[film + i] - h * y[at(i, J_SEI)] / sei.chargePerThickness();
      }
      if (plating != null) {
        double source = -cell.anode().surfaceAreaPerM() * y[at(i, J_LI)] / F;
        double decay = plating.deadLithiumRatePerSecond();
        if (sei != null) {
          decay *= sei.initialThicknessM() / y[film + i];
        }
        boolean dies = plating.model() == PlatingModel.IRREVERSIBLE;
        y[metal + i] = dies ? 0 : (old[metal + i] + h * source) / (1 + h * decay);
        y[dead + i] = old[dead + i] + h * (dies ? source : decay * y[metal + i]);
      }
    }
  }

  /** Residuals of the six equations of every volume; balances in A/m², charge transfer in V. */
  double[] residual(double[] old, double[] y, double h, double density) {
    follow(old, y, h);
    double[] r = new double[EACH * nodes];
    for (int i = 0; i < nodes; i++) {
      double stored = porosity(y, i) * y[at(i, C)] - porosity(old, i) * old[at(i, C)];
      r[EACH * i + C] += F * dx[i] * stored / h;
      if (isElectrode(i)) {
        double total = y[at(i, J)] + y[at(i, J_LI)] + y[at(i, J_SEI)];
        double source = dx[i] * electrode(i).surfaceAreaPerM() * total;
        r[EACH * i + C] -= source;
        r[EACH * i + PHI_E] -= source;
        r[EACH * i + PHI_S] += source;
      } else {
        r[EACH * i + PHI_S] += y[at(i, PHI_S)];
      }
      kinetics(y, i, r);
      if (i + 1 < nodes) {
        double ionic = ionicCurrent(y, i);
        double salt = saltFlux(y, i, ionic);
        double solid = solidCurrent(y, i);
        r[EACH * i + C] += F * salt;
        r[EACH * (i + 1) + C] -= F * salt;
        r[EACH * i + PHI_E] += ionic;
        r[EACH * (i + 1) + PHI_E] -= ionic;
        r[EACH * i + PHI_S] += solid;
        r[EACH * (i + 1) + PHI_S] -= solid;
      }
    }
    r[PHI_S] += 2 * cell.anode().conductivity() / dx[0] * y[at(0, PHI_S)];
    r[EACH * (nodes - 1) + PHI_S] -= density;
    return r;
  }

  /** Butler–Volmer, plating and SEI. */
  private void kinetics(double[] y, int i, double[] r) {
    double t = y[0];
    double delta = y[at(i, PHI_S)] - y[at(i, PHI_E)];
    double resistance = i < anodeNodes && sei != null ? y[film + i] * sei.resistivityOhmM() : 0;
    double drop = resistance * (y[at(i, J)] + y[at(i, J_LI)] + y[at(i, J_SEI)]);
    r[EACH * i + J] =
        isElectrode(i) ? delta - drop - surfaceOpenCircuit(i, t) - eta(y, i) : y[at(i, J)];
    r[EACH * i + J_LI] = y[at(i, J_LI)];
    r[EACH * i + J_SEI] = y[at(i, J_SEI)];
    if (i < anodeNodes && plating != null) {
      double f = F / (R * t);
      double alpha = plating.transferCoefficient();
      double strip = y[metal + i] * Math.exp((1 - alpha) * f * (delta - drop));
      double plate = y[at(i, C)] * Math.exp(-alpha * f * (delta - drop));
      r[EACH * i + J_LI] -= F * plating.rateConstant() * (strip - plate);
    }
    if (i < anodeNodes && sei != null) {
      double potential = delta - drop - sei.law().openCircuitVolts();
      double tafel = Math.exp(sei.law().transferCoefficient() * F / (R * t) * potential);
      double slowness = sei.reactionInverse() * tafel + sei.diffusionInverse() * y[film + i];
      double speed = arrhenius(sei.activation(), t) / slowness;
      r[EACH * i + J_SEI] += sei.chargePerThickness() * speed;
    }
  }

  private double surfaceOpenCircuit(int i, double kelvin) {
    return openCircuit(electrode(i), knownSurface[i], kelvin);
  }

  private double eta(double[] y, int i) {
    Electrode e = electrode(i);
    double x = Math.max(1e-9, Math.min(1 - 1e-9, knownSurface[i]));
    double salt = Math.max(1e-6, y[at(i, C)] / cell.electrolyte().initialConcentration());
    double k = e.reactionRate() * arrhenius(e.reactionRateActivation(), y[0]);
    double z = y[at(i, J)] / (2 * F * k * Math.sqrt(salt * x * (1 - x)));
    return 2 * R * y[0] / F * Math.copySign(Math.log(Math.abs(z) + Math.hypot(1, z)), z);
  }

  /** N = −B D_e ∂c/∂x + t₊ i_e/F through the face to the right of volume i. */
  private double saltFlux(double[] y, int i, double ionic) {
    Electrolyte e = cell.electrolyte();
    double factor = arrhenius(e.diffusivityActivation(), y[0]);
    double left = factor * transport(y, i) * e.diffusivity().value(Math.max(10, y[at(i, C)]));
    double right =
        factor * transport(y, i + 1) * e.diffusivity().value(Math.max(10, y[at(i + 1, C)]));
    double g = conductance(i, left, right, mesh.rule() == FaceRule.MEAN_INSIDE);
    return -g * (y[at(i + 1, C)] - y[at(i, C)]) + e.transferenceNumber() * ionic / F;
  }

  /** i_e = B κ [χ T ∂ln c/∂x − ∂φ_e/∂x], ln(c_r/c_l) as 2 (c_r − c_l)/(c_r + c_l). */
  private double ionicCurrent(double[] y, int i) {
    double left = transport(y, i) * conductivity(y, i);
    double right = transport(y, i + 1) * conductivity(y, i + 1);
    double g = conductance(i, left, right, mesh.rule() != FaceRule.SERIES);
    Electrolyte e = cell.electrolyte();
    double chi = 2 * (1 - e.transferenceNumber()) * e.thermodynamicFactor() * R / F;
    double cl = y[at(i, C)];
    double cr = y[at(i + 1, C)];
    return g * (chi * y[0] * 2 * (cr - cl) / (cr + cl) - (y[at(i + 1, PHI_E)] - y[at(i, PHI_E)]));
  }

  private double conductance(int i, double left, double right, boolean byMean) {
    boolean jump = i + 1 == anodeNodes || i + 1 == cathodeStart;
    return byMean && !(jump && mesh.rule() == FaceRule.MEAN_INSIDE)
        ? (left + right) / (dx[i] + dx[i + 1])
        : 1 / (dx[i] / (2 * left) + dx[i + 1] / (2 * right));
  }

  private double conductivity(double[] y, int i) {
    Electrolyte e = cell.electrolyte();
    return e.conductivity().value(Math.max(10, y[at(i, C)]))
        * arrhenius(e.conductivityActivation(), y[0])
        * Math.pow(y[0] / cell.referenceKelvin(), e.conductivityTemperatureExponent());
  }

  private double solidCurrent(double[] y, int i) {
    if (!isElectrode(i) || i + 1 == anodeNodes) {
      return 0;
    }
    double conductance = 2 * electrode(i).conductivity() / (dx[i] + dx[i + 1]);
    return -conductance * (y[at(i + 1, PHI_S)] - y[at(i, PHI_S)]);
  }

  /** Ohmic heat of both phases, heat of the intercalation's overpotential, reversible heat, W. */
  double heat(double[] y, double amps) {
    double density = amps / cell.electrodeAreaM2();
    double q = 2 * cell.anode().conductivity() / dx[0] * y[at(0, PHI_S)] * y[at(0, PHI_S)];
    q += density * density * dx[nodes - 1] / (2 * cell.cathode().conductivity());
    for (int i = 0; i < nodes; i++) {
      if (i + 1 < nodes) {
        q -= ionicCurrent(y, i) * (y[at(i + 1, PHI_E)] - y[at(i, PHI_E)]);
        q -= solidCurrent(y, i) * (y[at(i + 1, PHI_S)] - y[at(i, PHI_S)]);
      }
      if (isElectrode(i)) {
        double entropic = electrode(i).entropicChange().value(knownSurface[i]);
        double source = dx[i] * electrode(i).surfaceAreaPerM() * y[at(i, J)];
        q += source * (eta(y, i) + y[0] * entropic);
      }
    }
    return q * cell.electrodeAreaM2() + amps * amps * cell.seriesResistanceOhm();
  }

  /** T at the end of an Euler step with the heat of the iterate. */
  double kelvin(double[] old, double[] y, double h, double amps, double ambientKelvin) {
    if (!lumped) {
      return old[0];
    }
    ThermalData d = cell.thermal().orElseThrow();
    double cooling = d.heatTransferWPerM2Kelvin() * d.coolingAreaM2();
    double c = d.heatCapacityJPerKelvin();
    return (c * old[0] + h * (heat(y, amps) + cooling * ambientKelvin)) / (c + h * cooling);
  }

  /** Forgets the particles: the step or the temperature is another. */
  void forget() {
    Arrays.fill(knownCurrent, Double.NaN);
  }

  /** Lithium in particles, as metal and in the SEI beyond the fresh one, mol. */
  double lithiumMol(double[] y) {
    double sum = 0;
    for (int i = 0; i < nodes; i++) {
      if (isElectrode(i)) {
        ReferenceParticle particle = i < anodeNodes ? anodeParticle : cathodeParticle;
        Electrode e = electrode(i);
        sum += dx[i] * e.activeFraction() * e.maximumConcentration() * particle.mean(y, shell(i));
      }
      if (i < anodeNodes) {
        sum += dx[i] * (y[metal + i] + y[dead + i]);
        if (sei != null) {
          double growth = y[film + i] - sei.initialThicknessM();
          double a = cell.anode().surfaceAreaPerM();
          sum += dx[i] * a * growth * sei.chargePerThickness() / F;
        }
      }
    }
    return sum * cell.electrodeAreaM2();
  }
}
