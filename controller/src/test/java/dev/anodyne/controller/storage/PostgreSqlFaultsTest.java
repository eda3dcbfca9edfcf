package dev.anodyne.controller.storage;

import static dev.anodyne.controller.storage.Samples.BEGIN;
import static dev.anodyne.controller.storage.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.storage.StoreStatus.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server that goes, comes back, and is slow. */
class PostgreSqlFaultsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private EmbeddedPostgres server;
  private StationStorage storage;
  private int told;

  @BeforeEach
  void start() throws IOException {
    server = server(0);
    storage =
        StationStorage.start(
            new StorageConfig(
                new StorageConfig.PostgreSql(
                    "jdbc:postgresql://localhost:" + server.getPort() + "/postgres",
                    "postgres",
                    ""),
                StorageConfig.Retention.USUAL,
                new StorageConfig.Spool(folder.resolve("spool"), 50_000_000)));
    tell(100);
    awaitAll();
  }

  private EmbeddedPostgres server(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("data"))
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "off");
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  @AfterEach
  void stop() throws IOException {
    storage.close();
    server.close();
  }

  @Test
  void aServerThatGoesAndComesBackGetsEverythingOnce() throws Exception {
    int port = server.getPort();
    server.close();
    tell(500);
    await().atMost(LONG).until(() -> storage.status().spoolEntries() == 500);
    assertThat(storage.status().state()).isEqualTo(State.SPOOLING);
    assertThat(storage.status().lastError()).contains("jdbc:postgresql://localhost:" + port);
    tell(500);
    server = server(port);
    awaitAll();
    assertThat(storage.status().spoolEntries()).isZero();
  }

  @Test
  void aTableThatSomebodyElseHoldsIsWaitedForElsewhere() throws Exception {
    try (Connection other = server.getPostgresDatabase().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE telemetry IN ACCESS EXCLUSIVE MODE");
      tell(500);
      await().atMost(LONG).until(() -> storage.status().spoolEntries() == 500);
      assertThat(storage.status().lastError()).contains("lock timeout");
      other.rollback();
    }
    awaitAll();
  }

  private void tell(int samples) {
    for (int i = 0; i < samples; i++) {
      storage.tell(sample("a", BEGIN + told++ * Micros.SECOND, 1000, 0.5));
    }
  }

  private void awaitAll() {
    await().atMost(LONG).until(() -> storage.status().state() == State.OK);
    await().atMost(LONG).ignoreExceptions().until(() -> rows() == told);
    assertThat(storage.status().droppedTelemetry()).isZero();
  }

  private int rows() {
    return storage
        .store()
        .telemetry("a", null, null, Duration.ZERO)
        .map(t -> t.rows().size())
        .orElse(0);
  }
}
