package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.SolveStatus;
import org.jspecify.annotations.Nullable;

/**
 * What estimator and policy want, before the guard has spoken.
 *
 * @param decidedNanos time of the status image it rests on, ns
 * @param status that image
 * @param estimate the belief; null before the first usable measurement and when the estimator
 *     failed
 * @param limits the limits in force, for one cell
 * @param decision what the policy wants for one cell
 * @param estimateNanos time the estimator took, ns
 * @param decideNanos time from the status image to the decision, ns
 * @param note a sentence when there is no decision for a reason of the loop's own; empty otherwise
 */
public record Proposal(
    long decidedNanos,
    ChargerStatus status,
    @Nullable CellEstimate estimate,
    ChargeLimits limits,
    PolicyDecision decision,
    long estimateNanos,
    long decideNanos,
    String note) {
  /** What counts while the first decision is still being made: no current. */
  static Proposal none(ChargerStatus status, long nowNanos, ChargeLimits limits) {
    return new Proposal(
        nowNanos,
        status,
        null,
        limits,
        LastPlan.none(SolveStatus.DEADLINE, ActiveConstraint.NONE),
        0,
        0,
        "The first decision has not come in time.");
  }

  Proposal withNote(String newNote) {
    return new Proposal(
        decidedNanos, status, estimate, limits, decision, estimateNanos, decideNanos, newNote);
  }
}
