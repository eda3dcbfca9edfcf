package dev.anodyne.opcua.server;

import dev.anodyne.opcua.security.Role;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.identity.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Whom a session belongs to.
 *
 * @param user name of the log-in; {@link dev.anodyne.opcua.security.UserDirectory#ANONYMOUS} for a
 *     client without an identity
 * @param role what it may do
 */
public record Login(String user, Role role) {
  /** A session's log-in; empty before it, and when nobody has asked within a session. */
  public static Optional<Login> of(@Nullable Session session) {
    Identity identity = session == null ? null : session.getIdentity();
    return identity != null && identity.getUserData() instanceof Login login
        ? Optional.of(login)
        : Optional.empty();
  }
}
