package dev.anodyne.plantsim.pack;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.plantsim.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * A battery of P2D cells: groups of parallel cells in series, each cell with its own parameters and
 * state. Series groups carry the same current; parallel cells share it at equal voltage. The cells
 * are stepped one after the other, so a run repeats bit for bit. Not thread-safe.
 */
public final class Pack {
  /** The regulator's accuracy at the ceiling, V. */
  private static final double REGULATION_TOLERANCE = 1e-4;

  private static final int MAX_TRIALS = 40;

  private final PackLayout layout;
  private final P2dOptions options;
  private final CellVariation[] variations;
  private final PackCell[] cells;
  private final ParallelGroup[] groups;

  private CellParameters cooledCell;
  private double timeSeconds;
  private double chargeCurrentAmps;
  private double voltageVolts;
  private double trialVolts;
  private boolean regulating;
  private double regulatedMoveAmps;

  /**
   * Builds the battery at rest at the surroundings' first temperature. The cells' draws of the
   * state of charge are centred, so that the battery's own is exactly the given one.
   *
   * @param cell parameters that all cells have in common
   * @param options physics and resolution of every cell
   * @param layout wiring
   * @param common how all cells differ from the parameters (mismatch, ageing)
   * @param spread how the cells differ from each other
   * @param initialSoc state of charge of the battery, 0–1
   * @param environment temperature and heat transfer
   * @param random fixes all draws
   */
  public Pack(
      CellParameters cell,
      P2dOptions options,
      PackLayout layout,
      CellVariation common,
      CellSpread spread,
      double initialSoc,
      Environment environment,
      SplittableGenerator random) {
    if (!(initialSoc >= 0 && initialSoc <= 1)) {
      throw new IllegalArgumentException(
          "Initial state of charge " + initialSoc + " is not between 0 and 1.");
    }
    this.layout = layout;
    this.options = options;
    cooledCell =
        environment.replacesHeatTransfer()
            ? cell.withHeatTransfer(environment.heatTransferWattsPerM2Kelvin())
            : cell;
    int count = layout.series() * layout.parallel();
    CellSpread.Draw[] draws = new CellSpread.Draw[count];
    double meanDeltaSoc = 0;
    for (int i = 0; i < count; i++) {
      draws[i] = spread.draw(random.split());
      meanDeltaSoc += draws[i].deltaSoc() / count;
    }
    variations = new CellVariation[count];
    cells = new PackCell[count];
    double ambient = environment.ambient().kelvinAt(0.0);
    P2dModel[] models = new P2dModel[count];
    for (int i = 0; i < count; i++) {
      variations[i] = CellMismatch.combine(common, draws[i].variation());
      models[i] = modelOf(i, models);
      double soc = initialSoc + draws[i].deltaSoc() - meanDeltaSoc;
      cells[i] =
          new PackCell(models[i], Math.max(0, Math.min(1, soc)), ambient + draws[i].deltaKelvin());
    }
    groups = wire();
    trialVolts = sumVolts();
    voltageVolts = trialVolts;
  }

  /** Cells with equal parameters share one immutable model. */
  private P2dModel modelOf(int i, P2dModel[] models) {
    if (i > 0 && variations[i].equals(variations[i - 1])) {
      return models[i - 1];
    }
    return P2dModel.of(cooledCell.with(variations[i]), options);
  }

  private ParallelGroup[] wire() {
    ParallelGroup[] wired = new ParallelGroup[layout.series()];
    for (int s = 0; s < wired.length; s++) {
      PackCell[] members = new PackCell[layout.parallel()];
      System.arraycopy(cells, s * layout.parallel(), members, 0, members.length);
      wired[s] = new ParallelGroup(members);
    }
    return wired;
  }

  /**
   * One step under a current, or less where the voltage would pass the ceiling. A battery above the
   * ceiling at zero current takes nothing. A current at which a cell has no solution (a phase is
   * depleted) counts as above the ceiling.
   *
   * @param wantedAmps battery current, A, ≥ 0
   * @param ceilingVolts battery voltage that is held, V; +∞ for none
   * @param dtSeconds length of the step, s
   * @param ambientKelvin temperature of the surroundings, K
   * @return not usable when the battery cannot even rest; nothing has changed then
   */
  public SolveStatus step(
      double wantedAmps, double ceilingVolts, double dtSeconds, double ambientKelvin) {
    for (ParallelGroup group : groups) {
      group.begin();
    }
    double amps = wantedAmps;
    if (regulating) { // close to where the regulator will end: saves a trial in each step
      amps = Math.max(0, Math.min(wantedAmps, chargeCurrentAmps + regulatedMoveAmps));
    }
    Bracket bracket = new Bracket(wantedAmps);
    for (int trial = 0; trial < MAX_TRIALS; trial++) {
      boolean solved = tryStep(amps, dtSeconds, ambientKelvin);
      double excess = solved ? trialVolts - ceilingVolts : Double.POSITIVE_INFINITY;
      boolean underCeiling = excess <= REGULATION_TOLERANCE;
      boolean asMuchAsPossible =
          amps >= wantedAmps || excess >= -REGULATION_TOLERANCE || bracket.isClosedAt(amps);
      if ((underCeiling && asMuchAsPossible) || (solved && amps <= 0)) {
        return accept(amps, amps < wantedAmps, dtSeconds);
      }
      if (amps <= 0) {
        return SolveStatus.NUMERICAL_FAILURE;
      }
      amps = bracket.next(amps, excess, ohms());
    }
    return SolveStatus.NUMERICAL_FAILURE;
  }

  private SolveStatus accept(double amps, boolean held, double dtSeconds) {
    for (ParallelGroup group : groups) {
      group.accept(dtSeconds);
    }
    regulatedMoveAmps = held && regulating ? amps - chargeCurrentAmps : 0.0;
    regulating = held;
    chargeCurrentAmps = amps;
    voltageVolts = trialVolts;
    timeSeconds += dtSeconds;
    return SolveStatus.OK;
  }

  private boolean tryStep(double amps, double dtSeconds, double ambientKelvin) {
    boolean solved = true;
    for (int s = 0; s < groups.length && solved; s++) {
      solved = groups[s].tryStep(amps, dtSeconds, ambientKelvin);
    }
    trialVolts = solved ? sumVolts() : Double.NaN;
    return solved;
  }

  private double sumVolts() {
    double sum = 0;
    for (ParallelGroup group : groups) {
      sum += group.volts();
    }
    return sum;
  }

  /** How the battery voltage rises with the current over a step, Ω. */
  public double ohms() {
    double sum = 0;
    for (ParallelGroup group : groups) {
      sum += group.ohms();
    }
    return sum;
  }

  /** Gives every cell another heat transfer coefficient from now on (cooling lost or restored). */
  public void setHeatTransfer(double wattsPerM2Kelvin) {
    cooledCell = cooledCell.withHeatTransfer(wattsPerM2Kelvin);
    P2dModel[] models = new P2dModel[cells.length];
    for (int i = 0; i < cells.length; i++) {
      models[i] = modelOf(i, models);
      cells[i].replaceModel(models[i]);
    }
  }

  /**
   * Changes one cell in place, on top of how it differs already: a resistance that has grown, a
   * cell that plates early. Its concentrations stay as they are.
   *
   * @param cellIndex series position · parallel + parallel position
   */
  public void disturb(int cellIndex, CellVariation variation) {
    variations[cellIndex] = CellMismatch.combine(variations[cellIndex], variation);
    cells[cellIndex].replaceModel(P2dModel.of(cooledCell.with(variations[cellIndex]), options));
  }

  /**
   * Charges or discharges one cell at once, profiles keeping their shape: an imbalance.
   *
   * @param cellIndex series position · parallel + parallel position
   * @param deltaSoc change of its state of charge
   */
  public void shiftSoc(int cellIndex, double deltaSoc) {
    cells[cellIndex].shiftSoc(deltaSoc);
  }

  /**
   * Puts a resistor across a cell, inside the battery: a soft or hard internal short circuit. Its
   * current follows the cell's voltage at the start of each step.
   *
   * @param cellIndex series position · parallel + parallel position
   * @param ohms its resistance, Ω, above 0; +∞ removes it
   */
  public void setInternalShort(int cellIndex, double ohms) {
    if (!(ohms > 0)) {
      throw new IllegalArgumentException("Internal short " + ohms + " Ω must be above 0 Ω.");
    }
    cells[cellIndex].setShortOhms(ohms);
  }

  public PackLayout layout() {
    return layout;
  }

  public int cellCount() {
    return cells.length;
  }

  /** How a cell differs from the parameter set. */
  public CellVariation variation(int cellIndex) {
    return variations[cellIndex];
  }

  /** Live values of one cell, overwritten by later steps; read at once, never keep. */
  public P2dOutputs outputs(int cellIndex) {
    return cells[cellIndex].outputs();
  }

  /** ∫ max(0, −anode potential) dt of one cell, V·s. */
  public double platingExposureVoltSeconds(int cellIndex) {
    return cells[cellIndex].exposureVoltSeconds();
  }

  public double chargeCurrentAmps() {
    return chargeCurrentAmps;
  }

  public double voltageVolts() {
    return voltageVolts;
  }

  public double timeSeconds() {
    return timeSeconds;
  }

  /** True when the last step was held at the voltage ceiling. */
  public boolean isAtCeiling() {
    return regulating;
  }

  /** Mean of the cells' states of charge, 0–1. */
  public double soc() {
    double sum = 0;
    for (PackCell cell : cells) {
      sum += cell.outputs().soc;
    }
    return sum / cells.length;
  }

  /** The whole truth at this instant. */
  public PackState state() {
    List<CellState> states = new ArrayList<>(cells.length);
    for (PackCell cell : cells) {
      states.add(cell.state());
    }
    return PackState.of(timeSeconds, chargeCurrentAmps, voltageVolts, states);
  }
}
