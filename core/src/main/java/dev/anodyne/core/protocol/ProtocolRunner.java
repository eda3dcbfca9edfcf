package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a load on the electrochemical model. The model's steps are at most ten seconds long (and
 * sub-stepped inside where its error asks for it); a step in which an event falls is redone with
 * the length that ends on the event.
 */
public final class ProtocolRunner {
  private final SimulationRequest request;
  private final CellRun run;
  private final RunLog log;

  private ProtocolRunner(SimulationRequest request, SimulationProgress progress) {
    this.request = request;
    P2dModel model = P2dModel.of(request.cell(), request.options());
    run = new CellRun(model, request.initialSoc(), request.ambientKelvin());
    log = new RunLog(request, progress);
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
    }
    return log.close(early);
  }

  private @Nullable SimulationTermination followProtocol(Protocol protocol, int cycle) {
    List<ProtocolStep> steps = protocol.steps();
    double nominal = request.cell().nominalCapacityAmpHours();
    for (int i = 0; i < steps.size(); i++) {
      double share = (cycle - 1 + (double) i / steps.size()) / request.cycles();
      SimulationTermination early =
          new StepFollower(steps.get(i), run, log, nominal).follow(cycle, i + 1, share);
      if (early != null) {
        return early;
      }
    }
    return null;
  }

  private @Nullable SimulationTermination followProfile(CurrentProfile profile, int cycle) {
    double nominal = request.cell().nominalCapacityAmpHours();
    return new ProfileFollower(profile, run, log, nominal).follow(cycle, request.cycles());
  }
}
