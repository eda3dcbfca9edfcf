package dev.anodyne.core.protocol;

/** Hears how far a simulation is; called at every output row, on the simulation's thread. */
@FunctionalInterface
public interface SimulationProgress {
  /** Hears nothing. */
  SimulationProgress SILENT = (timeSeconds, share, doing) -> {};

  /**
   * @param timeSeconds simulated time, s
   * @param share a lower bound of what is done, 0–1 (steps done of all steps, or profile time)
   * @param doing the step's text
   */
  void at(double timeSeconds, double share, String doing);
}
