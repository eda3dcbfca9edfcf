package dev.anodyne.controller.session;

import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.controller.safety.GuardVerdict;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.PolicyDecision;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transitions between {@link SessionState}s. Terminal states are left only by a new session.
 */
final class SessionStateMachine {
  private volatile SessionState state = new SessionState.Idle(0);
  private boolean hasCharged;

  SessionState state() {
    return state;
  }

  void start(long nowNanos) {
    if (state instanceof SessionState.Idle) {
      state = new SessionState.WaitingForCharger("Waiting for the charger.", nowNanos);
    }
  }

  void stop(String reason, long nowNanos) {
    if (!state.isOver()) {
      state = new SessionState.Finished(reason, false, nowNanos);
    }
  }

  /**
   * Moves on.
   *
   * @param note what the loop itself has to say about a missing decision; empty otherwise
   */
  void next(
      ChargerStatus status,
      @Nullable CellEstimate estimate,
      double targetSoc,
      PolicyDecision decision,
      GuardVerdict verdict,
      String note,
      long nowNanos) {
    if (state instanceof SessionState.Idle || state.isOver()) {
      return;
    }
    Set<ChargerFault> faults = stopping(status.faults());
    if (!faults.isEmpty() && status.link() == ChargerStatus.LinkState.UP) {
      become(SessionState.Faulted.of(faults, nowNanos));
    } else if (estimate != null && isTargetReached(estimate, targetSoc, decision, verdict)) {
      become(
          new SessionState.Finished(
              "The target of " + Math.round(targetSoc * 100) + " % is reached.", true, nowNanos));
    } else if (verdict.reason().stops()) {
      becomeStopped(verdict.text(), nowNanos);
    } else if (verdict.allowedAmps() <= 0) {
      becomeStopped(whyZero(decision, verdict, note), nowNanos);
    } else {
      hasCharged = true;
      become(new SessionState.Charging(nowNanos));
    }
  }

  private void becomeStopped(String reason, long nowNanos) {
    become(
        hasCharged
            ? new SessionState.Suspended(reason, nowNanos)
            : new SessionState.WaitingForCharger(reason, nowNanos));
  }

  /** Keeps the time of entry while only the words change. */
  private void become(SessionState next) {
    SessionState current = state;
    if (next instanceof SessionState.Suspended s && current instanceof SessionState.Suspended c) {
      state = new SessionState.Suspended(s.reason(), c.sinceNanos());
    } else if (next instanceof SessionState.WaitingForCharger w
        && current instanceof SessionState.WaitingForCharger c) {
      state = new SessionState.WaitingForCharger(w.reason(), c.sinceNanos());
    } else if (next instanceof SessionState.Faulted f
        && current instanceof SessionState.Faulted c
        && !f.needsPerson()) {
      state = new SessionState.Faulted(f.faults(), false, c.sinceNanos());
    } else if (!(next instanceof SessionState.Charging
        && current instanceof SessionState.Charging)) {
      state = next;
    }
  }

  private static boolean isTargetReached(
      CellEstimate estimate, double targetSoc, PolicyDecision decision, GuardVerdict verdict) {
    boolean policySaysSo =
        decision.activeConstraint() == ActiveConstraint.TARGET_SOC
            && decision.chargeCurrentAmps() <= 0
            && !verdict.reason().stops();
    return estimate.valid() && (estimate.soc() >= targetSoc || policySaysSo);
  }

  private static String whyZero(PolicyDecision decision, GuardVerdict verdict, String note) {
    if (!note.isEmpty()) {
      return note;
    }
    if (verdict.reason() == GuardReason.VEHICLE_CURRENT
        || verdict.reason() == GuardReason.VEHICLE_POWER) {
      return "The vehicle asks for no current.";
    }
    if (!decision.collision().isNone()) {
      return sentence(decision.collision().text());
    }
    if (verdict.reason() != GuardReason.NONE) {
      return verdict.text();
    }
    if (decision.activeConstraint() == ActiveConstraint.SCHEDULE) {
      return "There is time until the departure: the plan waits.";
    }
    return "The policy allows no current ("
        + decision.activeConstraint()
        + ", "
        + decision.status()
        + ").";
  }

  /** A phrase with a capital letter and a full stop. */
  private static String sentence(String phrase) {
    return Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1) + ".";
  }

  private static Set<ChargerFault> stopping(Set<ChargerFault> faults) {
    if (faults.isEmpty()) {
      return faults;
    }
    EnumSet<ChargerFault> stopping = EnumSet.copyOf(faults);
    stopping.remove(ChargerFault.VENDOR_WARNING);
    return stopping;
  }
}
