package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.NanoClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chargers of one station share what they can. */
class ManyChargersTest {
  private static final int CHARGERS = 8;

  @TempDir Path directory;

  @Test
  void oneMoreChargerCostsOneMoreThread() throws Exception {
    try (FakeCharger server = new FakeCharger(directory.resolve("server"))) {
      OpcUaChargerConfig config = server.trustedClient(directory.resolve("client"));
      long watchesBefore = threads("milo-trust-list-watcher");
      List<OpcUaCharger> chargers = new ArrayList<>();
      try {
        for (int i = 0; i < CHARGERS; i++) {
          chargers.add(OpcUaCharger.start(config, NanoClock.SYSTEM));
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> chargers.stream().allMatch(one -> one.status().link() == LinkState.UP));
        assertThat(threads("milo-trust-list-watcher") - watchesBefore)
            .as("one watch on the folder that all use")
            .isEqualTo(1);
        assertThat(threads("charger " + config.endpointUrl())).isEqualTo(CHARGERS);
      } finally {
        chargers.forEach(OpcUaCharger::close);
      }
      assertThat(threads("milo-trust-list-watcher"))
          .as("the last one has closed the folder")
          .isEqualTo(watchesBefore);
    }
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }
}
