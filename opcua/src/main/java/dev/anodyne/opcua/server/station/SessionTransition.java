package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.server.station.SessionPhase.CHARGING;
import static dev.anodyne.opcua.server.station.SessionPhase.FAULTED;
import static dev.anodyne.opcua.server.station.SessionPhase.FINISHED;
import static dev.anodyne.opcua.server.station.SessionPhase.IDLE;
import static dev.anodyne.opcua.server.station.SessionPhase.SUSPENDED;
import static dev.anodyne.opcua.server.station.SessionPhase.WAITING;

import java.util.Arrays;
import java.util.Optional;

/** Every way from one {@link SessionPhase} to another. A new charge begins at Waiting. */
public enum SessionTransition {
  START(IDLE, WAITING, 1),
  CHARGE(WAITING, CHARGING, 2),
  SUSPEND(CHARGING, SUSPENDED, 3),
  RESUME(SUSPENDED, CHARGING, 4),
  FINISH(CHARGING, FINISHED, 5),
  FINISH_SUSPENDED(SUSPENDED, FINISHED, 6),
  FINISH_WAITING(WAITING, FINISHED, 7),
  FAULT(CHARGING, FAULTED, 8),
  FAULT_SUSPENDED(SUSPENDED, FAULTED, 9),
  FAULT_WAITING(WAITING, FAULTED, 10),
  CLEAR_TO_CHARGING(FAULTED, CHARGING, 11),
  CLEAR_TO_SUSPENDED(FAULTED, SUSPENDED, 12),
  CLEAR_TO_WAITING(FAULTED, WAITING, 13),
  FINISH_FAULTED(FAULTED, FINISHED, 14),
  RENEW(FINISHED, WAITING, 15),
  RENEW_CHARGING(FINISHED, CHARGING, 16),
  RENEW_FAULTED(FINISHED, FAULTED, 17),
  STOP_IDLE(IDLE, FINISHED, 18),
  RENEW_SUSPENDED(SUSPENDED, WAITING, 19),
  RENEW_RUNNING(CHARGING, WAITING, 20);

  /** Name of the state machine's type. */
  static final String TYPE = "ChargeSessionStateMachineType";

  private final SessionPhase from;
  private final SessionPhase to;
  private final int number;

  SessionTransition(SessionPhase from, SessionPhase to, int number) {
    this.from = from;
    this.to = to;
    this.number = number;
  }

  SessionPhase from() {
    return from;
  }

  SessionPhase to() {
    return to;
  }

  int number() {
    return number;
  }

  /** The transition's name, for example {@code ChargingToSuspended}. */
  public String transitionName() {
    return from.stateName() + "To" + to.stateName();
  }

  /** The identifier of its node in the types namespace. */
  String nodeId() {
    return TYPE + "." + transitionName();
  }

  /** The way from one state to another; empty when there is none. */
  static Optional<SessionTransition> between(SessionPhase from, SessionPhase to) {
    return Arrays.stream(values()).filter(t -> t.from == from && t.to == to).findFirst();
  }
}
