package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dOutputs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time, rows and outcomes of a run. Rows fall on whole periods and on the ends of steps. */
final class RunLog {
  /** How far from a whole period an instant counts as it, in periods. */
  private static final double SAME_INSTANT = 1e-9;

  private static final int MEASUREMENTS = 10;

  private final double period;
  private final RemainingCapacity capacity;
  private final SimulationColumns columns;
  private final CellRun run;
  private final SimulationTable table;
  private final DenseOutput dense;
  private final SimulationProgress progress;
  private final CycleMeter meter = new CycleMeter();
  private final @Nullable CapacityTest test;
  private final int cycles;
  private final List<StepOutcome> outcomes = new ArrayList<>();
  private double time;
  private double start;
  private double next;
  private double insideBefore;
  private double lastRowTime = Double.NEGATIVE_INFINITY;

  RunLog(SimulationRequest request, CellRun run, SimulationProgress progress) {
    period = request.periodSeconds();
    capacity = new RemainingCapacity(request.cell());
    columns = new SimulationColumns(request.options().ageing(), request.voltageParts());
    table = new SimulationTable(columns.names());
    dense = new DenseOutput(columns, run, this);
    this.run = run;
    cycles = request.cycles();
    test =
        columns.withAgeing() && cycles > 1
            ? new CapacityTest(run.model(), request.ambientKelvin())
            : null;
    this.progress = progress;
  }

  double time() {
    return time;
  }

  boolean isEmpty() {
    return table.rowCount() == 0;
  }

  /** Keeps the sub-step that the run has tried, with the rows that fall into it. */
  void keep(double share, String doing) {
    double end = time + run.triedSeconds();
    double onPeriod = Math.rint(end / period) * period;
    boolean isDue = Math.abs(end - onPeriod) <= SAME_INSTANT * Math.max(period, end);
    start = time;
    insideBefore = isDue ? onPeriod - 0.5 * period : end;
    next = (Math.floor(time / period * (1 + 1e-12) + SAME_INSTANT) + 1) * period;
    run.prepare();
    meter.add(run);
    if (next < insideBefore) {
      dense.addRows();
    }
    run.keep();
    time = isDue ? onPeriod : end;
    if (isDue) {
      row();
    }
    progress.at(time, share, doing);
  }

  /** The next row inside the sub-step, s after its beginning; +∞ when there is none. */
  double nextRowAfter() {
    return next < insideBefore ? next - start : Double.POSITIVE_INFINITY;
  }

  /** How many rows come before a time after the sub-step's beginning. */
  double rowsBefore(double after) {
    return Math.ceil((Math.min(start + after, insideBefore) - next) / period);
  }

  /** Adds the next row inside the sub-step. */
  void addNext(double[] row) {
    time = next;
    add(row);
    next = (Math.rint(next / period) + 1) * period;
  }

  /** Writes the values at the kept state unless this instant has a row. */
  void row() {
    if (time == lastRowTime) {
      return;
    }
    double[] row = new double[columns.count()];
    columns.fill(run.begin(), row);
    add(row);
  }

  private void add(double[] row) {
    // three tenths are 0.3, not 0.30000000000000004
    row[SimulationColumns.TIME_INDEX] = Math.rint(time * 1e9) / 1e9;
    if (columns.withAgeing()) {
      row[columns.capacityIndex()] = capacity.ampHours(columns.loss(row));
    }
    table.add(row);
    lastRowTime = time;
  }

  /** What is held jumps: the first instant under it counts. */
  void jump() {
    meter.see(run.begin().outputs());
  }

  /** Ends a pass over the load; of many passes, about {@value #MEASUREMENTS} are measured. */
  void endCycle(int cycle) {
    int every = Math.max(1, cycles / MEASUREMENTS);
    boolean measures = cycle == 1 || cycle == cycles || cycle % every == 0;
    P2dOutputs now = run.begin().outputs();
    meter.end(
        time,
        now,
        capacity.ampHours(now.lossToSeiAmpHours + now.lossToPlatingAmpHours),
        test == null || !measures ? Double.NaN : test.ampHours(run));
  }

  /** Why the run has to end after this pass because of its rows; null when it may go on. */
  @Nullable SimulationTermination rowLimit() {
    if (!table.isFull()) {
      return null;
    }
    return new SimulationTermination(
        SimulationTermination.Kind.ROW_LIMIT,
        "Ended after "
            + meter.cycles().size()
            + " of "
            + cycles
            + " cycles with "
            + table.rowCount()
            + " rows, as many as fit. Maybe ask for fewer rows with a longer period.",
        time);
  }

  void outcome(int cycle, int step, String text, double startSeconds, String endedBy) {
    outcomes.add(new StepOutcome(cycle, step, text, startSeconds, time, endedBy));
  }

  /**
   * Closes the run.
   *
   * @param early why it ended before the load did; null when it did not
   */
  SimulationResult close(@Nullable SimulationTermination early) {
    SimulationTermination termination = early;
    if (termination == null) {
      StepOutcome last = outcomes.get(outcomes.size() - 1);
      termination =
          new SimulationTermination(
              SimulationTermination.Kind.COMPLETED,
              "Followed to the end; '" + last.text() + "' ended by " + last.endedBy() + ".",
              time);
    }
    return new SimulationResult(table, outcomes, termination, meter.cycles());
  }
}
