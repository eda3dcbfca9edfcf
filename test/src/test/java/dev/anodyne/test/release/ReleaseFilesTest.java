package dev.anodyne.test.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.config.PolicyFileReader;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.lab.recording.Replay;
import dev.anodyne.controller.lab.recording.ReplayResult;
import dev.anodyne.controller.storage.ChargeQuery;
import dev.anodyne.controller.storage.ChargeRow;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.controller.storage.StoreStatus;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.bounds.BoundFile;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.estimators.network.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier release wrote opens, as docs/operations.md promises under "Upgrading". */
class ReleaseFilesTest {
  private static final Path RELEASE = Path.of("src/test/resources/release-0.1");
  private static final String CHARGE = "01a20883-aa8d-7000-93bb-f8e3b01070ba";
  private static final int SAMPLES = 28;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Age never matters here: nothing is thinned out or deleted. */
  private static final StorageConfig.Retention FOR_EVER =
      new StorageConfig.Retention(36_500, 36_500, 36_500, 36_500, 36_500, 36_500);

  @TempDir Path folder;

  private StorageConfig copied() throws IOException {
    Path database = Files.copy(RELEASE.resolve("station.db"), folder.resolve("station.db"));
    return new StorageConfig(
        new StorageConfig.SqliteFile(database),
        FOR_EVER,
        new StorageConfig.Spool(folder.resolve("spool"), 10_000_000));
  }

  @Test
  void itsDatabaseOpensWithEveryChargeAndSample() throws IOException {
    try (StationStorage storage = StationStorage.start(copied())) {
      await().atMost(PATIENCE).until(() -> storage.status().state() == StoreStatus.State.OK);
      List<ChargeRow> charges = storage.store().charges(ChargeQuery.newest(10)).items();
      assertThat(charges).hasSize(1);
      assertThat(charges.get(0).id()).isEqualTo(CHARGE);
      assertThat(charges.get(0).reason()).isEqualTo("The server stops.");
      assertThat(charges.get(0).batteryId()).isEqualTo("bus-17");
      assertThat(storage.store().telemetry(CHARGE, null, null, Duration.ZERO).orElseThrow().rows())
          .hasSize(SAMPLES);
    }
  }

  /** After an upgrade the old server must not write into a schema that it does not know. */
  @Test
  void aDatabaseOfALaterReleaseIsRefusedAndLeftAsItIs() throws Exception {
    StorageConfig config = copied();
    Path database = folder.resolve("station.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE flyway_schema_history SET version = '999' WHERE installed_rank ="
              + " (SELECT max(installed_rank) FROM flyway_schema_history)");
    }
    assertThatThrownBy(
            () -> {
              try (StationStorage storage = StationStorage.start(config)) {
                storage.awaitFirstTry(PATIENCE.toMillis());
              }
            })
        .hasMessageContaining("999")
        .hasMessageContaining("station.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"server.jsonl.gz", "charge.jsonl.gz"})
  void itsRecordingsReplay(String name) throws IOException {
    ReplayResult result = Replay.run(RELEASE.resolve(name));
    assertThat(result.decisions()).isGreaterThan(20);
    assertThat(result.commands()).isGreaterThan(20);
  }

  @Test
  void itsBatteryFileOpensAndALaterOneIsRefused() throws IOException {
    Path file = RELEASE.resolve("bus-17.json");
    assertThat(BatteryFile.read(file, CellParameters.load("lgm50"))).isNotNull();
    Path later = later(file, "\"version\" : 2", "\"version\" : 99");
    assertThatThrownBy(() -> BatteryFile.read(later))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99");
  }

  @Test
  void itsModelsAndBoundsOpenAndLaterOnesAreRefused() throws IOException {
    Path model = RELEASE.resolve("model.json");
    assertThat(ModelFile.read(model)).isNotNull();
    assertThatThrownBy(() -> ModelFile.read(withVersion(model)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99");
    Path bounds = RELEASE.resolve("bounds.json");
    assertThat(BoundFile.readIfBounds(bounds)).isPresent();
    assertThatThrownBy(() -> BoundFile.readIfBounds(withVersion(bounds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("99");
  }

  @Test
  void itsPoliciesOpen() throws IOException {
    try (Stream<Path> all = Files.list(RELEASE.resolve("policies"))) {
      List<Path> policies = all.toList();
      assertThat(policies).hasSizeGreaterThan(3);
      policies.forEach(policy -> assertThat(PolicyFileReader.read(policy).spec()).isNotNull());
    }
  }

  @Test
  void itsStationsFileOpens() throws IOException {
    Path file = Files.copy(RELEASE.resolve("station.yaml"), folder.resolve("station.yaml"));
    StationConfig station = StationConfigReader.read(file);
    assertThat(station.connectors()).hasSize(1);
    assertThat(station.connectors().get(0).id()).isEqualTo("C1");
  }

  private Path withVersion(Path file) throws IOException {
    return later(file, "\"version\"\\s*:\\s*\\d+", "\"version\" : 99");
  }

  private Path later(Path file, String pattern, String replacement) throws IOException {
    String text = Files.readString(file);
    String changed = text.replaceFirst(pattern, replacement);
    assertThat(changed).isNotEqualTo(text);
    return Files.writeString(folder.resolve("later-" + file.getFileName()), changed);
  }
}
