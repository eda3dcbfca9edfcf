package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time, rows and outcomes of a run. Rows fall on whole periods and on the ends of steps. */
final class RunLog {
  private final double period;
  private final boolean withAgeing;
  private final RemainingCapacity capacity;
  private final SimulationTable table;
  private final SimulationProgress progress;
  private final List<StepOutcome> outcomes = new ArrayList<>();
  private double time;
  private double lastRowTime = Double.NEGATIVE_INFINITY;

  RunLog(SimulationRequest request, SimulationProgress progress) {
    period = request.periodSeconds();
    withAgeing = request.options().ageing() != P2dOptions.Ageing.NONE;
    capacity = new RemainingCapacity(request.cell());
    table = new SimulationTable(SimulationColumns.of(request.options().ageing()));
    this.progress = progress;
  }

  double time() {
    return time;
  }

  boolean isEmpty() {
    return table.rowCount() == 0;
  }

  /** The next whole period, s. */
  double nextRowTime() {
    return (Math.floor(time / period * (1 + 1e-12) + 1e-9) + 1) * period;
  }

  /** Moves time on, exactly onto the next row's time when the step was cut to meet it. */
  void advance(double dtSeconds) {
    double row = nextRowTime();
    time = Math.abs(time + dtSeconds - row) < 1e-9 * period ? row : time + dtSeconds;
  }

  boolean isRowDue() {
    return Math.abs(Math.rint(time / period) * period - time) <= 1e-9 * Math.max(period, time);
  }

  /** Writes a row unless this instant has one. */
  void row(P2dOutputs outputs, double share, String doing) {
    if (time == lastRowTime) {
      return;
    }
    double left =
        withAgeing
            ? capacity.ampHours(outputs.lossToSeiAmpHours + outputs.lossToPlatingAmpHours)
            : Double.NaN;
    double rounded = Math.rint(time * 1e9) / 1e9; // three tenths are 0.3, not 0.30000000000000004
    table.add(SimulationColumns.row(rounded, outputs, withAgeing, left));
    lastRowTime = time;
    progress.at(time, share, doing);
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
    return new SimulationResult(table, outcomes, termination);
  }
}
