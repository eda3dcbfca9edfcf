package dev.anodyne.core.protocol;

import java.util.List;

/**
 * What a simulation gave.
 *
 * @param table the rows; see {@link SimulationColumns}
 * @param steps how each step ended, in order
 * @param termination how the whole ended
 * @param cycles each pass over the load in figures, the last one even if it was not ended
 */
public record SimulationResult(
    SimulationTable table,
    List<StepOutcome> steps,
    SimulationTermination termination,
    List<CycleSummary> cycles) {
  public SimulationResult {
    steps = List.copyOf(steps);
    cycles = List.copyOf(cycles);
  }
}
