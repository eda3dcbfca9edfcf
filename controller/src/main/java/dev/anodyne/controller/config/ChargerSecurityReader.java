package dev.anodyne.controller.config;

import dev.anodyne.opcua.client.ClientSecurity;
import dev.anodyne.opcua.client.LogIn;
import dev.anodyne.opcua.security.PkiException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.jspecify.annotations.Nullable;

/** Checks how a charger's server is talked to and who logs in there. */
final class ChargerSecurityReader {
  private static final String LOG_INS =
      "user with passwordFile (or password), or userCertificateFile with userKeyFile, or anonymous:"
          + " true";

  private final YamlFile file;
  private final String key;

  ChargerSecurityReader(YamlFile file, String key) {
    this.file = file;
    this.key = key;
  }

  ClientSecurity read(StationYaml.Charger c, String endpoint) {
    Optional<SecurityPolicy> policy = policy(c.securityPolicy());
    Optional<MessageSecurityMode> mode = mode(c.securityMode(), policy);
    boolean beyond = Boolean.TRUE.equals(c.allowNoneBeyondLoopback());
    ClientSecurity security = new ClientSecurity(policy, mode, beyond, logIn(c));
    if (beyond && !security.isNone()) {
      throw wrong(
          "allowNoneBeyondLoopback", true, "only with securityPolicy: None", "it can be left out");
    }
    if (!security.isAllowedAt(endpoint)) {
      throw wrong(
          "securityPolicy",
          "None",
          "with an endpoint on this machine (localhost, 127.0.0.1), or with"
              + " allowNoneBeyondLoopback: true",
          "the charger can encrypt: then auto is right");
    }
    return security;
  }

  private Optional<SecurityPolicy> policy(@Nullable String name) {
    if (name == null) {
      return Optional.empty();
    }
    List<String> names = ClientSecurity.policyNames();
    if (!names.contains(name)) {
      throw wrong("securityPolicy", name, String.join(", ", names), meant(name, names));
    }
    return ClientSecurity.policyNamed(name);
  }

  private Optional<MessageSecurityMode> mode(
      @Nullable String name, Optional<SecurityPolicy> policy) {
    if (name == null) {
      return Optional.empty();
    }
    List<String> names = ClientSecurity.modeNames();
    if (!names.contains(name)) {
      throw wrong("securityMode", name, String.join(", ", names), meant(name, names));
    }
    if (policy.equals(Optional.of(SecurityPolicy.None))) {
      throw wrong("securityMode", name, "nothing with securityPolicy: None", "it can be left out");
    }
    return Optional.of(MessageSecurityMode.valueOf(name));
  }

  private static @Nullable String meant(String word, List<String> names) {
    if (word.equals(SecurityPolicy.Basic256.name())
        || word.equals(SecurityPolicy.Basic128Rsa15.name())) {
      return "auto is meant: " + word + " is outdated and not used";
    }
    String near = YamlFile.nearest(word, names);
    return near == null ? null : near + " is meant";
  }

  /** Exactly one. */
  private LogIn logIn(StationYaml.Charger c) {
    List<String> given = new ArrayList<>();
    if (c.user() != null) {
      given.add("user");
    }
    if (c.userCertificateFile() != null || c.userKeyFile() != null) {
      given.add(c.userCertificateFile() == null ? "userKeyFile" : "userCertificateFile");
    }
    if (Boolean.TRUE.equals(c.anonymous())) {
      given.add("anonymous");
    }
    if (given.size() > 1) {
      throw wrong(given.get(1), "given beside " + given.get(0), "one log-in: " + LOG_INS, null);
    }
    String password = c.password() != null ? "password" : "passwordFile";
    boolean hasPassword = c.password() != null || c.passwordFile() != null;
    if (hasPassword && c.user() == null) {
      throw given.isEmpty()
          ? wrong("user", null, "the user name that belongs to " + password, null)
          : wrong(password, "given beside " + given.get(0), "only with user", null);
    }
    if (given.isEmpty()) {
      throw wrong("user", null, LOG_INS, null);
    }
    return switch (given.get(0)) {
      case "user" -> password(c);
      case "anonymous" -> LogIn.ANONYMOUS;
      default -> certificate(c);
    };
  }

  private LogIn password(StationYaml.Charger c) {
    String user = required("user", c.user(), "the user name on the charger");
    String inline = c.password();
    String from = c.passwordFile();
    if (inline != null && from != null) {
      throw wrong("passwordFile", from, "either password or passwordFile, not both", null);
    }
    try {
      return new LogIn.Password(user, inline != null ? inline : passwordIn(from));
    } catch (IllegalArgumentException e) {
      throw file.refused(key + ".user", e);
    }
  }

  private String passwordIn(@Nullable String from) {
    String named = required("passwordFile", from, "a file with the password, or password");
    try {
      return Files.readString(file.resolve(named)).strip();
    } catch (IOException e) {
      throw file.wrong(key + ".passwordFile", named, "a readable file", null, e);
    }
  }

  private LogIn certificate(StationYaml.Charger c) {
    String certificate =
        required(
            "userCertificateFile",
            c.userCertificateFile(),
            "the user's certificate (DER or PEM), which belongs to userKeyFile");
    String keyFile =
        required(
            "userKeyFile",
            c.userKeyFile(),
            "the key (PEM, without a password) of userCertificateFile");
    LogIn.Certificate logIn =
        new LogIn.Certificate(file.resolve(certificate), file.resolve(keyFile));
    try {
      var unused = logIn.read();
      return logIn;
    } catch (PkiException e) {
      throw file.refused(key + ".userCertificateFile", e);
    }
  }

  private <T> T required(String name, @Nullable T value, String allowed) {
    if (value == null) {
      throw wrong(name, null, allowed, null);
    }
    return value;
  }

  private ConfigException wrong(
      String name, @Nullable Object value, String allowed, @Nullable String maybe) {
    return file.wrong(key + "." + name, value, allowed, maybe, null);
  }
}
