package dev.anodyne.opcua.server;

import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.audit.AuditTrail;

/**
 * Where a server listens and whom it admits.
 *
 * @param applicationName name for a person
 * @param bindAddress address to listen on; {@code 127.0.0.1} keeps it on this machine
 * @param port TCP port, 1–65535
 * @param advertisedHost host name or address that clients are told to use
 * @param pki its certificate and its trust folders; closed by its owner
 * @param users who may log in, and as what
 * @param security how clients may connect
 * @param limits what clients may make it keep
 * @param logins how wrong log-ins are slowed down
 * @param audit takes note of log-ins, writes, calls and refusals
 */
public record SecureServerConfig(
    String applicationName,
    String bindAddress,
    int port,
    String advertisedHost,
    PkiDirectory pki,
    UserDirectory users,
    ChannelSecurity security,
    ServerLimits limits,
    LoginRules logins,
    AuditTrail audit) {
  /** The last part of the endpoint's URL. */
  static final String PATH = "/anodyne";

  public SecureServerConfig {
    if (!security.isAllowedOn(bindAddress)) {
      throw new IllegalArgumentException(
          "Security policy None is not allowed on "
              + bindAddress
              + ", which other machines can reach; allowed: on a loopback address, or with"
              + " allowNoneBeyondLoopback: true.");
    }
  }

  /** With the usual security and limits; log-ins and refusals go to the log. */
  public SecureServerConfig(
      String applicationName,
      String bindAddress,
      int port,
      String advertisedHost,
      PkiDirectory pki,
      UserDirectory users) {
    this(
        applicationName,
        bindAddress,
        port,
        advertisedHost,
        pki,
        users,
        ChannelSecurity.DEFAULT,
        ServerLimits.DEFAULT,
        LoginRules.DEFAULT,
        AuditTrail.QUIET_LOG);
  }

  /** The same with other security. */
  public SecureServerConfig with(ChannelSecurity other) {
    return new SecureServerConfig(
        applicationName,
        bindAddress,
        port,
        advertisedHost,
        pki,
        users,
        other,
        limits,
        logins,
        audit);
  }

  /** The same with other limits. */
  public SecureServerConfig with(ServerLimits other) {
    return new SecureServerConfig(
        applicationName,
        bindAddress,
        port,
        advertisedHost,
        pki,
        users,
        security,
        other,
        logins,
        audit);
  }

  /** The same with other rules for wrong log-ins. */
  public SecureServerConfig with(LoginRules other) {
    return new SecureServerConfig(
        applicationName,
        bindAddress,
        port,
        advertisedHost,
        pki,
        users,
        security,
        limits,
        other,
        audit);
  }

  /** The same with another audit trail. */
  public SecureServerConfig with(AuditTrail other) {
    return new SecureServerConfig(
        applicationName,
        bindAddress,
        port,
        advertisedHost,
        pki,
        users,
        security,
        limits,
        logins,
        other);
  }

  /** What clients connect to. */
  public String endpointUrl() {
    return "opc.tcp://" + advertisedHost + ":" + port + PATH;
  }
}
