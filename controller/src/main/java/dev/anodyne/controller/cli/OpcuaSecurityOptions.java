package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.opcua.client.ClientSecurity;
import dev.anodyne.opcua.client.LogIn;
import dev.anodyne.opcua.security.PkiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a server is talked to and who logs in, as in a station's file. */
final class OpcuaSecurityOptions {
  private static final String LOG_INS =
      "allowed: --user with --password-file (or --password), or --user-certificate with --user-key,"
          + " or --anonymous.";

  @Option(names = "--user", paramLabel = "NAME", description = "Who logs in.")
  private @Nullable String user;

  @Option(names = "--password-file", paramLabel = "F", description = "File with the password.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--password",
      paramLabel = "P",
      description = "The password; others on this machine may see it.")
  private @Nullable String password;

  @Option(
      names = "--user-certificate",
      paramLabel = "F",
      description = "Log in with this certificate (DER or PEM) instead of a name.")
  private @Nullable Path userCertificate;

  @Option(
      names = "--user-key",
      paramLabel = "F",
      description = "The key of --user-certificate: PEM, without a password.")
  private @Nullable Path userKey;

  @Option(names = "--anonymous", description = "Log in without a name.")
  private boolean anonymous;

  @Option(
      names = "--security-policy",
      paramLabel = "P",
      description = {
        "auto (the best that encrypts), Basic256Sha256, Aes128_Sha256_RsaOaep,",
        "Aes256_Sha256_RsaPss, or None. Default: auto."
      })
  private String policy = ClientSecurity.AUTO;

  @Option(
      names = "--security-mode",
      paramLabel = "M",
      description = "SignAndEncrypt or Sign. Default: SignAndEncrypt.")
  private @Nullable String mode;

  @Option(
      names = "--allow-none-beyond-loopback",
      description = "Let --security-policy None reach other machines.")
  private boolean noneBeyondLoopback;

  /** What was asked for. */
  ClientSecurity security(String url) {
    if (!ClientSecurity.policyNames().contains(policy)) {
      throw new InputException(
          "--security-policy: '"
              + policy
              + "' is not allowed; allowed: "
              + String.join(", ", ClientSecurity.policyNames())
              + ".");
    }
    Optional<MessageSecurityMode> named = Optional.ofNullable(mode).map(this::modeNamed);
    LogIn logIn = logIn();
    try {
      ClientSecurity security =
          new ClientSecurity(ClientSecurity.policyNamed(policy), named, noneBeyondLoopback, logIn);
      if (!security.isAllowedAt(url)) {
        throw new InputException(
            "--security-policy: 'None' is not allowed for "
                + url
                + "; allowed: on this machine, or with --allow-none-beyond-loopback.");
      }
      return security;
    } catch (IllegalArgumentException e) {
      throw new InputException("--security-mode: " + e.getMessage(), e);
    }
  }

  private MessageSecurityMode modeNamed(String name) {
    if (!ClientSecurity.modeNames().contains(name)) {
      throw new InputException(
          "--security-mode: '"
              + name
              + "' is not allowed; allowed: "
              + String.join(", ", ClientSecurity.modeNames())
              + ".");
    }
    return MessageSecurityMode.valueOf(name);
  }

  private LogIn logIn() {
    boolean byCertificate = userCertificate != null || userKey != null;
    int given = (user != null ? 1 : 0) + (byCertificate ? 1 : 0) + (anonymous ? 1 : 0);
    if (given != 1) {
      throw new InputException(
          "--user: "
              + (given == 0 ? "no log-in is given" : "several log-ins are given")
              + "; "
              + LOG_INS);
    }
    String name = user;
    if (name == null && (password != null || passwordFile != null)) {
      throw new InputException("--password-file: goes with --user only; " + LOG_INS);
    }
    if (name != null) {
      return InputException.checking("--user", () -> new LogIn.Password(name, password()));
    }
    return anonymous ? LogIn.ANONYMOUS : certificate();
  }

  private LogIn certificate() {
    Path certificate = userCertificate;
    Path key = userKey;
    if (certificate == null || key == null) {
      throw new InputException(
          (key == null ? "--user-key" : "--user-certificate")
              + ": is missing; allowed: both, --user-certificate and --user-key.");
    }
    LogIn.Certificate logIn =
        new LogIn.Certificate(
            Checks.readable("--user-certificate", certificate), Checks.readable("--user-key", key));
    try {
      var unused = logIn.read();
      return logIn;
    } catch (PkiException e) {
      throw new InputException("--user-certificate: " + e.getMessage(), e);
    }
  }

  private String password() {
    String inline = password;
    Path file = passwordFile;
    if ((inline == null) == (file == null)) {
      throw new InputException(
          "--password-file: allowed: a file with the password, or --password, and not both.");
    }
    if (inline != null) {
      return inline;
    }
    Path named = Checks.readable("--password-file", file == null ? Path.of("") : file);
    return InputException.checking("--password-file", () -> Files.readString(named)).strip();
  }
}
