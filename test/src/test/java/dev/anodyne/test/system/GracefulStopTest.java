package dev.anodyne.test.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is asked to end, as its service manager does it (SIGTERM): its charger comes to
 * zero first, and it ends with exit code 0 in time, whoever does not play along.
 */
@Timeout(240)
class GracefulStopTest {
  /** As docs/operations.md promises, and less than the service's own patience of 45 s. */
  private static final Duration END = Duration.ofSeconds(30);

  /**
   * A command is valid for 1.75 s and what the link takes, then a charger comes down by itself, at
   * 15 A/s or faster: 2.5 s. The rest is for a machine that does not run at once.
   */
  private static final Duration OFF = Duration.ofMillis(4500);

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** A stop is in order when this or less flows at its end, A; the server waits for 0.2 A. */
  private static final double DOWN_AMPS = 0.2;

  @TempDir Path folder;

  @Test
  void theChargerIsAtZeroBeforeTheEnd() throws Exception {
    try (StationFolder station = new StationFolder(folder, "cccv:0.5", "");
        ServerProcess server = charging(station)) {
      assertThat(healthy(server)).as("what a container's health check answers").isZero();
      assertEnds(server);
      assertThat(healthy(server)).as("and afterwards").isEqualTo(1);
      assertThat(station.charger().amps()).isLessThan(DOWN_AMPS);
      assertThat(newestOrderAmps(station)).isZero();
      assertThat(server.process().err()).doesNotContain("ERROR", "Exception");
    }
  }

  @Test
  @Tag("slow")
  void aDeafChargerHoldsNothingUp() throws Exception {
    try (StationFolder station = new StationFolder(folder, "cccv:0.5", "");
        ServerProcess server = charging(station)) {
      station.charger().relay().goDeaf();
      assertEnds(server);
      // It cannot be told; its last command expires.
      await().atMost(OFF).until(() -> station.charger().amps() < DOWN_AMPS);
    }
  }

  @Test
  @Tag("slow")
  void floodingClientsHoldNothingUp() throws Exception {
    try (StationFolder station = new StationFolder(folder, "cccv:0.5", "");
        ServerProcess server = charging(station)) {
      AtomicBoolean over = new AtomicBoolean();
      for (int i = 0; i < 8; i++) {
        flood(server.port(), i % 2 == 0 ? "/api/v1/stream" : "/api/v1/sessions", over);
      }
      Thread.sleep(500);
      assertEnds(server);
      over.set(true);
      assertThat(station.charger().amps()).isLessThan(DOWN_AMPS);
    }
  }

  private static int healthy(ServerProcess server) throws Exception {
    String port = Integer.toString(server.port());
    return new ProcessBuilder("../anodyne", "healthy", port).start().waitFor();
  }

  private static ServerProcess charging(StationFolder station) throws Exception {
    ServerProcess server = station.serve();
    server.awaitReady();
    await().atMost(PATIENCE).until(() -> station.charger().amps() > 1);
    return server;
  }

  private static void assertEnds(ServerProcess server) throws Exception {
    long begin = System.nanoTime();
    server.process().terminate();
    assertThat(server.process().endsWithin(END)).as(server.process().err()).isTrue();
    System.out.printf("GracefulStopTest ended after %.1f s%n", (System.nanoTime() - begin) * 1e-9);
    assertThat(server.process().exitCode()).as(server.process().err()).isZero();
  }

  private static double newestOrderAmps(StationFolder station) {
    var orders = station.charger().ordersSince(Long.MIN_VALUE / 2);
    return orders.get(orders.size() - 1).amps();
  }

  /** Asks again and again, and never reads an answer. */
  private static void flood(int port, String path, AtomicBoolean over) {
    byte[] request =
        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    Thread thread =
        new Thread(
            () -> {
              while (!over.get()) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                  OutputStream out = socket.getOutputStream();
                  InputStream unread = socket.getInputStream();
                  for (int i = 0; i < 1000 && !over.get(); i++) {
                    out.write(request);
                  }
                  unread.available();
                } catch (IOException e) {
                  pause();
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
