package dev.anodyne.core.protocol;

import java.util.List;

/**
 * What a simulation gave.
 *
 * @param table the rows; see {@link SimulationColumns}
 * @param steps how each step ended, in order
 * @param termination how the whole ended
 */
public record SimulationResult(
    SimulationTable table, List<StepOutcome> steps, SimulationTermination termination) {
  public SimulationResult {
    steps = List.copyOf(steps);
  }
}
