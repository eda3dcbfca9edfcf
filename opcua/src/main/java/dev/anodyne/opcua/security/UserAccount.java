package dev.anodyne.opcua.security;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * How a user proves who it is, and what it may do. At least one proof is needed; either one counts.
 *
 * @param role what it may do
 * @param password the hash of its password, if it has one
 * @param certificate its certificate, if it has one; the key must be shown at every log-in
 */
public record UserAccount(
    Role role, @Nullable PasswordHash password, @Nullable X509Certificate certificate) {
  public UserAccount {
    if (password == null && certificate == null) {
      throw new IllegalArgumentException("A user needs a password or a certificate.");
    }
  }

  /** A user with a password. */
  public static UserAccount withPassword(Role role, PasswordHash password) {
    return new UserAccount(role, password, null);
  }

  /** A user with a certificate. */
  public static UserAccount withCertificate(Role role, X509Certificate certificate) {
    return new UserAccount(role, null, certificate);
  }
}
