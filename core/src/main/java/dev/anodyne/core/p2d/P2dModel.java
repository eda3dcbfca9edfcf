package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.BadCellException;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrode;
import dev.anodyne.core.cell.PlatingData;
import dev.anodyne.core.cell.SeiData;
import dev.anodyne.core.cell.ThermalData;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The discretised model of one cell. Immutable; share it between threads.
 *
 * <p>Volumes over x (see {@link Grid}), Galerkin modes in the particles (see {@link
 * ParticleModes}), one temperature. The order of a state's raw values is that of {@link
 * StateLayout}.
 */
public final class P2dModel {
  /**
   * A model does not change: whoever asks for the same one again, such as a thousand connectors
   * with one kind of cell, gets the same object while somebody uses it.
   */
  private static final Map<CellParameters, Map<P2dOptions, WeakReference<P2dModel>>> KNOWN =
      new WeakHashMap<>();

  private final CellParameters cell;
  private final P2dOptions options;
  final Grid grid;
  final ParticleModes particle;
  final StateLayout layout;
  final Side anode;
  final Side cathode;

  /** Porosity, transport efficiency and its exponent d ln B/d ln ε at each node, fresh cell. */
  final double[] porosity;

  final double[] transport;
  final double anodeTransportExponent;

  /** Electronic conductance of the face to the right of each node, S/m²; 0 in the separator. */
  final double[] solidRight;

  /** What all electronic faces of a node conduct together, S/m²; 1 in the separator. */
  final double[] solidDiagonal;

  /** (1−t₊)/F, the salt that a unit of interfacial current adds, mol/C. */
  final double saltShare;

  /** Conductance between the first node and the anode's collector, S/m². */
  final double solidAtCollector;

  /** Resistance between the last node and the cathode's collector, Ω·m². */
  final double endResistance;

  /** 2 (1−t₊) TDF R/F, V/K. */
  final double chi;

  final boolean lumped;
  final double heatCapacity;
  final double cooling;
  final @Nullable SeiData sei;
  final @Nullable PlatingData plating;
  final boolean porosityChanges;

  /** Whether anything but intercalation happens at the anode. */
  final boolean sideReactions;

  private P2dModel(CellParameters cell, P2dOptions options) {
    this.cell = cell;
    this.options = options;
    Electrode a = cell.anode();
    Electrode c = cell.cathode();
    grid =
        new Grid(
            options,
            a.thicknessM(),
            cell.separator().thicknessM(),
            c.thicknessM(),
            ANODE_GRADING,
            CATHODE_GRADING);
    particle = new ParticleModes(options.radialUnknowns());
    layout = new StateLayout(grid, particle.count);
    double c0 = cell.electrolyte().initialConcentration();
    anode = new Side(a, 0, grid.anodeNodes, layout.anodeModes, c0);
    cathode = new Side(c, grid.cathodeStart, grid.nodes, layout.cathodeModes, c0);
    porosity = byRegion(a.porosity(), cell.separator().porosity(), c.porosity());
    transport =
        byRegion(
            a.transportEfficiency(),
            cell.separator().transportEfficiency(),
            c.transportEfficiency());
    anodeTransportExponent =
        a.porosity() < 1 ? Math.log(a.transportEfficiency()) / Math.log(a.porosity()) : 1;
    solidRight = solidConductances(a.conductivity(), c.conductivity());
    solidAtCollector = 2 * a.conductivity() / grid.width[0];
    solidDiagonal = solidDiagonal();
    saltShare = (1 - cell.electrolyte().transferenceNumber()) / Constants.FARADAY;
    endResistance = grid.width[grid.nodes - 1] / (2 * c.conductivity());
    chi =
        2
            * (1 - cell.electrolyte().transferenceNumber())
            * cell.electrolyte().thermodynamicFactor()
            * Constants.GAS
            / Constants.FARADAY;
    lumped = options.thermal() == P2dOptions.Thermal.LUMPED;
    ThermalData thermal = lumped ? requireThermal(cell) : new ThermalData(1, 0, 0);
    heatCapacity = thermal.heatCapacityJPerKelvin();
    cooling = thermal.heatTransferWPerM2Kelvin() * thermal.coolingAreaM2();
    P2dOptions.Ageing ageing = options.ageing();
    porosityChanges = ageing == P2dOptions.Ageing.FULL;
    sei =
        ageing == P2dOptions.Ageing.SEI || porosityChanges
            ? cell.sei().orElseThrow(() -> lacks(cell, "SEI", cell.missingSeiKeys(), ageing))
            : null;
    plating =
        ageing == P2dOptions.Ageing.PLATING || porosityChanges
            ? cell.plating()
                .orElseThrow(() -> lacks(cell, "plating", cell.missingPlatingKeys(), ageing))
            : null;
    sideReactions = sei != null || plating != null;
  }

  private static final double ANODE_GRADING = 0.8;
  private static final double CATHODE_GRADING = 0;

  /**
   * Builds the model of a cell.
   *
   * @throws BadCellException when the cell lacks data that the options need
   */
  public static P2dModel of(CellParameters cell, P2dOptions options) {
    synchronized (KNOWN) {
      Map<P2dOptions, WeakReference<P2dModel>> ofCell =
          KNOWN.computeIfAbsent(cell, unused -> new HashMap<>());
      WeakReference<P2dModel> known = ofCell.get(options);
      P2dModel model = known == null ? null : known.get();
      if (model == null) {
        model = new P2dModel(cell, options);
        ofCell.put(options, new WeakReference<>(model));
      }
      return model;
    }
  }

  private static ThermalData requireThermal(CellParameters cell) {
    return cell.thermal()
        .orElseThrow(
            () ->
                new BadCellException(
                    "cell "
                        + cell.name()
                        + " has no thermal data; allowed: isothermal."
                        + "\nMaybe use --thermal isothermal."));
  }

  private static BadCellException lacks(
      CellParameters cell, String what, List<String> keys, P2dOptions.Ageing ageing) {
    return new BadCellException(
        "cell "
            + cell.name()
            + " has no "
            + what
            + " data, which ageing "
            + ageing.name().toLowerCase(java.util.Locale.ROOT)
            + " needs; missing: "
            + String.join(", ", keys)
            + ".\nMaybe add them under User-defined, choose ageing none, or the cell lgm50.");
  }

  private double[] byRegion(double inAnode, double inSeparator, double inCathode) {
    double[] v = new double[grid.nodes];
    Arrays.fill(v, 0, grid.anodeNodes, inAnode);
    Arrays.fill(v, grid.anodeNodes, grid.cathodeStart, inSeparator);
    Arrays.fill(v, grid.cathodeStart, grid.nodes, inCathode);
    return v;
  }

  private double[] solidConductances(double anodeConductivity, double cathodeConductivity) {
    double[] s = new double[grid.nodes];
    for (int i = 0; i < grid.nodes - 1; i++) {
      if (i < grid.anodeNodes - 1 || i >= grid.cathodeStart) {
        double sigma = i < grid.anodeNodes ? anodeConductivity : cathodeConductivity;
        s[i] = 2 * sigma / (grid.width[i] + grid.width[i + 1]);
      }
    }
    return s;
  }

  private double[] solidDiagonal() {
    double[] d = new double[grid.nodes];
    for (int i = 0; i < grid.nodes; i++) {
      boolean separator = i >= grid.anodeNodes && i < grid.cathodeStart;
      d[i] = separator ? 1 : (i == 0 ? solidAtCollector : solidRight[i - 1]) + solidRight[i];
    }
    return d;
  }

  public CellParameters cell() {
    return cell;
  }

  public P2dOptions options() {
    return options;
  }

  /** A cell at rest. */
  public P2dState newState(double soc, double temperatureKelvin) {
    P2dState state = new P2dState(layout.size);
    initialise(state, soc, temperatureKelvin);
    return state;
  }

  /** Puts an existing state at rest. */
  public void initialise(P2dState state, double soc, double temperatureKelvin) {
    initialiseStoichiometries(
        state, cell.anodeStoichiometry(soc), cell.cathodeStoichiometry(soc), temperatureKelvin);
  }

  /**
   * Puts an existing state at rest with given stoichiometries, whatever lithium that is.
   *
   * @param state Modified.
   */
  public void initialiseStoichiometries(
      P2dState state, double anodeX, double cathodeX, double temperatureKelvin) {
    double[] y = state.values();
    Arrays.fill(y, 0);
    y[StateLayout.T] = temperatureKelvin;
    double c0 = cell.electrolyte().initialConcentration();
    Arrays.fill(y, StateLayout.C, StateLayout.C + grid.nodes, c0);
    Arrays.fill(y, layout.anodeModes, layout.anodeModes + grid.anodeNodes, anodeX);
    Arrays.fill(y, layout.cathodeModes, layout.cathodeModes + grid.cathodeNodes, cathodeX);
    double dT = temperatureKelvin - cell.referenceKelvin();
    double un = cell.anode().openCircuitVolts(anodeX) + dT * anode.entropic.value(anodeX);
    double up = cell.cathode().openCircuitVolts(cathodeX) + dT * cathode.entropic.value(cathodeX);
    Arrays.fill(y, layout.phiE, layout.phiE + grid.nodes, -un);
    Arrays.fill(y, layout.phiS + cathode.from, layout.phiS + cathode.to, up - un);
    Arrays.fill(
        y, layout.sei, layout.sei + grid.anodeNodes, sei == null ? 0 : sei.initialThicknessM());
  }

  public P2dWorkspace newWorkspace() {
    return new P2dWorkspace(this);
  }

  /** State of charge from the anode's mean stoichiometry, 0–1. */
  public double soc(P2dState state) {
    return cell.socOfAnode(anodeStoichiometry(state));
  }

  /** Volume mean of the anode's stoichiometry. */
  public double anodeStoichiometry(P2dState state) {
    return mean(state.values(), anode);
  }

  /** Volume mean of the cathode's stoichiometry. */
  public double cathodeStoichiometry(P2dState state) {
    return mean(state.values(), cathode);
  }

  double mean(double[] y, Side side) {
    double sum = 0;
    double total = 0;
    for (int i = side.from; i < side.to; i++) {
      sum += grid.width[i] * y[side.modes + i - side.from];
      total += grid.width[i];
    }
    return sum / total;
  }

  /**
   * Moves lithium from cathode to anode by a change of state of charge; profiles keep their shape.
   */
  public void shiftSoc(P2dState state, double deltaSoc) {
    double[] y = state.values();
    double dx = cell.anodeStoichiometry(deltaSoc) - cell.anodeStoichiometry(0);
    double dy = cell.cathodeStoichiometry(deltaSoc) - cell.cathodeStoichiometry(0);
    for (int i = 0; i < grid.anodeNodes; i++) {
      y[layout.anodeModes + i] += dx;
    }
    for (int i = 0; i < grid.cathodeNodes; i++) {
      y[layout.cathodeModes + i] += dy;
    }
  }

  /**
   * Reads the values of a state that a stepper has left, or one on a line between two such states.
   *
   * @param state Not modified.
   * @param outputs Modified.
   */
  public void read(P2dState state, P2dOutputs outputs) {
    OutputReader.read(this, state.values(), outputs);
  }

  public double temperatureKelvin(P2dState state) {
    return state.values()[StateLayout.T];
  }

  public void setTemperatureKelvin(P2dState state, double temperatureKelvin) {
    state.values()[StateLayout.T] = temperatureKelvin;
  }

  /** Volume mean of the SEI's thickness, m; 0 for a model without SEI growth. */
  public double seiThicknessM(P2dState state) {
    if (sei == null) {
      return 0;
    }
    double[] y = state.values();
    double sum = 0;
    double total = 0;
    for (int i = 0; i < grid.anodeNodes; i++) {
      sum += grid.width[i] * y[layout.sei + i];
      total += grid.width[i];
    }
    return sum / total;
  }

  /** Current of the last step, A, positive when charging. */
  public double chargeCurrentAmps(P2dState state) {
    return state.values()[layout.current];
  }

  /** Lithium in the particles, the SEI beyond the fresh one, and as metal, mol. */
  public double lithiumMol(P2dState state) {
    double[] y = state.values();
    double particles = sites(anode) * mean(y, anode) + sites(cathode) * mean(y, cathode);
    return particles
        + (SideLoss.platingAmpHours(this, y) + SideLoss.seiAmpHours(this, y))
            * 3600
            / Constants.FARADAY;
  }

  private double sites(Side side) {
    return side.electrode.siteCapacityAmpHours(cell.electrodeAreaM2()) * 3600 / Constants.FARADAY;
  }

  /** Salt in the electrolyte, mol. */
  public double electrolyteSaltMol(P2dState state) {
    double[] y = state.values();
    double sum = 0;
    for (int i = 0; i < grid.nodes; i++) {
      sum += grid.width[i] * porosityAt(y, i) * y[StateLayout.C + i];
    }
    return sum * cell.electrodeAreaM2();
  }

  /** Porosity with what the side reactions have filled. */
  double porosityAt(double[] y, int i) {
    if (!porosityChanges || i >= grid.anodeNodes || sei == null || plating == null) {
      return porosity[i];
    }
    return porosity[i]
        - anode.area * (y[layout.sei + i] - sei.initialThicknessM())
        - plating.molarVolumeM3() * (y[layout.plated + i] + y[layout.dead + i]);
  }
}
