package dev.anodyne.opcua.server;

import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.UserDirectory;

/**
 * Where a server listens and whom it admits.
 *
 * @param applicationName name for a person
 * @param bindAddress address to listen on; {@code 127.0.0.1} keeps it on this machine
 * @param port TCP port, 1–65535
 * @param advertisedHost host name or address that clients are told to use
 * @param pki its certificate and its trust folders; closed by its owner
 * @param users who may log in
 */
public record SecureServerConfig(
    String applicationName,
    String bindAddress,
    int port,
    String advertisedHost,
    PkiDirectory pki,
    UserDirectory users) {
  /** The last part of the endpoint's URL. */
  static final String PATH = "/anodyne";

  /** What clients connect to. */
  public String endpointUrl() {
    return "opc.tcp://" + advertisedHost + ":" + port + PATH;
  }
}
