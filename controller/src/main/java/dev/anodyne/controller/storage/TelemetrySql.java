package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes samples. Not thread-safe. */
final class TelemetrySql {
  private static final String COLUMNS =
      Stream.concat(
              Arrays.stream(TelemetryColumn.values()).map(TelemetryColumn::column),
              Arrays.stream(TelemetryWord.values()).map(TelemetryWord::column))
          .collect(Collectors.joining(", "));
  private static final String INSERT =
      "INSERT INTO telemetry (charge_no, time_us, "
          + COLUMNS
          + ") VALUES (?, ?"
          + ", ?".repeat(Sample.VALUES + Sample.WORDS)
          + ") ON CONFLICT (charge_no, time_us) DO NOTHING";

  private final ChargeSql charges;
  private final PreparedStatement insert;
  private int waiting;

  TelemetrySql(Connection connection, ChargeSql charges) throws SQLException {
    this.charges = charges;
    this.insert = connection.prepareStatement(INSERT);
  }

  /** All columns, in the order of a sample's values and words. */
  static String columns() {
    return COLUMNS;
  }

  void add(Sample sample) throws SQLException {
    insert.setLong(1, charges.number(sample.charge(), sample.connector(), sample.timeMicros()));
    insert.setLong(2, sample.timeMicros());
    int at = 3;
    for (double value : sample.values()) {
      Bind.number(insert, at++, value);
    }
    for (String word : sample.words()) {
      Bind.text(insert, at++, word);
    }
    insert.addBatch();
    waiting++;
  }

  void flush() throws SQLException {
    if (waiting > 0) {
      waiting = 0;
      insert.executeBatch();
    }
  }

  void clear() {
    waiting = 0;
    try {
      insert.clearBatch();
    } catch (SQLException e) {
      // The connection is gone, and the batch with it.
    }
  }
}
