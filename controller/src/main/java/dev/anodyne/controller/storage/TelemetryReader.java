package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a charge's telemetry: what has been put together by the minute already, then what is there
 * as it was told.
 */
final class TelemetryReader {
  private static final TelemetryColumn[] COLUMNS = TelemetryColumn.values();
  private static final String RANGE =
      " WHERE charge_no = ? AND time_us >= ? AND time_us < ? ORDER BY time_us";

  private final Connection connection;
  private final long number;
  private final ChargeRow charge;

  TelemetryReader(Connection connection, Rows.NumberedCharge charge) {
    this.connection = connection;
    this.number = charge.number();
    this.charge = charge.row();
  }

  /** As {@link StationStore#telemetry}. */
  Telemetry read(long fromMicros, long toMicros, Duration resolution) {
    List<Telemetry.Row> rows = new ArrayList<>();
    long step = resolution.toNanos() / 1000;
    double seconds = Math.max(step * 1e-6, charge.detail() == ChargeRow.Detail.FULL ? 0 : 60);
    try {
      if (step <= 0) {
        each(fromMicros, toMicros, rows::add);
      } else {
        Buckets buckets = new Buckets(step, rows::add);
        each(fromMicros, toMicros, buckets::add);
        buckets.end();
      }
      return new Telemetry(charge.id(), seconds, rows);
    } catch (SQLException e) {
      throw new StorageUnavailableException(
          "The telemetry of charge " + charge.id() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Hands over every row, the oldest first, without keeping them. */
  void each(long fromMicros, long toMicros, Consumer<Telemetry.Row> to) throws SQLException {
    query("SELECT * FROM telemetry_minutes" + RANGE, fromMicros, toMicros, this::minute, to);
    query(
        "SELECT time_us, " + TelemetrySql.columns() + " FROM telemetry" + RANGE,
        fromMicros,
        toMicros,
        TelemetryReader::sample,
        to);
  }

  private interface Mapper {
    Telemetry.Row row(ResultSet row) throws SQLException;
  }

  private void query(
      String sql, long from, long to, Mapper mapper, Consumer<Telemetry.Row> consumer)
      throws SQLException {
    boolean automatic = connection.getAutoCommit();
    // PostgreSQL hands rows over in parts only within a transaction.
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(1000);
      statement.setLong(1, number);
      statement.setLong(2, from);
      statement.setLong(3, to);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          consumer.accept(mapper.row(rows));
        }
      }
      connection.commit();
    } finally {
      connection.setAutoCommit(automatic);
    }
  }

  private static Telemetry.Row sample(ResultSet row) throws SQLException {
    double[] values = new double[Sample.VALUES];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(row, i + 2);
    }
    String[] words = new String[Sample.WORDS];
    for (int i = 0; i < words.length; i++) {
      String word = row.getString(Sample.VALUES + 2 + i);
      words[i] = word == null ? "" : word;
    }
    return new Telemetry.Row(row.getLong(1), values, values, values, words);
  }

  /** Columns in the order of the table: number, time, samples, then means with their extremes. */
  private Telemetry.Row minute(ResultSet row) throws SQLException {
    double[] mean = new double[Sample.VALUES];
    double[] lowest = new double[Sample.VALUES];
    double[] highest = new double[Sample.VALUES];
    for (int i = 0; i < COLUMNS.length; i++) {
      String column = COLUMNS[i].column();
      mean[i] = value(row, row.findColumn(column));
      boolean extremes = COLUMNS[i].hasExtremes();
      lowest[i] = extremes ? value(row, row.findColumn(column + "_min")) : mean[i];
      highest[i] = extremes ? value(row, row.findColumn(column + "_max")) : mean[i];
    }
    String[] words = new String[Sample.WORDS];
    Arrays.fill(words, "");
    return new Telemetry.Row(row.getLong("time_us"), mean, lowest, highest, words);
  }

  private static double value(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }
}
