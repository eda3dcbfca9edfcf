package dev.anodyne.opcua.server.station;

/** The states of a session, as its state machine names them. */
public enum SessionPhase {
  /** Not started. */
  IDLE("Idle", 1),
  /** Charger, vehicle or first measurements are awaited. */
  WAITING("WaitingForCharger", 2),
  /** Current flows or may flow. */
  CHARGING("Charging", 3),
  /** The current is stopped for a reason that may pass. */
  SUSPENDED("Suspended", 4),
  /** Over: the target is reached, or somebody stopped the charge. */
  FINISHED("Finished", 5),
  /** The charger reports a fault. */
  FAULTED("Faulted", 6);

  private final String stateName;
  private final int number;

  SessionPhase(String stateName, int number) {
    this.stateName = stateName;
    this.number = number;
  }

  /** The state's name, for example {@code WaitingForCharger}. */
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
}
