package dev.anodyne.plantsim.pack;

import dev.anodyne.core.p2d.CellLimit;
import java.util.Arrays;

/**
 * Cells wired in parallel: one voltage, currents that add up. Currents and cells are solved for the
 * same instant, the end of the step, by Newton's method on the cells' voltages with secant
 * resistances. With busbars of resistance r between neighbours, and the group connected at cell 0,
 *
 * <pre>V_i(I_i) + r Σ_j min(i, j) I_j = V*,   Σ I_i = I
 * V_i ≈ V_i + R_i δI_i,   Σ δI_i = 0</pre>
 *
 * Without busbars V* = Σ(V_i/R_i)/Σ(1/R_i) and δI_i = (V* − V_i)/R_i. Cells repeat a step in the
 * same sub-steps while the currents are searched for, so that the search can go further than the
 * step's own error. The last, small correction moves the cells along the line through their last
 * two trials instead of trying them once more: see {@link PackCell#canMove}.
 */
final class ParallelGroup {
  /** Voltages differ from the common one by less than this: two cells by less than 1 µV. */
  static final double VOLTAGE_TOLERANCE = 4e-7;

  private static final int MAX_ITERATIONS = 25;

  /** How often a current that a cell cannot carry is halved in favour of the others. */
  private static final int MAX_RELIEFS = 12;

  private final PackCell[] cells;
  private final double busbarOhms;
  private final double[] amps;
  private final double[] triedAmps;
  private final double[] accepted;
  private final double[] drift;
  private final double[] bend;
  private final double[] excess;
  private final CurrentSplit split;
  private double sumAmps;
  private double acceptedSum;
  private double driftSum;
  private double bendSum;
  private double driftSeconds;
  private double goOnShare;
  private boolean begun;
  private double volts;
  private int failedCell;

  ParallelGroup(PackCell[] cells, double busbarOhms) {
    this.cells = cells;
    this.busbarOhms = busbarOhms;
    amps = new double[cells.length];
    triedAmps = new double[cells.length];
    accepted = new double[cells.length];
    drift = new double[cells.length];
    bend = new double[cells.length];
    excess = new double[cells.length];
    split = new CurrentSplit(cells.length, busbarOhms);
    volts = restVolts();
  }

  private double restVolts() {
    double sum = 0;
    for (PackCell cell : cells) {
      sum += cell.outputs().voltageVolts;
    }
    return sum / cells.length;
  }

  /** Begins a step: no trial yet. */
  void begin(double dtSeconds) {
    goOnShare = driftSeconds > 0 ? dtSeconds / driftSeconds : 0;
    for (int i = 0; i < cells.length; i++) {
      cells[i].begin();
      amps[i] = accepted[i];
    }
    sumAmps = acceptedSum;
    begun = true;
  }

  /**
   * Before a step's first trial: the currents go on as they did in the last step, or as they did in
   * the last two, where that leads closer to the group's current than standing still does. So under
   * a steady current, on a ramp and towards its end the first trial is mostly the last one.
   */
  private void goOn(double groupAmps) {
    begun = false;
    double change = groupAmps - acceptedSum;
    double straight = goOnShare * driftSum;
    double bent = straight + goOnShare * bendSum;
    boolean isBent =
        Math.abs(change - bent) < Math.min(Math.abs(change - straight), Math.abs(change));
    if (!isBent && Math.abs(change - straight) > Math.abs(change)) {
      return;
    }
    for (int i = 0; i < cells.length; i++) {
      amps[i] += goOnShare * (isBent ? drift[i] + bend[i] : drift[i]);
    }
    sumAmps += isBent ? bent : straight;
  }

  /** Tries the step at the group's current; false when there is no solution. */
  boolean tryStep(double groupAmps, double dtSeconds, double ambientKelvin) {
    failedCell = -1;
    if (begun) {
      goOn(groupAmps);
    }
    shareChange(groupAmps - sumAmps);
    sumAmps = groupAmps;
    if (cells.length == 1) {
      amps[0] = groupAmps; // exactly, without the rounding of a sum of changes
    }
    int reliefs = 0;
    for (int iteration = 0; iteration < MAX_ITERATIONS + reliefs; iteration++) {
      closeSum(groupAmps);
      int failed = tryCells(dtSeconds, ambientKelvin);
      if (failed >= 0) {
        failedCell = failed;
        if (++reliefs > MAX_RELIEFS || !relieve(failed)) {
          forgetSplit(groupAmps);
          return false;
        }
        continue;
      }
      double worst = measureExcess();
      if (worst < VOLTAGE_TOLERANCE) {
        failedCell = -1;
        return true;
      }
      if (worst == Double.POSITIVE_INFINITY) { // every cell is open: nobody carries the current
        forgetSplit(groupAmps);
        return false;
      }
      System.arraycopy(amps, 0, triedAmps, 0, amps.length);
      split.correct(cells, excess, amps);
      closeSum(groupAmps);
      if (canMove()) {
        move();
        return true;
      }
    }
    forgetSplit(groupAmps);
    return false;
  }

  /** True when the correction is so small that no cell needs another trial. */
  private boolean canMove() {
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].canMove(amps[i] - triedAmps[i])) {
        return false;
      }
    }
    return true;
  }

  private void move() {
    for (int i = 0; i < cells.length; i++) {
      cells[i].move(amps[i] - triedAmps[i]);
    }
    measureExcess(); // the common voltage
    failedCell = -1;
  }

  /** The first cell that cannot carry its current; −1 when all can. */
  private int tryCells(double dtSeconds, double ambientKelvin) {
    for (int i = 0; i < cells.length; i++) {
      if (!cells[i].tryStep(amps[i], dtSeconds, ambientKelvin)) {
        return i;
      }
    }
    return -1;
  }

  /** Takes half of a cell's current from it; false when nobody can take it over. */
  private boolean relieve(int failed) {
    double conductance = 0;
    for (int i = 0; i < cells.length; i++) {
      conductance += i == failed ? 0 : cells[i].siemens();
    }
    if (conductance == 0 || !cells[failed].isConnected()) {
      return false;
    }
    double taken = 0.5 * amps[failed];
    for (int i = 0; i < cells.length; i++) {
      amps[i] += i == failed ? -taken : taken * cells[i].siemens() / conductance;
    }
    return true;
  }

  private void shareChange(double changeAmps) {
    double ohms = ohms();
    for (int i = 0; i < cells.length; i++) {
      amps[i] += changeAmps * ohms * cells[i].siemens();
    }
  }

  /** Removes the rounding of many changes from the sum, and the current from open cells. */
  private void closeSum(double groupAmps) {
    double sum = 0;
    double conductance = 0;
    for (int i = 0; i < cells.length; i++) {
      amps[i] = cells[i].isConnected() ? amps[i] : 0;
      sum += amps[i];
      conductance += cells[i].siemens();
    }
    for (int i = 0; i < cells.length && conductance > 0; i++) {
      amps[i] += (groupAmps - sum) * cells[i].siemens() / conductance;
    }
  }

  /** Forgets a split that led nowhere. */
  private void forgetSplit(double groupAmps) {
    System.arraycopy(accepted, 0, amps, 0, amps.length);
    sumAmps = acceptedSum;
    shareChange(groupAmps - sumAmps);
    sumAmps = groupAmps;
  }

  /** How far each connected cell's voltage at the terminals is above the common one. */
  private double measureExcess() {
    double weighted = 0;
    double conductance = 0;
    for (int i = 0; i < cells.length; i++) {
      excess[i] = cells[i].trialVolts() + split.dropVolts(i, amps);
      weighted += excess[i] * cells[i].siemens();
      conductance += cells[i].siemens();
    }
    if (conductance == 0) {
      volts = Double.NaN; // every cell is open
      return sumAmps == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    volts = weighted / conductance;
    double worst = 0;
    for (int i = 0; i < cells.length; i++) {
      excess[i] -= volts;
      worst = cells[i].isConnected() ? Math.max(worst, Math.abs(excess[i])) : worst;
    }
    return worst;
  }

  void accept(double dtSeconds) {
    for (int i = 0; i < cells.length; i++) {
      cells[i].accept(dtSeconds);
    }
    if (!Double.isNaN(volts)) {
      // What is left of the voltages' difference is taken out of the next step's first guess; in
      // the drift it would come back in every step. By halves: the drift repeats it once, and the
      // whole would swing where a resistance was guessed too small. Nearly all steps then need one
      // trial.
      for (int i = 0; i < cells.length; i++) {
        excess[i] *= 0.5;
      }
      split.correct(cells, excess, amps);
    }
    for (int i = 0; i < cells.length; i++) {
      bend[i] = amps[i] - accepted[i] - drift[i];
      drift[i] += bend[i];
      accepted[i] = amps[i];
    }
    bendSum = sumAmps - acceptedSum - driftSum;
    driftSum = sumAmps - acceptedSum;
    driftSeconds = dtSeconds;
    acceptedSum = sumAmps;
  }

  /** Cells that jumped in voltage or were opened share anew. */
  void forgetDrift() {
    Arrays.fill(drift, 0);
    Arrays.fill(bend, 0);
    driftSum = 0;
    bendSum = 0;
  }

  /** Voltage of the last trial at the group's terminals, V. */
  double volts() {
    return volts;
  }

  /** Resistance of the group's cells together, Ω. */
  double ohms() {
    double conductance = 0;
    for (PackCell cell : cells) {
      conductance += cell.siemens();
    }
    return conductance > 0 ? 1.0 / conductance : 0;
  }

  /** Position of the cell that failed in the last trial, −1 for none. */
  int failedCell() {
    return failedCell;
  }

  CellLimit failedLimit() {
    return failedCell < 0 ? CellLimit.NONE : cells[failedCell].limit();
  }
}
