package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.CellLimit;

/** The end of a run at which the cell can no longer do what is asked of it. */
final class Depletion {
  private Depletion() {}

  static SimulationTermination of(CellRun run, RunLog log, String doing) {
    log.row();
    return new SimulationTermination(
        kind(run.limit()),
        "'" + doing + "' ended at " + log.time() + " s: " + words(run.limit()) + ".",
        log.time());
  }

  private static SimulationTermination.Kind kind(CellLimit limit) {
    return switch (limit) {
      case NONE -> SimulationTermination.Kind.NUMERICAL_FAILURE;
      case TEMPERATURE -> SimulationTermination.Kind.TEMPERATURE_LIMIT;
      case VOLTAGE, UNREACHABLE -> SimulationTermination.Kind.LOAD_LIMIT;
      default -> SimulationTermination.Kind.DEPLETED;
    };
  }

  private static String words(CellLimit limit) {
    return limit == CellLimit.NONE ? "the equations could not be solved" : limit.describe();
  }
}
