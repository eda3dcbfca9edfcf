package dev.anodyne.opcua.security;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may log in, and what each may do. It only knows; servers ask, throttle and tell.
 *
 * <p>An unknown user's password takes as long to refuse as a known user's wrong one, so that names
 * cannot be found out by the clock.
 */
public final class UserDirectory {
  /** How clients without an identity are called. No user can have this name. */
  public static final String ANONYMOUS = "anonymous";

  /** Compared against when the user is unknown; nobody knows its password, nor would it help. */
  private static final PasswordHash NOBODY = PasswordHash.of("nobody");

  private final Map<String, UserAccount> users;
  private final @Nullable Role anonymous;

  /** Users with passwords that may all do what an operator may; nobody without an identity. */
  public UserDirectory(Map<String, PasswordHash> users) {
    this(
        users.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    user -> UserAccount.withPassword(Role.OPERATOR, user.getValue()))),
        null);
  }

  /**
   * Anybody.
   *
   * @param users by name
   * @param anonymous what clients without an identity may do; null keeps them out
   */
  public UserDirectory(Map<String, UserAccount> users, @Nullable Role anonymous) {
    if (users.containsKey(ANONYMOUS)) {
      throw new IllegalArgumentException(
          "A user cannot be called '"
              + ANONYMOUS
              + "': that is the name of clients without an identity.");
    }
    this.users = Map.copyOf(new LinkedHashMap<>(users));
    this.anonymous = anonymous;
  }

  /** What a user may do; empty for one that does not exist. */
  public Optional<Role> roleOf(String user) {
    if (user.equals(ANONYMOUS)) {
      return Optional.ofNullable(anonymous);
    }
    return Optional.ofNullable(users.get(user)).map(UserAccount::role);
  }

  /** The role of clients without an identity; empty when they are kept out. */
  public Optional<Role> anonymous() {
    return Optional.ofNullable(anonymous);
  }

  /** True when somebody can log in with a password. */
  public boolean hasPasswords() {
    return users.values().stream().anyMatch(user -> user.password() != null);
  }

  /** True when somebody can log in with a certificate. */
  public boolean hasCertificates() {
    return users.values().stream().anyMatch(user -> user.certificate() != null);
  }

  /** True when the user exists and this is the password. Takes tens of milliseconds. */
  public boolean isPassword(String user, String password) {
    UserAccount account = users.get(user);
    PasswordHash hash = account == null ? null : account.password();
    boolean matches = (hash == null ? NOBODY : hash).matches(password);
    return hash != null && matches;
  }

  /** The user whose certificate this is. */
  public Optional<String> ownerOf(X509Certificate certificate) {
    return users.entrySet().stream()
        .filter(user -> certificate.equals(user.getValue().certificate()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
