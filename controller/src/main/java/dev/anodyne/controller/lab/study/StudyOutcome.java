package dev.anodyne.controller.lab.study;

import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.controller.lab.TraceRow;
import java.util.List;

/**
 * The figures of one charge.
 *
 * @param sessions earlier ones that the controller knew the battery from; 0: none
 * @param reached whether the target was reached
 * @param minutes it took
 * @param lowestVolts lowest true anode potential, V
 * @param exposureVoltSeconds ∫ max(0, −anode potential) dt, V·s
 * @param lowest row of the trace at the decision before the lowest anode potential
 * @param gapVolts median of truth minus bound while the bound was within 5 mV of 0 V; NaN: never
 * @param rmseVolts of the anode potential after the first minute
 */
record StudyOutcome(
    int sessions,
    boolean reached,
    double minutes,
    double lowestVolts,
    double exposureVoltSeconds,
    TraceRow lowest,
    double gapVolts,
    double rmseVolts) {
  private static final double RIDING_VOLTS = 5e-3;

  static StudyOutcome of(int sessions, RunResult run) {
    List<TraceRow> trace = run.trace();
    TraceRow lowest = trace.get(0);
    for (TraceRow row : trace) {
      lowest = row.anodePotentialVolts() < lowest.anodePotentialVolts() ? row : lowest;
    }
    double[] gaps =
        trace.stream()
            .filter(r -> Math.abs(r.anodePotentialLowerBoundVolts()) < RIDING_VOLTS)
            .mapToDouble(r -> r.anodePotentialVolts() - r.anodePotentialLowerBoundVolts())
            .sorted()
            .toArray();
    return new StudyOutcome(
        sessions,
        run.reached(),
        run.summary().minutes(),
        run.summary().minAnodePotentialVolts(),
        run.summary().platingExposureVoltSeconds(),
        lowest,
        gaps.length == 0 ? Double.NaN : gaps[gaps.length / 2],
        run.summary().estimatorRmseMillivolts() * 1e-3);
  }
}
