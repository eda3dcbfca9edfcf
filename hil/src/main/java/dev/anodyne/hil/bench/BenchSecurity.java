package dev.anodyne.hil.bench;

import dev.anodyne.opcua.security.PasswordHash;
import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserAccount;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.ChannelSecurity;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the bench may be connected to, and who may log in beside its user with a password. Whoever is
 * in may charge.
 *
 * @param channels the security policies that are offered
 * @param userCertificates users who log in with a certificate
 * @param anonymous whether somebody without an identity is let in
 */
public record BenchSecurity(
    ChannelSecurity channels, List<X509Certificate> userCertificates, boolean anonymous) {
  /** Every policy that encrypts; nobody but the user with a password. */
  public static final BenchSecurity DEFAULT =
      new BenchSecurity(ChannelSecurity.DEFAULT, List.of(), false);

  public BenchSecurity {
    userCertificates = List.copyOf(userCertificates);
  }

  /** Everybody who may log in. */
  UserDirectory users(String userName, PasswordHash password) {
    Map<String, UserAccount> accounts = new HashMap<>();
    accounts.put(userName, UserAccount.withPassword(Role.OPERATOR, password));
    for (int i = 0; i < userCertificates.size(); i++) {
      accounts.put(
          "certificate " + (i + 1),
          UserAccount.withCertificate(Role.OPERATOR, userCertificates.get(i)));
    }
    return new UserDirectory(accounts, anonymous ? Role.OPERATOR : null);
  }
}
