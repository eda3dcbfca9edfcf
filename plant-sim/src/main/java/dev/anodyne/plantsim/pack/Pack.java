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
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
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
  private final CellFactory factory;
  private final PackCell[] cells;
  private final SeriesString string;
  private final Bracket bracket = new Bracket();
  private final HeatPaths heat;
  private final Weakness weakness;
  private final BatteryTerminals terminals = new BatteryTerminals();

  private double timeSeconds;
  private double chargeCurrentAmps;
  private double voltageVolts;
  private boolean regulating;
  private double regulatedMoveAmps;

  /** A battery of ideal build: see {@link PackBuild#IDEAL}. */
  public Pack(
      CellParameters cell,
      P2dOptions options,
      PackLayout layout,
      CellVariation common,
      CellSpread spread,
      double initialSoc,
      Environment environment,
      SplittableGenerator random) {
    this(cell, options, layout, common, spread, PackBuild.IDEAL, initialSoc, environment, random);
  }

  /**
   * Builds the battery at rest at the surroundings' first temperature. The cells' draws of the
   * state of charge are centred, so that the battery's own is exactly the given one.
   *
   * @param cell parameters that all cells have in common
   * @param options physics and resolution of every cell
   * @param layout wiring
   * @param common how all cells differ from the parameters (mismatch, ageing)
   * @param spread how the cells differ from each other
   * @param build conductors, heat between the cells, and how aged each is
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
      PackBuild build,
      double initialSoc,
      Environment environment,
      SplittableGenerator random) {
    if (!(initialSoc >= 0 && initialSoc <= 1)) {
      throw new IllegalArgumentException(
          "Initial state of charge " + initialSoc + " is not between 0 and 1.");
    }
    this.layout = layout;
    CellParameters cooled =
        environment.replacesHeatTransfer()
            ? cell.withHeatTransfer(environment.heatTransferWattsPerM2Kelvin())
            : cell;
    int count = layout.series() * layout.parallel();
    factory = new CellFactory(cooled, options, count);
    double[] offsets =
        HeatPaths.offsets(layout.series(), layout.parallel(), build.ambientGradientKelvin());
    double ambient = environment.ambient().kelvinAt(0.0);
    cells = factory.draw(common, spread, build.ageing(), initialSoc, ambient, offsets, random);
    string = new SeriesString(cells, layout, build);
    heat = new HeatPaths(cells, build, options, offsets);
    weakness = new Weakness(this, factory);
    voltageVolts = string.volts();
  }

  /**
   * One step under a current, or less where the voltage would pass the ceiling. A battery above the
   * ceiling at zero current takes nothing. A charge current at which a cell has no solution (a
   * phase is depleted) counts as above the ceiling; {@link #limit} then tells which cell and why. A
   * discharge has no ceiling and is done as asked, or not at all.
   *
   * @param wantedAmps battery current, A, negative when discharging
   * @param ceilingVolts battery voltage that is held, V; +∞ for none
   * @param dtSeconds length of the step, s
   * @param ambientKelvin temperature of the surroundings, K
   * @return {@link SolveStatus#CELL_LIMIT} when a cell cannot follow a discharge, or when the
   *     battery cannot even rest; nothing has changed then
   */
  public SolveStatus step(
      double wantedAmps, double ceilingVolts, double dtSeconds, double ambientKelvin) {
    string.begin(dtSeconds);
    if (terminals.isShorted()) {
      double amps =
          terminals.tryStep(string, wantedAmps, chargeCurrentAmps, dtSeconds, ambientKelvin);
      return Double.isNaN(amps) ? failure() : accept(amps, false, dtSeconds);
    }
    if (wantedAmps < 0) {
      return string.tryStep(wantedAmps, dtSeconds, ambientKelvin)
          ? accept(wantedAmps, false, dtSeconds)
          : failure();
    }
    double amps = wantedAmps;
    if (regulating) { // close to where the regulator will end: saves a trial in each step
      amps = Math.max(0, Math.min(wantedAmps, chargeCurrentAmps + regulatedMoveAmps));
    }
    bracket.open(wantedAmps);
    for (int trial = 0; trial < MAX_TRIALS; trial++) {
      boolean solved = string.tryStep(amps, dtSeconds, ambientKelvin);
      double excess = solved ? string.volts() - ceilingVolts : Double.POSITIVE_INFINITY;
      boolean underCeiling = excess <= REGULATION_TOLERANCE;
      boolean asMuchAsPossible =
          amps >= wantedAmps || excess >= -REGULATION_TOLERANCE || bracket.isClosedAt(amps);
      if ((underCeiling && asMuchAsPossible) || (solved && amps <= 0)) {
        return accept(amps, amps < wantedAmps, dtSeconds);
      }
      if (amps <= 0) {
        return failure();
      }
      amps = bracket.next(amps, excess, ohms());
    }
    return SolveStatus.NUMERICAL_FAILURE;
  }

  /**
   * Lets several threads step the groups. The result is the same bit for bit, except after a trial
   * in which a cell had no solution: then groups behind it were tried as well, and their next first
   * guess differs. Worth it from some ten groups on.
   *
   * @param count threads in all, at least 1
   * @param threads makes those besides the caller's
   */
  public void setThreads(int count, ThreadFactory threads) {
    if (count < 1) {
      throw new IllegalArgumentException("Threads of a pack: " + count + "; at least 1 is needed.");
    }
    string.setThreads(count, threads);
  }

  private SolveStatus failure() {
    return string.isAtCellLimit() ? SolveStatus.CELL_LIMIT : SolveStatus.NUMERICAL_FAILURE;
  }

  private SolveStatus accept(double amps, boolean held, double dtSeconds) {
    string.accept(dtSeconds);
    heat.exchange(dtSeconds);
    terminals.end(amps, dtSeconds);
    regulatedMoveAmps = held && regulating ? amps - chargeCurrentAmps : 0.0;
    regulating = held;
    chargeCurrentAmps = amps;
    // An open string has no voltage at the terminals.
    voltageVolts = Double.isNaN(string.volts()) ? 0.0 : string.volts();
    timeSeconds += dtSeconds;
    return SolveStatus.OK;
  }

  /** What may be across the terminals beside the charger, and the fuse behind them. */
  public BatteryTerminals terminals() {
    return terminals;
  }

  /** How the battery voltage rises with the current over a step, Ω. */
  public double ohms() {
    return string.ohms();
  }

  /**
   * Puts heat into all cells alike, after a step; cells without thermal data stay as they are.
   *
   * @param joules for the whole battery, J; below 0 when it is cooled
   */
  public void heat(double joules) {
    if (joules == 0.0 || !factory.isThermal()) {
      return;
    }
    for (PackCell cell : cells) {
      cell.heat(joules / cells.length);
    }
  }

  /** Gives every cell another heat transfer coefficient from now on (cooling lost or restored). */
  public void setHeatTransfer(double wattsPerM2Kelvin) {
    factory.setHeatTransfer(wattsPerM2Kelvin);
    P2dModel[] models = factory.models();
    for (int i = 0; i < cells.length; i++) {
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
    factory.vary(cellIndex, variation);
    cells[cellIndex].replaceModel(factory.model(cellIndex));
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

  /**
   * Opens a cell's connection (a fuse or a weld has gone), or closes it. The others of its group
   * take over its current; a group without a connected cell carries none.
   *
   * @param cellIndex series position · parallel + parallel position
   */
  public void setConnected(int cellIndex, boolean connected) {
    cells[cellIndex].setConnected(connected);
    string.forgetDrift(cellIndex);
  }

  /** Whether a cell's connection is closed. */
  public boolean isConnected(int cellIndex) {
    return cells[cellIndex].isConnected();
  }

  /** Resistor across a cell, Ω; +∞ for none. */
  public double internalShortOhms(int cellIndex) {
    return cells[cellIndex].shortOhms();
  }

  /**
   * Gives a cell another way to differ from the parameter set, in place of what it had. Its
   * concentrations stay as they are.
   */
  public void setVariation(int cellIndex, CellVariation variation) {
    factory.setVariation(cellIndex, variation);
    cells[cellIndex].replaceModel(factory.model(cellIndex));
  }

  /** A cell's state of charge as it is now, a shift since the last step included, 0–1. */
  public double trueSoc(int cellIndex) {
    return cells[cellIndex].soc();
  }

  /** Gives a cell another temperature at once, K. */
  public void setTemperature(int cellIndex, double kelvin) {
    if (!(kelvin > 0 && kelvin < 1000)) {
      throw new IllegalArgumentException(
          "Cell temperature " + kelvin + " K is not between 0 and 1000 K.");
    }
    cells[cellIndex].setTemperature(kelvin);
  }

  /** Mean thickness of a cell's SEI, m; 0 without SEI growth. */
  public double seiThicknessM(int cellIndex) {
    return cells[cellIndex].seiThicknessM();
  }

  /**
   * Which cell kept the last step from the current that was asked for; empty when none did (the
   * voltage ceiling may have).
   */
  public Optional<PackLimit> limit() {
    return string.limit();
  }

  /** The cell that is the furthest out in one respect, and why. Allocates: for reports. */
  public WeakCell weakest(WeakCell.Quantity quantity) {
    return weakness.weakest(quantity);
  }

  /**
   * The cell that ends what the battery does now: by anode potential when it charges, by low
   * voltage when it discharges, by state of charge at rest.
   */
  public WeakCell weakest() {
    return weakest(
        chargeCurrentAmps > 0
            ? WeakCell.Quantity.ANODE_POTENTIAL
            : chargeCurrentAmps < 0 ? WeakCell.Quantity.LOW_VOLTAGE : WeakCell.Quantity.LOW_SOC);
  }

  /** How a cell differs the most from the others, in words. Allocates: for reports. */
  public String peculiarity(int cellIndex) {
    return weakness.reason(cellIndex);
  }

  /** How much warmer a cell's surroundings are than the battery's, K. */
  public double ambientOffsetKelvin(int cellIndex) {
    return heat.offsetKelvin(cellIndex);
  }

  public PackLayout layout() {
    return layout;
  }

  public int cellCount() {
    return cells.length;
  }

  /** The true model of a cell as it is now, for oracles. */
  public P2dModel model(int cellIndex) {
    return factory.model(cellIndex);
  }

  /** How a cell differs from the parameter set. */
  public CellVariation variation(int cellIndex) {
    return factory.variation(cellIndex);
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
