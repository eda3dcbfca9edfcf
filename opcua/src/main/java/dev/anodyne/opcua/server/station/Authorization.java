package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.security.Role;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says who may do what. Asked before every call, every write of a value and every read of history;
 * a "no" is {@code Bad_UserAccessDenied}, and nothing is carried out.
 */
@FunctionalInterface
public interface Authorization {
  /** Everybody who has logged in may do everything. */
  Authorization EVERYBODY = (user, action) -> true;

  /** What can be allowed, and the role that it takes. */
  enum Action {
    /** Read values of the past. */
    READ_HISTORY(Role.OBSERVER),
    /** Start and stop, limits, departure. */
    OPERATE(Role.OPERATOR),
    /** Acknowledge faults and alarms, and reset after them. */
    ACKNOWLEDGE(Role.OPERATOR),
    /** Choose another policy. */
    CONFIGURE(Role.ENGINEER),
    /** Ask for an emergency stop. */
    EMERGENCY_STOP(Role.OPERATOR),
    /** See what others do: audit events, sessions. */
    ADMINISTER(Role.ADMIN);

    private final Role needed;

    Action(Role needed) {
      this.needed = needed;
    }

    /** The lowest role that may do it. */
    public Role needed() {
      return needed;
    }
  }

  /**
   * Whether a user may do something. Quick; called on server threads.
   *
   * @param user name of the log-in; {@link dev.anodyne.opcua.security.UserDirectory#ANONYMOUS} for
   *     a client without an identity
   */
  boolean check(String user, Action action);

  /**
   * By the users' roles.
   *
   * @param roles a user's role, such as {@link dev.anodyne.opcua.security.UserDirectory#roleOf};
   *     empty for one who may do nothing
   */
  static Authorization byRole(Function<String, Optional<Role>> roles) {
    return (user, action) ->
        roles.apply(user).filter(role -> role.includes(action.needed())).isPresent();
  }
}
