package dev.anodyne.test.benchmark.opcua;

import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Names, folders and ports that the processes share. */
final class Applications {
  static final String USER = "scada";
  static final String PASSWORD = "correct horse";

  private Applications() {}

  static ApplicationIdentity identity(String name) {
    return ApplicationIdentity.onThisHost("Anodyne " + name, "urn:anodyne:benchmark:" + name);
  }

  static Path folder(Path directory, String name) {
    return directory.resolve(name);
  }

  static PkiDirectory pki(Path directory, String name) {
    return PkiDirectory.open(folder(directory, name), identity(name));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Ids of chargers, from 1 on. */
  static String charger(int number) {
    return "CH%04d".formatted(number);
  }
}
