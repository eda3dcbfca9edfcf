package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.controller.config.StorageConfig.PostgreSql;
import dev.anodyne.controller.config.StorageConfig.Retention;
import dev.anodyne.controller.config.StorageConfig.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageReaderTest {
  private static final String REST =
      """
      connectors:
        - id: C1
          charger: {endpoint: "opc.tcp://localhost:4841", user: a, password: b}
          battery: {cell: lgm50}
      """;

  @TempDir private Path folder;

  private StorageConfig read(String storage) throws IOException {
    Path file = Files.writeString(folder.resolve("depot.yaml"), REST + storage);
    return StationConfigReader.read(file).storage();
  }

  @Test
  void withoutAWordThereIsADatabaseBesideTheFile() throws IOException {
    assertThat(read(""))
        .isEqualTo(
            new StorageConfig(
                new SqliteFile(folder.resolve("depot.db")),
                Retention.USUAL,
                new StorageConfig.Spool(folder.resolve("depot-spool"), 500_000_000)));
  }

  @Test
  void offIsOff() throws IOException {
    assertThat(read("storage: off")).isNull();
    assertThat(read("storage: false")).isNull();
  }

  @Test
  void everythingCanBeSaid() throws IOException {
    StorageConfig said =
        read(
            """
            storage:
              file: data/my.db
              retention: {fullRateDays: 7, telemetryDays: 90, sessionsDays: 0, auditDays: 30}
              spool: {folder: /var/tmp/waiting, megabytes: 20}
            """);
    assertThat(said.target()).isEqualTo(new SqliteFile(folder.resolve("data/my.db")));
    assertThat(said.retention())
        .isEqualTo(
            new Retention(
                7, 90, 0, 30, Retention.USUAL.alarmsDays(), Retention.USUAL.historyDays()));
    assertThat(said.spool())
        .isEqualTo(new StorageConfig.Spool(Path.of("/var/tmp/waiting"), 20_000_000));
  }

  @Test
  void aServersPasswordComesFromAFileAndIsNeverShown() throws IOException {
    Files.writeString(folder.resolve("secret"), "pass word\n");
    StorageConfig said =
        read(
            """
            storage:
              postgresql:
                url: jdbc:postgresql://db:5432/anodyne
                user: anodyne
                passwordFile: secret
            """);
    assertThat(said.target())
        .isEqualTo(new PostgreSql("jdbc:postgresql://db:5432/anodyne", "anodyne", "pass word"));
    assertThat(said.toString()).doesNotContain("pass word");
    assertThat(said.target().shown()).isEqualTo("jdbc:postgresql://db:5432/anodyne as anodyne");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          storage: yes please | storage is 'yes please'
          storage: {fil: a.db} | storage.fil is not a known key
          storage: {file: a.db, postgresql: {url: u, user: a}} | file or postgresql, not both
          storage: {postgresql: {user: a}} | storage.postgresql.url is missing
          storage: {postgresql: {url: "postgresql://h/d", user: a}} | Maybe jdbc:postgresql://h/d
          storage: {postgresql: {url: "jdbc:postgresql:d?password=x", user: a}} | without a password
          storage: {postgresql: {url: "jdbc:postgresql:d"}} | storage.postgresql.user is missing
          storage: {postgresql: {url: "jdbc:postgresql:d", user: a, passwordFile: none}} | can be read
          storage: {retention: {telemetryDays: -1}} | storage.retention.telemetryDays is '-1'
          storage: {retention: {telemetryDays: 1.5}} | a whole number
          storage: {retention: {telemetryDays: 90, sessionsDays: 30}} | at most sessionsDays (30)
          storage: {spool: {megabytes: 0.5}} | storage.spool.megabytes is '0.5'
          storage: {file: .} | a file, not a folder
          """)
  void whatIsWrongIsNamed(String storage, String complaint) {
    assertThatThrownBy(() -> read(storage))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("depot.yaml:5: storage")
        .hasMessageContaining(complaint);
  }
}
