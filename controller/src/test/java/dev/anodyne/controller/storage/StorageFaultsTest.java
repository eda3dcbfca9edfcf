package dev.anodyne.controller.storage;

import static dev.anodyne.controller.storage.Samples.BEGIN;
import static dev.anodyne.controller.storage.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.storage.StoreStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite that does not take anything: nothing is lost while there is room anywhere. */
class StorageFaultsTest {
  /** A machine under load may take its time; whoever waits this long has found a fault. */
  private static final Duration LONG = Duration.ofSeconds(90);

  private static final long MEMORY = 4_000_000;

  /** Nothing is so old that it is let go of. */
  private static final Clock CLOCK = Clock.fixed(Micros.instant(BEGIN), ZoneOffset.UTC);

  @TempDir private Path folder;
  private final Properties properties = new Properties();
  private final List<State> states = new CopyOnWriteArrayList<>();
  private StationStorage storage;
  private long told;

  @BeforeEach
  void start() {
    storage = started(50_000_000);
  }

  private StationStorage started(long spoolBytes) {
    StationStorage made =
        StationStorage.start(
            new StorageConfig(
                new StorageConfig.SqliteFile(folder.resolve("station.db")),
                StorageConfig.Retention.USUAL,
                new StorageConfig.Spool(folder.resolve("spool"), spoolBytes)),
            new StationStorage.Options(properties, MEMORY, CLOCK));
    made.listen(status -> states.add(status.state()));
    made.awaitFirstTry(LONG.toMillis());
    return made;
  }

  @AfterEach
  void stop() {
    storage.close();
  }

  @Test
  void aLockedFileHoldsNothingUpAndAllIsWrittenAfterwards() throws Exception {
    tell(100);
    awaitState(State.OK);
    try (LockHolder other = LockHolder.lock(folder.resolve("station.db"))) {
      tell(500);
      awaitState(State.SPOOLING);
      tell(500);
      await().atMost(LONG).until(() -> storage.status().spoolEntries() == 1000);
      assertThat(storage.status().lastError()).contains("station.db").contains("locked");
      assertThat(times()).as("what was written can be read").hasSize(100);
    }
    awaitState(State.OK);
    assertAllThereInOrder();
    assertThat(storage.status().spoolBytes()).isZero();
    assertThat(states).containsSubsequence(State.OK, State.SPOOLING, State.OK);
  }

  @Test
  void aFullDiskIsSpooledAndCaughtUpWith() throws Exception {
    tell(10);
    awaitState(State.OK);
    storage.close();
    properties.setProperty("max_page_count", "80");
    storage = started(50_000_000);
    await()
        .atMost(LONG)
        .until(
            () -> {
              tell(500);
              return storage.status().state() == State.SPOOLING;
            });
    assertThat(storage.status().lastError()).contains("full");
    tell(500);
    properties.remove("max_page_count");
    awaitState(State.OK);
    assertAllThereInOrder();
  }

  @Test
  void whatWaitedIsWrittenAfterARestartOnce() throws Exception {
    tell(10);
    awaitState(State.OK);
    try (LockHolder other = LockHolder.lock(folder.resolve("station.db"))) {
      tell(500);
      awaitState(State.SPOOLING);
      await().atMost(LONG).until(() -> storage.status().spoolEntries() == 500);
      storage.close();
      storage = started(50_000_000);
      assertThat(storage.status().spoolEntries()).isEqualTo(500);
      tell(10);
    }
    await().atMost(LONG).until(() -> times().size() == told);
    assertAllThereInOrder();
  }

  @Test
  void withoutDatabaseAndDiskTheNewestTelemetryAndAllEventsStayInMemory() throws Exception {
    tell(10);
    awaitState(State.OK);
    Path inTheWay = folder.resolve("spool");
    try (LockHolder other = LockHolder.lock(folder.resolve("station.db"))) {
      Files.writeString(inTheWay, "A file where the folder was to be.");
      storage.tell(Samples.audit(1));
      tell(5000);
      awaitState(State.MEMORY_ONLY);
      storage.tell(Samples.audit(2));
      tell(10_000);
      StoreStatus status = storage.status();
      assertThat(status.inboxBytes()).isLessThanOrEqualTo(MEMORY);
      assertThat(status.droppedTelemetry()).isPositive();
      assertThat(status.droppedEvents()).isZero();
      assertThat(status.filled()).isGreaterThan(0.5);
      assertThat(status.lastError()).contains("locked").contains("spool");
    }
    Files.delete(inTheWay);
    awaitState(State.OK);
    await().atMost(LONG).until(() -> storage.status().inboxEntries() == 0);
    long dropped = storage.status().droppedTelemetry();
    await().atMost(LONG).until(() -> times().size() == told - dropped);
    assertThat(times().get(times().size() - 1)).as("the newest").isEqualTo(time(told - 1));
    assertThat(storage.store().audit(PageRequest.first(10)).items()).hasSize(2);
  }

  @Test
  void aFileThatIsDeletedUnderItIsMadeAnew() throws Exception {
    tell(100);
    awaitState(State.OK);
    await().atMost(LONG).until(() -> times().size() == 100);
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("station.db" + end));
    }
    await()
        .atMost(LONG)
        .until(() -> String.valueOf(storage.status().lastError()).contains("deleted"));
    tell(100);
    // Until it is made, there is nothing to be asked.
    await().atMost(LONG).ignoreExceptions().until(() -> times().size() == 100);
    assertThat(times().get(0)).isEqualTo(time(100));
    assertThat(storage.status().state()).isEqualTo(State.OK);
  }

  @Test
  void anEntryThatTheDatabaseRefusesHoldsNothingUp() {
    AuditRow broken =
        new AuditRow(
            "x", Micros.instant(BEGIN), "api", "CALL", true, "Good", null, null, null, null, "");
    tell(50);
    storage.tell(broken);
    tell(50);
    await().atMost(LONG).until(() -> times().size() == 100);
    assertThat(storage.status().state()).isEqualTo(State.OK);
    assertThat(storage.status().droppedEvents()).isEqualTo(1);
  }

  private void tell(int samples) {
    for (int i = 0; i < samples; i++) {
      storage.tell(sample("a", time(told++), 1000, 0.5));
    }
  }

  private static long time(long number) {
    return BEGIN + number * Micros.SECOND;
  }

  private void awaitState(State state) {
    await().atMost(LONG).until(() -> storage.status().state() == state);
  }

  private void assertAllThereInOrder() {
    await().atMost(LONG).until(() -> times().size() == told);
    assertThat(times())
        .containsExactlyElementsOf(
            LongStream.range(0, told).map(StorageFaultsTest::time).boxed().toList());
    assertThat(storage.status().droppedTelemetry()).isZero();
  }

  private List<Long> times() {
    return storage
        .store()
        .telemetry("a", null, null, Duration.ZERO)
        .map(t -> t.rows().stream().map(Telemetry.Row::timeMicros).toList())
        .orElse(List.of());
  }
}
