package dev.anodyne.controller.http;

import dev.anodyne.opcua.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param user name of the token; {@link #ANONYMOUS} without one
 * @param role what they may do; null: nothing
 * @param csrf what a change from a browser that has logged in must repeat; null for others
 */
record Identity(String user, @Nullable Role role, @Nullable String csrf) {
  static final String ANONYMOUS = "anonymous";

  boolean isAnonymous() {
    return user.equals(ANONYMOUS);
  }

  /** Whether they may ask for something. */
  boolean may(@Nullable Role needed) {
    return needed == null || (role != null && role.includes(needed));
  }
}
