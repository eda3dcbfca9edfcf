package dev.anodyne.test.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.lab.recording.Replay;
import dev.anodyne.controller.lab.recording.ReplayResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a station's folder holds after its server has ended, looked at without the server's code.
 */
final class KeptData implements AutoCloseable {
  private final Path folder;
  private final Connection database;

  private KeptData(Path folder, Connection database) {
    this.folder = folder;
    this.database = database;
  }

  static KeptData open(Path folder) throws SQLException {
    return new KeptData(folder, connect(folder.resolve("station.db")));
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  /**
   * The database as the dead server left it is sound. Looked at in a copy, since looking itself
   * mends what a kill leaves behind.
   */
  static void assertSound(Path folder) throws IOException, SQLException {
    if (!Files.exists(folder.resolve("station.db"))) {
      return;
    }
    Path copy = Files.createTempDirectory(folder, "copy-");
    for (String part : List.of("station.db", "station.db-wal")) {
      if (Files.exists(folder.resolve(part))) {
        Files.copy(folder.resolve(part), copy.resolve(part), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (Connection database = connect(copy.resolve("station.db"));
        Statement statement = database.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(answer.next()).isTrue();
      assertThat(answer.getString(1)).isEqualTo("ok");
    }
    for (String part : List.of("station.db", "station.db-wal", "station.db-shm")) {
      Files.deleteIfExists(copy.resolve(part));
    }
    Files.delete(copy);
  }

  /** Whether the charge has a sample with just this voltage. */
  boolean holds(String charge, double packVolts) throws SQLException {
    try (PreparedStatement query =
        database.prepareStatement(
            "SELECT count(*) FROM telemetry t JOIN charges c ON c.charge_no = t.charge_no"
                + " WHERE c.charge_id = ? AND t.pack_voltage_v = ?")) {
      query.setString(1, charge);
      query.setDouble(2, packVolts);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() && rows.getInt(1) > 0;
      }
    }
  }

  /** All charges but the newest have an end, and each end has a reason. */
  void assertEveryChargeGoesOnOrHasEndedWithAReason() throws SQLException {
    List<String> open = new ArrayList<>();
    String newest = "";
    int charges = 0;
    try (Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT charge_id, ended_us, reason FROM charges ORDER BY begun_us")) {
      while (rows.next()) {
        charges++;
        newest = rows.getString("charge_id");
        boolean hasEnded = rows.getObject("ended_us") != null;
        if (!hasEnded) {
          open.add(newest);
        } else {
          assertThat(rows.getString("reason")).as("why %s ended", newest).isNotBlank();
        }
      }
    }
    assertThat(charges).isPositive();
    assertThat(open).as("charges without an end").isSubsetOf(newest);
  }

  /** Every recording, also one that a kill has cut off, gives the same commands again. */
  void assertRecordingsReplay() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("recordings"))) {
      files = all.filter(file -> file.toString().endsWith(".jsonl.gz")).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      ReplayResult result = Replay.run(file);
      assertThat(result.found()).as("difference in %s", file.getFileName()).isNull();
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
