package dev.anodyne.opcua.server.station;

/** The states of a session, as its state machine names them. */
public enum SessionPhase {
  /** No vehicle is there. */
  IDLE("Idle", 1),
  /**
   * Charger, vehicle or first measurements are awaited. Version 1.0 of the types knew this state
   * only; sessions are now idle, connected or authorised instead, and the node stays for clients
   * that look it up.
   */
  WAITING("WaitingForCharger", 2),
  /** Current has flowed, and flows or may flow. */
  CHARGING("Charging", 3),
  /** The current is stopped for a reason that may pass. */
  SUSPENDED("Suspended", 4),
  /** Over: the target is reached, the vehicle has left, or somebody stopped the charge. */
  FINISHED("Finished", 5),
  /** The charger reports a fault. */
  FAULTED("Faulted", 6),
  /** A vehicle is plugged in that nobody has allowed to charge yet. */
  CONNECTED("Connected", 7),
  /** The vehicle may charge; charger, first measurements or first decision are awaited. */
  AUTHORISED("Authorised", 8),
  /** Current is commanded and none has been measured yet. */
  PRE_CHARGE("PreCharge", 9),
  /** The charge was stopped, and the current goes down along a ramp. */
  STOPPING("Stopping", 10);

  private final String stateName;
  private final int number;

  SessionPhase(String stateName, int number) {
    this.stateName = stateName;
    this.number = number;
  }

  /** The state's name, for example {@code PreCharge}. */
  public String stateName() {
    return stateName;
  }

  /** Its number, from 1. */
  int number() {
    return number;
  }

  /** The identifier of its node in the types namespace. */
  String nodeId() {
    return SessionTransition.TYPE + "." + stateName;
  }

  /** Whether current may flow. */
  public boolean isFlowing() {
    return this == PRE_CHARGE || this == CHARGING || this == STOPPING;
  }
}
