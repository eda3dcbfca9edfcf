package dev.anodyne.controller.storage;

import static dev.anodyne.controller.storage.Samples.BEGIN;
import static dev.anodyne.controller.storage.Samples.begun;
import static dev.anodyne.controller.storage.Samples.ended;
import static dev.anodyne.controller.storage.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.storage.export.TableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageExportTest {
  @TempDir private Path folder;
  private StorageConfig config;
  private Path out;

  @BeforeEach
  void fill() throws Exception {
    out = folder.resolve("out");
    config =
        new StorageConfig(
            new StorageConfig.SqliteFile(folder.resolve("station.db")),
            new StorageConfig.Retention(2, 100, 1000, 0, 0, 0),
            new StorageConfig.Spool(folder.resolve("spool"), 1_000_000));
    try (Database database = new Database(config.target());
        EntrySql sql = new EntrySql(database.writer())) {
      List<Entry> batch = new ArrayList<>();
      batch.add(begun("old", BEGIN));
      batch.add(begun("new,\"odd\"", "C2", BEGIN + 5 * Micros.DAY));
      for (int i = 0; i < 120; i++) {
        batch.add(sample("old", BEGIN + i * Micros.SECOND, i % 60, 0.25));
        batch.add(sample("new,\"odd\"", BEGIN + 5 * Micros.DAY + i * Micros.SECOND, i, 0.25));
      }
      batch.add(ended("old", BEGIN + 120 * Micros.SECOND));
      sql.write(batch);
      Retention retention =
          new Retention(
              config.retention(),
              Clock.fixed(Micros.instant(BEGIN + 5 * Micros.DAY), ZoneOffset.UTC));
      while (retention.step(sql)) {}
    }
  }

  @Test
  void csvHasUnitsAndEverySample() throws Exception {
    StorageExport.Result result = export(TableFile.Format.CSV, null);
    assertThat(result.charges()).isEqualTo(2);
    assertThat(result.rows()).isEqualTo(122);
    assertThat(names())
        .containsExactlyInAnyOrder("charges.csv", "telemetry-new__odd_.csv", "telemetry-old.csv");
    List<String> charges = Files.readAllLines(out.resolve("charges.csv"));
    assertThat(charges).hasSize(3);
    assertThat(charges.get(0)).startsWith("Charge,Connector,Battery,").contains("Energy [W.h]");
    assertThat(charges.get(1)).startsWith("\"new,\"\"odd\"\"\",C2,B-7,lgm50,4s1p,augmented,mpc,");
    assertThat(charges.get(2)).contains(",Finished,The target is reached.,true,MINUTES,0.8,0.25,");
    List<String> telemetry = Files.readAllLines(out.resolve("telemetry-new__odd_.csv"));
    assertThat(telemetry).hasSize(121);
    assertThat(telemetry.get(0))
        .startsWith(
            "Time [s],UTC,Current [A],Voltage [V],Lowest cell voltage [V],Temperature [K],");
    assertThat(telemetry.get(2)).startsWith("1.0,2026-02-05T06:30:01Z,,,,,,0.1,,1.0,0.25,");
    assertThat(telemetry.get(2)).contains(",MPC,");
    List<String> minutes = Files.readAllLines(out.resolve("telemetry-old.csv"));
    assertThat(minutes).hasSize(3);
    assertThat(minutes.get(0)).contains(",Pack power [W],Minimum of Pack power [W],Maximum of ");
    assertThat(minutes.get(1)).contains(",29.5,0.0,59.0,");
  }

  @Test
  void parquetHasTheSame() throws Exception {
    StorageExport.Result result = export(TableFile.Format.PARQUET, "old");
    assertThat(result.charges()).isEqualTo(1);
    assertThat(names()).containsExactlyInAnyOrder("charges.parquet", "telemetry-old.parquet");
    List<Map<String, Object>> rows = parquet(out.resolve("telemetry-old.parquet"));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1))
        .containsEntry("Time [s]", 60.0)
        .containsEntry("UTC", BEGIN + Micros.MINUTE)
        .containsEntry("Pack power [W]", 29.5)
        .containsEntry("Maximum of Pack power [W]", 59.0)
        .containsEntry("Voltage [V]", null);
    assertThat(parquet(out.resolve("charges.parquet")).get(0))
        .containsEntry("Charge", "old")
        .containsEntry("State", "Finished")
        .containsEntry("Samples", 120.0);
  }

  @Test
  void chargesAreChosenByTheirBegin() throws Exception {
    StorageExport export = new StorageExport(config, out, TableFile.Format.CSV);
    StorageExport.Request recent =
        new StorageExport.Request(null, Micros.instant(BEGIN + Micros.DAY), null);
    assertThat(export.run(recent).files()).hasSize(2);
    StorageExport.Request none =
        new StorageExport.Request(null, null, Micros.instant(BEGIN - Micros.DAY));
    assertThat(export.run(none).charges()).isZero();
    assertThatThrownBy(() -> export(TableFile.Format.CSV, "nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Charge 'nothing' is not in the database.");
  }

  @Test
  void aFileThatFailsIsNotThere() throws Exception {
    Path file = folder.resolve("half.csv");
    assertThatThrownBy(
            () ->
                TableFile.write(
                    file,
                    TableFile.Format.CSV,
                    ChargeColumns.columns(),
                    table -> {
                      throw new IOException("The disk is full.");
                    }))
        .hasMessage("The disk is full.");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(name -> name.contains("half"));
    }
  }

  @Test
  void infoTellsWhatIsThereAndChangesNothing() throws Exception {
    StorageTool.Info info = StorageTool.info(config);
    assertThat(info.schema()).isEqualTo(Schema.KNOWN);
    assertThat(info.rows())
        .containsEntry("charges", 2L)
        .containsEntry("telemetry", 120L)
        .containsEntry("telemetry_minutes", 2L);
    assertThat(info.oldestCharge()).isEqualTo(Micros.instant(BEGIN));
    assertThat(StorageTool.migrate(config)).isEqualTo(Schema.KNOWN);
    StorageConfig other =
        new StorageConfig(
            new StorageConfig.SqliteFile(folder.resolve("other.db")),
            config.retention(),
            config.spool());
    assertThatThrownBy(() -> StorageTool.info(other))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("other.db: there is no such file.\nMaybe ");
    assertThat(folder.resolve("other.db")).doesNotExist();
    assertThat(StorageTool.migrate(other)).isZero();
    assertThat(StorageTool.info(other).schema()).isEqualTo(Schema.KNOWN);
  }

  private StorageExport.Result export(TableFile.Format format, String charge) throws IOException {
    return new StorageExport(config, out, format)
        .run(new StorageExport.Request(charge, null, null));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(out)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  private static List<Map<String, Object>> parquet(Path file) throws IOException {
    Hydrator<Map<String, Object>, Map<String, Object>, String[]> hydrator =
        new Hydrator<>() {
          @Override
          public Map<String, Object> start() {
            return new HashMap<>();
          }

          @Override
          public Map<String, Object> add(Map<String, Object> row, String[] path, Object value) {
            row.put(path[0], value);
            return row;
          }

          @Override
          public Map<String, Object> finish(Map<String, Object> row) {
            return row;
          }
        };
    try (Stream<Map<String, Object>> rows = ParquetReader.streamContent(file.toFile(), hydrator)) {
      return rows.toList();
    }
  }
}
