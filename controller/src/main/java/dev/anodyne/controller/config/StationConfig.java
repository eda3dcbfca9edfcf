package dev.anodyne.controller.config;

import java.util.List;

/**
 * A whole station, checked and with every default filled in.
 *
 * @param http where the dashboard listens
 * @param connectors at least one; their ids differ
 */
public record StationConfig(HttpConfig http, List<ConnectorConfig> connectors) {
  public StationConfig {
    connectors = List.copyOf(connectors);
  }

  /**
   * Where the dashboard listens.
   *
   * @param bind address; {@code 127.0.0.1} keeps it on this machine
   * @param port TCP port, 1–65535, or 0 for a free one
   */
  public record HttpConfig(String bind, int port) {}
}
