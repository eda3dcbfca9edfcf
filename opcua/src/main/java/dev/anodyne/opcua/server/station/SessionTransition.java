package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.server.station.SessionPhase.AUTHORISED;
import static dev.anodyne.opcua.server.station.SessionPhase.CHARGING;
import static dev.anodyne.opcua.server.station.SessionPhase.CONNECTED;
import static dev.anodyne.opcua.server.station.SessionPhase.FAULTED;
import static dev.anodyne.opcua.server.station.SessionPhase.FINISHED;
import static dev.anodyne.opcua.server.station.SessionPhase.IDLE;
import static dev.anodyne.opcua.server.station.SessionPhase.PRE_CHARGE;
import static dev.anodyne.opcua.server.station.SessionPhase.STOPPING;
import static dev.anodyne.opcua.server.station.SessionPhase.SUSPENDED;
import static dev.anodyne.opcua.server.station.SessionPhase.WAITING;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every way from one {@link SessionPhase} to another, also those on which a state in between was
 * too short to be told. A new charge begins at Idle, and what was over is left only by one.
 */
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
  RENEW_RUNNING(CHARGING, WAITING, 20),
  IDLE_TO_CONNECTED(IDLE, CONNECTED, 21),
  IDLE_TO_AUTHORISED(IDLE, AUTHORISED, 22),
  IDLE_TO_PRE_CHARGE(IDLE, PRE_CHARGE, 23),
  IDLE_TO_CHARGING(IDLE, CHARGING, 24),
  IDLE_TO_FAULTED(IDLE, FAULTED, 25),
  CONNECTED_TO_IDLE(CONNECTED, IDLE, 26),
  CONNECTED_TO_AUTHORISED(CONNECTED, AUTHORISED, 27),
  CONNECTED_TO_PRE_CHARGE(CONNECTED, PRE_CHARGE, 28),
  CONNECTED_TO_CHARGING(CONNECTED, CHARGING, 29),
  CONNECTED_TO_FINISHED(CONNECTED, FINISHED, 30),
  CONNECTED_TO_FAULTED(CONNECTED, FAULTED, 31),
  AUTHORISED_TO_CONNECTED(AUTHORISED, CONNECTED, 32),
  AUTHORISED_TO_PRE_CHARGE(AUTHORISED, PRE_CHARGE, 33),
  AUTHORISED_TO_CHARGING(AUTHORISED, CHARGING, 34),
  AUTHORISED_TO_SUSPENDED(AUTHORISED, SUSPENDED, 35),
  AUTHORISED_TO_FINISHED(AUTHORISED, FINISHED, 36),
  AUTHORISED_TO_FAULTED(AUTHORISED, FAULTED, 37),
  PRE_CHARGE_TO_AUTHORISED(PRE_CHARGE, AUTHORISED, 38),
  PRE_CHARGE_TO_CHARGING(PRE_CHARGE, CHARGING, 39),
  PRE_CHARGE_TO_SUSPENDED(PRE_CHARGE, SUSPENDED, 40),
  PRE_CHARGE_TO_STOPPING(PRE_CHARGE, STOPPING, 41),
  PRE_CHARGE_TO_FINISHED(PRE_CHARGE, FINISHED, 42),
  PRE_CHARGE_TO_FAULTED(PRE_CHARGE, FAULTED, 43),
  CHARGING_TO_PRE_CHARGE(CHARGING, PRE_CHARGE, 44),
  CHARGING_TO_STOPPING(CHARGING, STOPPING, 45),
  CHARGING_TO_IDLE(CHARGING, IDLE, 46),
  CHARGING_TO_AUTHORISED(CHARGING, AUTHORISED, 47),
  SUSPENDED_TO_PRE_CHARGE(SUSPENDED, PRE_CHARGE, 48),
  SUSPENDED_TO_IDLE(SUSPENDED, IDLE, 49),
  SUSPENDED_TO_AUTHORISED(SUSPENDED, AUTHORISED, 50),
  STOPPING_TO_IDLE(STOPPING, IDLE, 51),
  STOPPING_TO_FINISHED(STOPPING, FINISHED, 52),
  STOPPING_TO_FAULTED(STOPPING, FAULTED, 53),
  FINISHED_TO_IDLE(FINISHED, IDLE, 54),
  FINISHED_TO_CONNECTED(FINISHED, CONNECTED, 55),
  FINISHED_TO_AUTHORISED(FINISHED, AUTHORISED, 56),
  FINISHED_TO_PRE_CHARGE(FINISHED, PRE_CHARGE, 57),
  FAULTED_TO_IDLE(FAULTED, IDLE, 58),
  FAULTED_TO_CONNECTED(FAULTED, CONNECTED, 59),
  FAULTED_TO_AUTHORISED(FAULTED, AUTHORISED, 60),
  FAULTED_TO_PRE_CHARGE(FAULTED, PRE_CHARGE, 61);

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
