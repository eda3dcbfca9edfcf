package dev.anodyne.controller.storage;

import static dev.anodyne.controller.storage.Samples.BEGIN;
import static dev.anodyne.controller.storage.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.config.StorageConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand connectors that tell a full sample each every second. */
@Tag("slow")
class StoragePaceTest {
  private static final int CONNECTORS = 2000;
  private static final int SECONDS = 60;
  private static final double WANTED_VALUES_PER_SECOND = 50_000;

  @TempDir private Path folder;

  @Test
  void theDatabaseKeepsUp() {
    try (StationStorage storage =
        StationStorage.start(
            new StorageConfig(
                new StorageConfig.SqliteFile(folder.resolve("station.db")),
                StorageConfig.Retention.USUAL,
                new StorageConfig.Spool(folder.resolve("spool"), 500_000_000)))) {
      storage.awaitFirstTry(TimeUnit.MINUTES.toMillis(1));
      long begin = System.nanoTime();
      long most = 0;
      for (int second = 0; second < SECONDS; second++) {
        for (int i = 0; i < CONNECTORS; i++) {
          Sample sample = sample("charge" + i, BEGIN + second * Micros.SECOND + i, 1000, 0.5);
          Arrays.setAll(sample.values(), n -> n + 0.123 * (n % 7));
          storage.tell(sample);
        }
        most = Math.max(most, storage.status().inboxEntries());
        LockSupport.parkNanos(begin + (second + 1) * 1_000_000_000L - System.nanoTime());
      }
      while (storage.status().written() < (long) CONNECTORS * SECONDS) {
        LockSupport.parkNanos(10_000_000);
      }
      double seconds = (System.nanoTime() - begin) * 1e-9;
      double rate = (double) CONNECTORS * SECONDS * Sample.VALUES / seconds;
      System.out.printf(
          "%.0f values/s in %.1f s, at most %d samples waiting, %s%n",
          rate, seconds, most, storage.status());
      assertThat(rate).isGreaterThan(WANTED_VALUES_PER_SECOND);
      assertThat(most).as("samples that wait: those of three seconds").isLessThan(3 * CONNECTORS);
      assertThat(storage.status().droppedTelemetry()).isZero();
    }
  }
}
