package dev.anodyne.core.protocol;

/** The end of a run at which the cell can no longer do what is asked of it. */
final class Depletion {
  private Depletion() {}

  static SimulationTermination of(CellRun run, RunLog log, String doing) {
    log.row(run.kept(), 1.0, doing);
    return new SimulationTermination(
        SimulationTermination.Kind.DEPLETED,
        "'" + doing + "' ended at " + log.time() + " s: " + PhaseLimits.describe(run.kept()) + ".",
        log.time());
  }
}
