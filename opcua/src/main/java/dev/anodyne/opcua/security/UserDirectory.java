package dev.anodyne.opcua.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.identity.AbstractUsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.DefaultUsernameIdentity;
import org.eclipse.milo.opcua.sdk.server.identity.Identity;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may log in. Only over an encrypted channel: a password sent in clear text is refused even
 * when it is right. An unknown user takes as long as a wrong password, so that names cannot be
 * found out.
 */
public final class UserDirectory extends AbstractUsernameIdentityValidator {
  private static final Logger LOG = LoggerFactory.getLogger(UserDirectory.class);

  /** Compared against when the user is unknown. */
  private static final PasswordHash NOBODY = PasswordHash.of("nobody");

  private final Map<String, PasswordHash> users = new ConcurrentHashMap<>();

  public UserDirectory(Map<String, PasswordHash> users) {
    this.users.putAll(users);
  }

  @Override
  protected Identity.@Nullable UsernameIdentity authenticateUsernamePassword(
      Session session, String username, String password) {
    if (session.getSecurityConfiguration().getSecurityMode()
        != MessageSecurityMode.SignAndEncrypt) {
      LOG.warn("Log-in of '{}' refused: the channel is not encrypted", username);
      return null;
    }
    if (!isPassword(username, password)) {
      LOG.warn("Log-in of '{}' from {} refused", username, session.getClientAddress());
      return null;
    }
    return new DefaultUsernameIdentity(username);
  }

  /** True when the user exists and this is the password. */
  boolean isPassword(String username, String password) {
    PasswordHash hash = users.get(username);
    boolean matches = (hash == null ? NOBODY : hash).matches(password);
    return hash != null && matches;
  }
}
