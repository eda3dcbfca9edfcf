package dev.anodyne.controller.http;

import dev.anodyne.controller.config.ApiConfig;

/**
 * Where the dashboard listens.
 *
 * @param bind address to listen on; {@code 127.0.0.1} keeps it on this machine
 * @param port TCP port; 0 takes a free one
 * @param api who may use it
 */
public record HttpSettings(String bind, int port, ApiConfig api) {
  /** For whoever is on this machine. */
  public HttpSettings(String bind, int port) {
    this(bind, port, ApiConfig.LOCAL);
  }

  /** This machine only. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings("127.0.0.1", port);
  }

  boolean isLoopback() {
    return bind.equals("127.0.0.1") || bind.equals("::1") || bind.equals("localhost");
  }
}
