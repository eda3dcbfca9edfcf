package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server dies and comes back again and again; prints how long the link took. */
@Tag("slow")
class ReconnectSoakTest {
  private static final int CYCLES = 15;

  /** Recovery without a restart that integrators are promised. */
  private static final Duration PROMISED = Duration.ofSeconds(10);

  @TempDir Path directory;

  @Test
  void everyReturnIsNoticedInTimeAndNothingIsLeftBehind() throws Exception {
    Random random = new Random(1);
    try (FakeCharger server = new FakeCharger(directory.resolve("server"))) {
      OpcUaChargerConfig config = server.trustedClient(directory.resolve("client"));
      try (OpcUaCharger charger = OpcUaCharger.start(config, NanoClock.SYSTEM)) {
        awaitLink(charger, LinkState.UP, Duration.ofSeconds(20));
        double worstLoss = 0;
        double worstReturn = 0;
        int threadsAfterFirst = 0;
        for (int i = 0; i < CYCLES; i++) {
          charger.apply(new CurrentCommand(5, 16.8, System.nanoTime() + 60_000_000_000L));
          server.stopServer();
          worstLoss =
              Math.max(worstLoss, awaitLink(charger, LinkState.DOWN, Duration.ofSeconds(3)));
          Thread.sleep(random.nextInt(3000));
          server.writes.clear();
          server.startServer();
          worstReturn = Math.max(worstReturn, awaitLink(charger, LinkState.UP, PROMISED));
          assertThat(server.writes).as("nothing is written by itself").isEmpty();
          if (i == 1) {
            threadsAfterFirst = Thread.activeCount();
          }
        }
        System.out.printf(
            "%d kills: noticed within %.2f s, back within %.2f s, threads %d to %d%n",
            CYCLES, worstLoss, worstReturn, threadsAfterFirst, Thread.activeCount());
        // The library's pools grow to their size; a leak would add threads in every cycle.
        assertThat(Thread.activeCount()).isLessThan(threadsAfterFirst + CYCLES);
      }
    }
  }

  private static double awaitLink(OpcUaCharger charger, LinkState link, Duration atMost) {
    long begin = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(atMost)
        .until(() -> charger.status().link() == link);
    return (System.nanoTime() - begin) * 1e-9;
  }
}
