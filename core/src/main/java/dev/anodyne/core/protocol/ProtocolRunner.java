package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a load on the electrochemical model. The model runs freely, in sub-steps as long as its
 * error control allows. Steps of a protocol and points of a profile begin a sub-step; one in which
 * an event falls is redone so that it ends on the event; rows inside a sub-step are interpolated
 * from the values and rates of change at its ends.
 */
public final class ProtocolRunner {
  private final SimulationRequest request;
  private final CellRun run;
  private final RunLog log;

  private ProtocolRunner(SimulationRequest request, SimulationProgress progress) {
    this.request = request;
    P2dModel model = P2dModel.of(request.cell(), request.options());
    run = new CellRun(model, request.initialSoc(), request.ambientKelvin(), request.voltageParts());
    log = new RunLog(request, run, progress);
  }

  /**
   * Runs a simulation to its end.
   *
   * @param progress hears how far it is
   * @return rows and how it ended; a depleted phase is an end, not an error
   */
  public static SimulationResult run(SimulationRequest request, SimulationProgress progress) {
    return new ProtocolRunner(request, progress).run();
  }

  /** Runs a simulation to its end without reporting progress. */
  public static SimulationResult run(SimulationRequest request) {
    return run(request, SimulationProgress.SILENT);
  }

  private SimulationResult run() {
    SimulationTermination early = null;
    for (int cycle = 1; cycle <= request.cycles() && early == null; cycle++) {
      early =
          request.load() instanceof Protocol protocol
              ? followProtocol(protocol, cycle)
              : followProfile((CurrentProfile) request.load(), cycle);
      log.endCycle(cycle);
      if (early == null && cycle < request.cycles()) {
        early = log.rowLimit();
      }
    }
    return log.close(early);
  }

  private @Nullable SimulationTermination followProtocol(Protocol protocol, int cycle) {
    List<ProtocolStep> steps = protocol.steps();
    double nominal = request.cell().nominalCapacityAmpHours();
    for (int i = 0; i < steps.size(); i++) {
      double part = 1.0 / steps.size() / request.cycles();
      double share = ((cycle - 1) * steps.size() + i) * part;
      SimulationTermination early =
          new StepFollower(steps.get(i), run, log, nominal).follow(cycle, i + 1, share, part);
      if (early != null) {
        return early;
      }
    }
    return null;
  }

  private @Nullable SimulationTermination followProfile(CurrentProfile profile, int cycle) {
    return new ProfileFollower(profile, run, log).follow(cycle, request.cycles());
  }
}
