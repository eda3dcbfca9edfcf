package dev.anodyne.controller.session;

import dev.anodyne.controller.safety.GuardVerdict;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.ThermalCommand;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one cycle saw and did: what a trace, a dashboard and a replay need.
 *
 * @param sequence number of the cycle, from 0
 * @param timeNanos time of the cycle on the loop's clock, ns
 * @param state the session's state after the cycle
 * @param status the status image that the guard judged
 * @param estimate the belief; null when there is none. Its twin state belongs to the estimator and
 *     is overwritten by the next cycle
 * @param limits the limits in force, for one cell
 * @param decision what the policy wanted, for one cell
 * @param verdict what the guard allowed, for the battery
 * @param command what was commanded, for the battery
 * @param estimateNanos time the estimator took, ns
 * @param cycleNanos time from the status image to the decision, ns
 * @param thermal what was commanded to heater and cooler, for the battery
 * @param note a sentence when there is no decision for a reason of the loop's own; empty otherwise
 */
public record LoopRecord(
    long sequence,
    long timeNanos,
    SessionState state,
    ChargerStatus status,
    @Nullable CellEstimate estimate,
    ChargeLimits limits,
    PolicyDecision decision,
    GuardVerdict verdict,
    CurrentCommand command,
    long estimateNanos,
    long cycleNanos,
    ThermalCommand thermal,
    String note) {
  /** What guard and state machine made of a decision. */
  record Commanded(SessionState state, GuardVerdict verdict, InForce inForce) {}

  /** The record of a decision, fresh or late. */
  static LoopRecord of(
      long sequence,
      Proposal proposal,
      PolicyDecision decision,
      ChargeLimits limits,
      ChargerStatus status,
      long nowNanos,
      Commanded commanded) {
    return new LoopRecord(
        sequence,
        nowNanos,
        commanded.state(),
        status,
        proposal.estimate(),
        limits,
        decision,
        commanded.verdict(),
        commanded.inForce().current(),
        proposal.estimateNanos(),
        proposal.decideNanos(),
        commanded.inForce().thermal(),
        proposal.note());
  }

  /** The same decision after the guard has looked at a newer image. */
  LoopRecord lookedAgain(ChargerStatus newStatus, long nowNanos, Commanded commanded) {
    return new LoopRecord(
        sequence,
        nowNanos,
        commanded.state(),
        newStatus,
        estimate,
        limits,
        decision,
        commanded.verdict(),
        commanded.inForce().current(),
        estimateNanos,
        cycleNanos,
        commanded.inForce().thermal(),
        note);
  }

  /** The limit that explains the current: the policy's own, or the guard's when it lowered it. */
  public ActiveConstraint activeConstraint() {
    return switch (verdict.reason()) {
      case NONE -> decision.activeConstraint();
      case VEHICLE_CURRENT, VEHICLE_POWER -> ActiveConstraint.VEHICLE;
      case CHARGER_CURRENT, SITE_CURRENT -> ActiveConstraint.CURRENT;
      case CHARGER_POWER -> ActiveConstraint.POWER;
      case RAMP -> ActiveConstraint.RAMP;
      case VOLTAGE_DERATING, OVER_VOLTAGE -> ActiveConstraint.VOLTAGE;
      case TEMPERATURE_DERATING, OVER_TEMPERATURE -> ActiveConstraint.TEMPERATURE;
      default -> ActiveConstraint.GUARD;
    };
  }
}
