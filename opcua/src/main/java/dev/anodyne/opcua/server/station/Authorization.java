package dev.anodyne.opcua.server.station;

/**
 * Says who may do what. Asked before every call, every write of a value and every read of history;
 * a "no" is {@code Bad_UserAccessDenied}, and nothing is carried out.
 */
@FunctionalInterface
public interface Authorization {
  /** Everybody who has logged in may do everything. */
  Authorization EVERYBODY = (user, action) -> true;

  /** What can be allowed. */
  enum Action {
    /** Read values of the past. */
    READ_HISTORY,
    /** Start and stop, limits, departure. */
    OPERATE,
    /** Acknowledge faults, and reset after them. */
    ACKNOWLEDGE,
    /** Choose another policy. */
    CONFIGURE,
    /** Ask for an emergency stop. */
    EMERGENCY_STOP
  }

  /**
   * Whether a user may do something. Quick; called on server threads.
   *
   * @param user name of the log-in
   */
  boolean check(String user, Action action);
}
