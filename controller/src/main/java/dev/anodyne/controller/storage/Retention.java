package dev.anodyne.controller.storage;

import dev.anodyne.controller.config.StorageConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Lets go of what is old, at the start and then once a day, in steps of one small transaction each:
 * telemetry becomes a row a minute, then nothing; charges, audit, alarms and history end.
 */
final class Retention implements StorageWriter.Upkeep {
  private static final long WINDOW_MICROS = 30 * Micros.MINUTE;
  private static final int ROWS = 2000;
  private static final String MINUTE = "(time_us / " + Micros.MINUTE + ") * " + Micros.MINUTE;
  private static final String DOWN_SAMPLE =
      "INSERT INTO telemetry_minutes (charge_no, time_us, samples, "
          + columns("%s", "%s_min", "%s_max")
          + ") SELECT charge_no, "
          + MINUTE
          + ", COUNT(*), "
          + columns("AVG(%s)", "MIN(%s)", "MAX(%s)")
          + " FROM telemetry WHERE charge_no = ? AND time_us >= ? AND time_us < ?"
          + " GROUP BY charge_no, "
          + MINUTE
          + " ON CONFLICT (charge_no, time_us) DO NOTHING";

  private final StorageConfig.Retention kept;
  private final Clock clock;
  private long dueMicros = Long.MIN_VALUE;
  private int stage;

  Retention(StorageConfig.Retention kept, Clock clock) {
    this.kept = kept;
    this.clock = clock;
  }

  @Override
  public boolean step(EntrySql sql) throws SQLException {
    long now = Micros.of(clock.instant());
    if (now < dueMicros) {
      return false;
    }
    if (!sql.transaction(connection -> stage(connection, now))) {
      stage++;
    }
    if (stage > 7) {
      stage = 0;
      dueMicros = now + Micros.DAY;
      return false;
    }
    return true;
  }

  /** One step of a stage; false when the stage has nothing left. */
  private boolean stage(Connection c, long now) throws SQLException {
    return switch (stage) {
      case 0 -> downSample(c, now);
      case 1 -> forgetTelemetry(c, now);
      case 2 -> forgetCharge(c, now);
      case 3 ->
          delete(c, "state_changes", "connector", "charge_id IS NULL", kept.sessionsDays(), now);
      case 4 -> delete(c, "audit", "audit_id", "1 = 1", kept.auditDays(), now);
      case 5 -> delete(c, "alarms", "event_id", "1 = 1", kept.alarmsDays(), now);
      case 6 -> history(c, now);
      default -> false;
    };
  }

  /** Half an hour of one charge becomes thirty rows. */
  private boolean downSample(Connection c, long now) throws SQLException {
    if (kept.fullRateDays() == 0) {
      return false;
    }
    long cutoff = minute(now - kept.fullRateDays() * Micros.DAY);
    long charge =
        number(
            c,
            "SELECT charge_no FROM charges WHERE telemetry_detail = 0 AND ended_us < ?"
                + " ORDER BY begun_us LIMIT 1",
            cutoff);
    if (charge < 0) {
      return false;
    }
    long first = number(c, "SELECT MIN(time_us) FROM telemetry WHERE charge_no = ?", charge);
    if (first <= 0) {
      run(c, "UPDATE charges SET telemetry_detail = 1 WHERE charge_no = ?", charge);
      return true;
    }
    long from = minute(first);
    long to = from + WINDOW_MICROS;
    run(c, DOWN_SAMPLE, charge, from, to);
    run(
        c,
        "DELETE FROM telemetry WHERE charge_no = ? AND time_us >= ? AND time_us < ?",
        charge,
        from,
        to);
    return true;
  }

  private boolean forgetTelemetry(Connection c, long now) throws SQLException {
    if (kept.telemetryDays() == 0) {
      return false;
    }
    long charge =
        number(
            c,
            "SELECT charge_no FROM charges WHERE telemetry_detail < 2 AND ended_us < ?"
                + " ORDER BY begun_us LIMIT 1",
            now - kept.telemetryDays() * Micros.DAY);
    if (charge < 0) {
      return false;
    }
    if (!some(c, charge)) {
      run(c, "UPDATE charges SET telemetry_detail = 2 WHERE charge_no = ?", charge);
    }
    return true;
  }

  /** Deletes some of a charge's telemetry; false when there is none left. */
  private static boolean some(Connection c, long charge) throws SQLException {
    for (String table : new String[] {"telemetry", "telemetry_minutes"}) {
      long first = number(c, "SELECT MIN(time_us) FROM " + table + " WHERE charge_no = ?", charge);
      if (first > 0) {
        run(
            c,
            "DELETE FROM " + table + " WHERE charge_no = ? AND time_us < ?",
            charge,
            first + (table.endsWith("s") ? 60 : 1) * WINDOW_MICROS);
        return true;
      }
    }
    return false;
  }

  private boolean forgetCharge(Connection c, long now) throws SQLException {
    if (kept.sessionsDays() == 0) {
      return false;
    }
    long charge =
        number(
            c,
            "SELECT charge_no FROM charges WHERE ended_us < ? ORDER BY begun_us LIMIT 1",
            now - kept.sessionsDays() * Micros.DAY);
    if (charge < 0) {
      return false;
    }
    if (!some(c, charge)) {
      run(
          c,
          "DELETE FROM state_changes WHERE charge_id ="
              + " (SELECT charge_id FROM charges WHERE charge_no = ?)",
          charge);
      run(c, "DELETE FROM charges WHERE charge_no = ?", charge);
    }
    return true;
  }

  private static boolean delete(
      Connection c, String table, String key, String which, int days, long now)
      throws SQLException {
    if (days == 0) {
      return false;
    }
    String rows =
        "SELECT " + key + ", time_us FROM " + table + " WHERE " + which + " AND time_us < ?";
    return run(
            c,
            "DELETE FROM "
                + table
                + " WHERE ("
                + key
                + ", time_us) IN ("
                + rows
                + " ORDER BY time_us LIMIT "
                + ROWS
                + ")",
            now - days * Micros.DAY)
        > 0;
  }

  /** A variable at a time: its values stand together. */
  private boolean history(Connection c, long now) throws SQLException {
    if (kept.historyDays() == 0) {
      return false;
    }
    long before = now - kept.historyDays() * Micros.DAY;
    long variable =
        number(
            c,
            "SELECT variable_no FROM history_variables v WHERE EXISTS (SELECT 1 FROM history h"
                + " WHERE h.variable_no = v.variable_no AND h.time_us < ?) LIMIT 1",
            before);
    if (variable < 0) {
      return false;
    }
    run(
        c,
        "DELETE FROM history WHERE variable_no = ? AND time_us <= (SELECT MAX(time_us) FROM"
            + " (SELECT time_us FROM history WHERE variable_no = ? AND time_us < ?"
            + " ORDER BY time_us LIMIT "
            + ROWS
            + ") AS oldest)",
        variable,
        variable,
        before);
    return true;
  }

  private static String columns(String mean, String lowest, String highest) {
    return Arrays.stream(TelemetryColumn.values())
        .map(
            c ->
                c.hasExtremes()
                    ? (mean + ", " + lowest + ", " + highest).replace("%s", c.column())
                    : mean.replace("%s", c.column()))
        .collect(Collectors.joining(", "));
  }

  private static long minute(long micros) {
    return Math.floorDiv(micros, Micros.MINUTE) * Micros.MINUTE;
  }

  /** A query's first number; −1 without a row, 0 for nothing. */
  private static long number(Connection c, String sql, long... values) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : -1;
      }
    }
  }

  private static int run(Connection c, String sql, long... values) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
