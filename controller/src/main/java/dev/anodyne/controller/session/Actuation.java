package dev.anodyne.controller.session;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.controller.safety.GuardVerdict;
import dev.anodyne.controller.safety.ThermalGuard;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.ThermalCommand;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a decision: the guard's verdict, the session's state, and the commands that fit
 * both. Belongs to the thread that commands; {@link #inForce} may be read on any.
 */
final class Actuation {
  private final Guard guard;
  private final VoltageCeiling ceiling;
  private final SessionStateMachine machine;
  private volatile InForce inForce = InForce.NOTHING;
  private CurrentCommand decided = CurrentCommand.zero(0);
  private GuardVerdict verdict =
      new GuardVerdict(0, 0, GuardReason.AWAITING_DECISION, "No decision yet.");

  Actuation(Guard guard, VoltageCeiling ceiling, SessionStateMachine machine) {
    this.guard = guard;
    this.ceiling = ceiling;
    this.machine = machine;
  }

  /**
   * What a command rests on.
   *
   * @param settings what the charge is to do
   * @param decision what the policy wants for one cell
   * @param limits in force, for one cell
   * @param estimate the belief; null when there is none
   * @param note what the loop itself has to say about a missing decision; empty otherwise
   */
  record Basis(
      SessionSettings settings,
      PolicyDecision decision,
      ChargeLimits limits,
      @Nullable CellEstimate estimate,
      String note) {
    private long validUntilNanos(long nowNanos) {
      return nowNanos + settings.commandValidityNanos();
    }
  }

  /** What is commanded now. */
  InForce inForce() {
    return inForce;
  }

  /** The guard's newest verdict. */
  GuardVerdict verdict() {
    return verdict;
  }

  /**
   * Commands a new decision.
   *
   * @param decidedNanos time of the image that the decision rests on, ns
   */
  void admit(Basis basis, long decidedNanos, ChargerStatus status, long nowNanos) {
    double cellCeiling =
        Math.min(basis.decision().voltageCeilingVolts(), basis.limits().maxVoltageVolts());
    decided =
        new CurrentCommand(
            basis.settings().layout().packAmps(basis.decision().chargeCurrentAmps()),
            ceiling.atTerminals(cellCeiling),
            basis.validUntilNanos(nowNanos));
    verdict = guard.admit(status, wanted(nowNanos), decidedNanos, nowNanos);
    command(basis, status, nowNanos);
  }

  /** Judges what was decided before by a newer image. */
  void recheck(ChargerStatus status, long nowNanos) {
    verdict = guard.recheck(status, wanted(nowNanos), nowNanos);
  }

  /** What was decided, along the ramp of a session that is being stopped. */
  private CurrentCommand wanted(long nowNanos) {
    return machine.state() instanceof SessionState.Stopping stopping
        ? new CurrentCommand(
            Math.min(decided.chargeCurrentAmps(), stopping.allowedAmps(nowNanos)),
            decided.voltageCeilingVolts(),
            decided.validUntilNanos())
        : decided;
  }

  /**
   * Ends the session along a ramp.
   *
   * @param mostAmpsPerSecond the fastest fall that is wished for, A/s
   * @param charger tells the fastest that it can follow
   */
  void stop(String reason, double mostAmpsPerSecond, ChargerCapabilities charger, long nowNanos) {
    double own = charger.maxRampAmpsPerSecond();
    double follows = own > 0 ? own : guard.settings().rampAmpsPerSecond();
    machine.stop(
        reason,
        inForce.current().chargeCurrentAmps(),
        Math.min(mostAmpsPerSecond, follows),
        nowNanos);
  }

  /** State, then the commands that fit it. */
  void command(Basis basis, ChargerStatus status, long nowNanos) {
    machine.next(
        new SessionLook(
            status,
            basis.estimate(),
            basis.limits().targetSoc(),
            basis.decision(),
            verdict,
            basis.note(),
            basis.settings().layout(),
            nowNanos));
    long validUntilNanos = basis.validUntilNanos(nowNanos);
    CurrentCommand current =
        machine.state().mayCommand()
            ? new CurrentCommand(
                verdict.allowedAmps(), verdict.voltageCeilingVolts(), decided.validUntilNanos())
            : CurrentCommand.zero(validUntilNanos);
    inForce = new InForce(current, thermal(basis, status, validUntilNanos));
  }

  private ThermalCommand thermal(Basis basis, ChargerStatus status, long validUntilNanos) {
    PackLayout layout = basis.settings().layout();
    double wanted =
        machine.state().isOver() || machine.state() instanceof SessionState.Stopping
            ? 0.0
            : basis.decision().heatWatts() * layout.series() * layout.parallel();
    return new ThermalGuard(basis.settings().maxCellTemperatureKelvin())
        .admit(status, verdict, wanted, validUntilNanos);
  }
}
