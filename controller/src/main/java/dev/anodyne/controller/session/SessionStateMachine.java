package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import java.util.Set;

/**
 * The transitions between {@link SessionState}s. Terminal states are left only by a new session.
 * What counts, in this order: a fault, the target, a vehicle that has left, whether the vehicle may
 * charge, what the guard leaves. Written by the thread that commands; {@link #state} may be read on
 * any.
 */
final class SessionStateMachine {
  private static final long NEVER = Long.MIN_VALUE;

  private final SessionRules rules;
  private volatile SessionState state = new SessionState.Idle("The session has not begun.", 0);
  private volatile boolean started;
  private volatile boolean allowed;
  private long allowedNanos = NEVER;
  private long absentNanos = NEVER;
  private boolean vehicleSeen;
  private boolean hasCommanded;
  private boolean hasFlowed;

  SessionStateMachine(SessionRules rules) {
    this.rules = rules;
    allowed = !rules.asksForAuthorisation();
  }

  SessionState state() {
    return state;
  }

  boolean isStarted() {
    return started;
  }

  /** Whether a policy may decide. */
  boolean mayDecide() {
    return started && allowed && !state.isOver();
  }

  /**
   * Whether a measurement tells of this session's battery: before its vehicle has come, a charger
   * may go on to show the last one's.
   */
  boolean perceives(ChargerStatus status) {
    return vehicleSeen || status.vehicleConnected() || rules.equals(SessionRules.FIRST);
  }

  void start(long nowNanos) {
    if (!started) {
      started = true;
      state = new SessionState.Idle("Waiting for the charger.", nowNanos);
    }
  }

  /** Allows the vehicle to charge, or the one that comes soon. */
  void authorise(long nowNanos) {
    allowedNanos = nowNanos;
    if (vehicleSeen && !state.isOver()) {
      allowed = true;
    }
  }

  /** Takes up a charge that was under way when its process ended. */
  void resume(long nowNanos) {
    if (!started) {
      started = true;
      vehicleSeen = true;
      allowed = true;
      hasCommanded = true;
      state =
          new SessionState.Suspended(
              "The server was started again; fresh measurements are awaited.", nowNanos);
    }
  }

  /** Ends the session at once. */
  void stop(String reason, long nowNanos) {
    if (!state.isOver()) {
      state = new SessionState.Finished(reason, false, nowNanos);
    }
  }

  /**
   * Ends the session along a ramp, or at once where no current is commanded.
   *
   * @param commandedAmps battery current that is commanded, A
   * @param rampAmpsPerSecond how fast it may go down, A/s
   */
  void stop(String reason, double commandedAmps, double rampAmpsPerSecond, long nowNanos) {
    if (state instanceof SessionState.Stopping) {
      return;
    }
    if (state.mayCommand() && commandedAmps > 0) {
      state = SessionState.Stopping.from(commandedAmps, rampAmpsPerSecond, reason, nowNanos);
    } else {
      stop(reason, nowNanos);
    }
  }

  /** Moves on. */
  void next(SessionLook look) {
    if (!started || state.isOver()) {
      return;
    }
    follow(look);
    Set<ChargerFault> faults = look.faults();
    if (state instanceof SessionState.Stopping stopping) {
      stopping(stopping, faults, look);
    } else if (!faults.isEmpty()) {
      become(SessionState.Faulted.of(faults, look.nowNanos()));
    } else if (vehicleSeen && look.isTargetReached()) {
      String reason = "The target of " + Math.round(look.targetSoc() * 100) + " % is reached.";
      become(new SessionState.Finished(reason, true, look.nowNanos()));
    } else if (hasLeft(look)) {
      become(new SessionState.Finished("The vehicle has left.", false, look.nowNanos()));
    } else {
      run(look);
    }
  }

  /** What is remembered of vehicle and allowance. */
  private void follow(SessionLook look) {
    if (!look.isLinkUp()) {
      return;
    }
    if (!look.isVehicleThere()) {
      absentNanos = absentNanos == NEVER ? look.nowNanos() : absentNanos;
      return;
    }
    absentNanos = NEVER;
    vehicleSeen = true;
    boolean recently =
        allowedNanos != NEVER && look.nowNanos() - allowedNanos <= SessionRules.ALLOWANCE_NANOS;
    allowed = allowed || recently;
  }

  private boolean hasLeft(SessionLook look) {
    return vehicleSeen
        && look.isLinkUp()
        && absentNanos != NEVER
        && look.nowNanos() - absentNanos >= rules.vehicleLeftNanos();
  }

  /** Nobody resumes a charge that is being stopped: a fault that passes ends it. */
  private void stopping(
      SessionState.Stopping stopping, Set<ChargerFault> faults, SessionLook look) {
    long now = look.nowNanos();
    SessionState.Faulted fault = SessionState.Faulted.of(faults, now);
    boolean down = stopping.allowedAmps(now) == 0 && look.isDown();
    if (fault.needsPerson()) {
      become(fault);
    } else if (!faults.isEmpty() || down || hasLeft(look) || stopping.isDue(now)) {
      become(new SessionState.Finished(stopping.reason(), false, now));
    }
  }

  private void run(SessionLook look) {
    long now = look.nowNanos();
    if (!vehicleSeen) {
      become(new SessionState.Idle(look.whyNone(), now));
    } else if (!allowed) {
      String reason =
          look.isVehicleThere() ? "Nobody has allowed this charge yet." : look.whyNone();
      become(new SessionState.Connected(reason, now));
    } else if (look.isAllowed()) {
      hasCommanded = true;
      hasFlowed |= look.flows();
      become(hasFlowed ? new SessionState.Charging(now) : new SessionState.PreCharge(now));
    } else if (hasCommanded) {
      become(new SessionState.Suspended(look.whyNone(), now));
    } else {
      become(new SessionState.Authorised(look.whyNone(), now));
    }
  }

  /** Keeps the time of entry while only the words change. */
  private void become(SessionState next) {
    SessionState current = state;
    long since = current.sinceNanos();
    if (next.getClass() != current.getClass()) {
      state = next;
    } else if (next instanceof SessionState.Idle s) {
      state = new SessionState.Idle(s.reason(), since);
    } else if (next instanceof SessionState.Connected s) {
      state = new SessionState.Connected(s.reason(), since);
    } else if (next instanceof SessionState.Authorised s) {
      state = new SessionState.Authorised(s.reason(), since);
    } else if (next instanceof SessionState.Suspended s) {
      state = new SessionState.Suspended(s.reason(), since);
    } else if (next instanceof SessionState.Faulted f) {
      state = f.needsPerson() ? f : new SessionState.Faulted(f.faults(), false, since);
    }
  }
}
