package dev.anodyne.plantsim.pack;

import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.CellLimit;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Groups of parallel cells in series, with a link each: all carry the battery's current, and their
 * voltages add up. A step is tried as often as the regulator asks for it and then accepted once.
 */
final class SeriesString {
  private final ParallelGroup[] groups;
  private final int parallel;
  private final double linkOhms;
  private final boolean[] solvedGroups;
  private @Nullable StepCrew crew;
  private double triedAmps;
  private double triedSeconds;
  private double triedKelvin;
  private double volts;
  private int failedCell = -1;
  private CellLimit failedLimit = CellLimit.NONE;

  SeriesString(PackCell[] cells, PackLayout layout, PackBuild build) {
    parallel = layout.parallel();
    linkOhms = build.linkOhms();
    groups = new ParallelGroup[layout.series()];
    solvedGroups = new boolean[layout.series()];
    for (int s = 0; s < groups.length; s++) {
      PackCell[] members = new PackCell[parallel];
      System.arraycopy(cells, s * parallel, members, 0, parallel);
      groups[s] = new ParallelGroup(members, build.busbarOhms());
    }
    volts = sumVolts(0);
  }

  /** Begins a step: no trial yet, nothing failed. */
  void begin(double dtSeconds) {
    for (ParallelGroup group : groups) {
      group.begin(dtSeconds);
    }
    failedCell = -1;
  }

  /** Lets the groups be tried by several threads; 1 for the caller's alone. */
  void setThreads(int count, ThreadFactory threads) {
    StepCrew old = crew;
    if (old != null) {
      old.close();
    }
    crew = count == 1 ? null : new StepCrew(count - 1, threads, groups.length, this::tryOne);
  }

  /** Tries all groups, by whoever is free; the first one in the string that failed counts. */
  private boolean tryTogether(
      StepCrew helpers, double amps, double dtSeconds, double ambientKelvin) {
    triedAmps = amps;
    triedSeconds = dtSeconds;
    triedKelvin = ambientKelvin;
    helpers.run();
    for (int s = 0; s < groups.length; s++) {
      if (!solvedGroups[s]) {
        failedCell = s * parallel + Math.max(0, groups[s].failedCell());
        failedLimit = groups[s].failedLimit();
        volts = Double.NaN;
        return false;
      }
    }
    volts = sumVolts(amps);
    return true;
  }

  /** Tries the step at a current; false when a cell has no solution there. */
  boolean tryStep(double amps, double dtSeconds, double ambientKelvin) {
    StepCrew helpers = crew;
    if (helpers != null) {
      return tryTogether(helpers, amps, dtSeconds, ambientKelvin);
    }
    boolean solved = true;
    for (int s = 0; s < groups.length && solved; s++) {
      solved = groups[s].tryStep(amps, dtSeconds, ambientKelvin);
      if (!solved) {
        failedCell = s * parallel + Math.max(0, groups[s].failedCell());
        failedLimit = groups[s].failedLimit();
      }
    }
    volts = solved ? sumVolts(amps) : Double.NaN;
    return solved;
  }

  private void tryOne(int group) {
    solvedGroups[group] = groups[group].tryStep(triedAmps, triedSeconds, triedKelvin);
  }

  /** Makes the last trial the cells' state. */
  void accept(double dtSeconds) {
    for (ParallelGroup group : groups) {
      group.accept(dtSeconds);
    }
  }

  private double sumVolts(double amps) {
    double sum = linkOhms * groups.length * amps;
    for (ParallelGroup group : groups) {
      sum += group.volts();
    }
    return sum;
  }

  /** Voltage of the last trial, V; NaN when it had no solution. */
  double volts() {
    return volts;
  }

  /** How the voltage rises with the current over a step, Ω. */
  double ohms() {
    double sum = linkOhms * groups.length;
    for (ParallelGroup group : groups) {
      sum += group.ohms();
    }
    return sum;
  }

  /** A cell was opened or closed: its group shares anew. */
  void forgetDrift(int cellIndex) {
    groups[cellIndex / parallel].forgetDrift();
  }

  /** Which cell had no solution in a trial since the step began. */
  Optional<PackLimit> limit() {
    return failedCell < 0 ? Optional.empty() : Optional.of(new PackLimit(failedCell, failedLimit));
  }

  /** Whether the cell that had none is at the end of a phase. */
  boolean isAtCellLimit() {
    return failedLimit != CellLimit.NONE;
  }
}
