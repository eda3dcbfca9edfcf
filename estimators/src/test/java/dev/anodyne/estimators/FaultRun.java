package dev.anodyne.estimators;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.twin.SimulatedPack;

/**
 * A charge in closed loop with a fault in the middle: a rider holds the estimated bound of the
 * anode potential, lets go when there is no estimate, and so does to the cell what a wrong estimate
 * makes a controller do.
 */
final class FaultRun {
  private static final double GOAL_VOLTS = 0.005;
  private static final double MOST_C_RATE = 2.5;
  private static final int REST_SECONDS = 40;
  private static final double RAMP_C_PER_SECOND = 0.25;

  /** Bounds are calibrated for where the anode potential is within this of plating, V. */
  private static final double NEAR_VOLTS = 0.030;

  /**
   * By this much a bound that holds in 99 of 100 charges may miss without any fault, in a charge
   * that is interrupted; what faults did before they were noticed was 11 mV and more.
   */
  private static final double MISS_VOLTS = 0.006;

  /** Samples with a valid, in-range estimate whose bound was above the truth. */
  int silent;

  /** By how much at most, V. */
  double worstVolts;

  int firstSilent = -1;
  int refused;
  int flagged;
  int flaggedAbove;

  /** Seconds after the end of the fault until estimates stay valid. */
  int recoverySeconds;

  /** Seconds after the end of the fault until estimates stay in range. */
  int inRangeSeconds;

  double lowestVolts = Double.POSITIVE_INFINITY;
  double endSoc;

  /** Runs until {@code afterSeconds} after a fault of {@code from ≤ t < to}. */
  static FaultRun of(
      String name,
      Fault fault,
      CellParameters cell,
      int series,
      double kelvin,
      long seed,
      int from,
      int to,
      int afterSeconds) {
    FaultRun run = new FaultRun();
    SimulatedPack pack = new SimulatedPack(cell, series, 0.25, kelvin, seed);
    StateEstimator estimator = Estimators.create(name, cell, pack.layout, EstimatorOptions.DEFAULT);
    run.charge(estimator, fault, pack, cell, from, to, afterSeconds);
    return run;
  }

  private void charge(
      StateEstimator estimator,
      Fault fault,
      SimulatedPack pack,
      CellParameters cell,
      int from,
      int to,
      int afterSeconds) {
    double capacity = cell.nominalCapacityAmpHours();
    double amps = 0;
    Measurement before = null;
    Measurement first = null;
    int lastRefused = to - 1;
    int lastFlagged = to - 1;
    for (int t = 0; t < to + afterSeconds; t++) {
      Measurement m = fault.healthy(pack.step(amps, 1));
      boolean faulty = t >= from && t < to;
      first = t == Math.max(0, from - 1) ? m : first;
      Measurement arrives = faulty ? fault.apply(m, first == null ? m : first, before, t) : m;
      before = m;
      double wanted = amps;
      if (arrives != null) {
        CellEstimate e = estimator.update(arrives, new CurrentCommand(amps, 4.2, Long.MAX_VALUE));
        judge(e, pack.anodePotentialVolts(), t);
        lastRefused = t >= to && !e.valid() ? t : lastRefused;
        lastFlagged = t >= to && !(e.valid() && e.inRange()) ? t : lastFlagged;
        wanted = t < REST_SECONDS ? 0 : next(e, amps, capacity, m);
      }
      amps = wanted;
      lowestVolts = Math.min(lowestVolts, pack.anodePotentialVolts());
    }
    recoverySeconds = lastRefused + 1 - to;
    inRangeSeconds = lastFlagged + 1 - to;
    endSoc = pack.soc();
  }

  private void judge(CellEstimate e, double truth, int t) {
    if (!e.valid()) {
      refused++;
      return;
    }
    double above = e.anodePotentialLowerBoundVolts() - truth;
    if (!e.inRange()) {
      flagged++;
      flaggedAbove += above > 0 ? 1 : 0;
    } else if (above > MISS_VOLTS && truth < NEAR_VOLTS) {
      silent++;
      worstVolts = Math.max(worstVolts, above);
      firstSilent = firstSilent < 0 ? t : firstSilent;
    }
  }

  private static double next(CellEstimate e, double amps, double capacity, Measurement m) {
    if (!e.valid()) {
      return 0;
    }
    double ramp = RAMP_C_PER_SECOND * capacity;
    double room =
        Math.min(e.anodePotentialLowerBoundVolts() - GOAL_VOLTS, 4.15 - m.maxCellVoltageVolts());
    double change = Math.max(-4 * ramp, Math.min(ramp, 40 * room * capacity / 5));
    return Math.max(0, Math.min(MOST_C_RATE * capacity, amps + change));
  }

  @Override
  public String toString() {
    return String.format(
        java.util.Locale.ROOT,
        "silent %d (worst %.1f mV, first at %d s), refused %d, flagged %d (%d above), valid"
            + " after %d s, in range after %d s, lowest %.1f mV, SoC %.3f",
        silent,
        1e3 * worstVolts,
        firstSilent,
        refused,
        flagged,
        flaggedAbove,
        recoverySeconds,
        inRangeSeconds,
        1e3 * lowestVolts,
        endSoc);
  }
}
