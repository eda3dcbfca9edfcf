package dev.anodyne.opcua.server.station;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.PortInUseException;
import dev.anodyne.opcua.server.SecureServerConfig;
import dev.anodyne.opcua.server.history.MemoryHistory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station's server that cannot start. */
class StationServerTest {
  @TempDir Path directory;

  @Test
  void aServerThatFindsItsPortTakenSaysSoAtOnce() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        PkiDirectory pki =
            PkiDirectory.open(
                directory, ApplicationIdentity.onThisHost("Station", "urn:anodyne:test:station"))) {
      SecureServerConfig config =
          new SecureServerConfig(
              "Station",
              "127.0.0.1",
              other.getLocalPort(),
              "127.0.0.1",
              pki,
              new UserDirectory(Map.of()));
      // A server that has never started must not be waited for when it is closed.
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> assertThatThrownBy(() -> start(config)).isInstanceOf(PortInUseException.class));
    }
  }

  private static StationServer start(SecureServerConfig config) {
    return StationServer.start(
        config,
        new StationLayout("Depot", "0.1.0", List.of()),
        (command, user) -> CompletableFuture.completedFuture(CommandAnswer.accepted("Done.")),
        (user, action) -> true,
        new MemoryHistory(10),
        Clock.systemUTC());
  }
}
