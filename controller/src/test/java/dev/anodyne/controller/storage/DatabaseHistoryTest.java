package dev.anodyne.controller.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.opcua.server.history.HistoryPoint;
import dev.anodyne.opcua.server.history.HistoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseHistoryTest {
  private static final String CURRENT = "CH01.Measurements.Current";

  /** Recent: what is old is let go of. */
  private static final long NOW = Micros.of(Instant.now());

  private static final long ALL = Long.MAX_VALUE - NOW;

  @TempDir private Path folder;

  private StationStorage started() {
    StationStorage storage =
        StationStorage.start(
            new StorageConfig(
                new StorageConfig.SqliteFile(folder.resolve("station.db")),
                StorageConfig.Retention.USUAL,
                new StorageConfig.Spool(folder.resolve("spool"), 10_000_000)));
    storage.awaitFirstTry(60_000);
    return storage;
  }

  @Test
  void valuesSurviveARestartAndComeBackWithoutSeam() {
    try (StationStorage storage = started()) {
      append(storage.history(10), 0, 50);
    }
    try (StationStorage storage = started()) {
      HistoryStore history = storage.history(10);
      assertThat(micros(history.ascending(CURRENT, NOW + 0, NOW + ALL, 1000)))
          .isEqualTo(range(0, 50));
      append(history, 50, 100);
      // The ring holds 90 to 99; what came before is in the database within a moment.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(micros(history.ascending(CURRENT, NOW + 0, NOW + ALL, 1000)))
                      .isEqualTo(range(0, 100)));
      assertThat(micros(history.ascending(CURRENT, NOW + 45, NOW + 95, 1000)))
          .isEqualTo(range(45, 96));
      assertThat(micros(history.ascending(CURRENT, NOW + 80, NOW + ALL, 15)))
          .isEqualTo(range(80, 95));
      assertThat(micros(history.ascending(CURRENT, NOW + 95, NOW + ALL, 3)))
          .isEqualTo(range(95, 98));
      assertThat(micros(history.descending(CURRENT, NOW + ALL, NOW + 0, 1000)))
          .isEqualTo(reversed(range(0, 100)));
      assertThat(micros(history.descending(CURRENT, NOW + 92, NOW + 85, 1000)))
          .isEqualTo(reversed(range(85, 93)));
      assertThat(micros(history.descending(CURRENT, NOW + ALL, NOW + 0, 12)))
          .isEqualTo(reversed(range(88, 100)));
      HistoryPoint bad = history.ascending(CURRENT, NOW + 13, NOW + 13, 1).get(0);
      assertThat(bad.value()).isNaN();
      assertThat(bad.status()).isEqualTo(0x80000000L);
      assertThat(history.ascending("nobody", 0, ALL, 10)).isEmpty();
    }
  }

  /** Every thirteenth is bad, without a number. */
  private static void append(HistoryStore history, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean bad = i % 13 == 0;
      history.append(
          CURRENT, new HistoryPoint(NOW + i, bad ? Double.NaN : i * 0.5, bad ? 0x80000000L : 0));
    }
  }

  private static List<Long> micros(List<HistoryPoint> points) {
    return points.stream().map(p -> p.epochMicros() - NOW).toList();
  }

  private static List<Long> range(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> (long) i).toList();
  }

  private static List<Long> reversed(List<Long> list) {
    List<Long> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }
}
