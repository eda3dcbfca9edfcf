package dev.anodyne.opcua.server.station;

/** What became of a command, in the words of charging. */
public enum CommandResult {
  /** It is carried out. */
  ACCEPTED,
  /** All was as wanted already. */
  NOTHING_TO_DO,
  /** The session's state does not allow it. */
  REFUSED_IN_STATE,
  /** A value is outside what is possible here. */
  OUT_OF_RANGE,
  /** There is no such policy, or it may not be chosen from outside. */
  UNKNOWN_POLICY,
  /** An emergency stop is in force. */
  EMERGENCY_STOPPED,
  /** A fault or stop must be acknowledged first. */
  NOT_ACKNOWLEDGED,
  /** The charger still reports a fault. */
  FAULT_PRESENT,
  /** This charger, as it is configured, cannot do that. */
  NOT_POSSIBLE,
  /** The controller did not answer in time; what became of the command is not known. */
  NO_ANSWER,
  /** It failed; the controller's log says why. */
  FAILED
}
