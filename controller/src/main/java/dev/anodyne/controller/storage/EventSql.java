package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes everything that happens seldom. Not thread-safe. */
final class EventSql {
  private static final String STATE =
      "INSERT INTO state_changes (connector, time_us, charge_id, state, reason)"
          + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (connector, time_us) DO NOTHING";
  private static final String BATTERY =
      "INSERT INTO batteries (battery_id, cell, layout, first_seen_us, last_seen_us, record)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (battery_id) DO UPDATE SET"
          + " cell = excluded.cell, layout = excluded.layout,"
          + " last_seen_us = CASE WHEN excluded.last_seen_us > batteries.last_seen_us"
          + " THEN excluded.last_seen_us ELSE batteries.last_seen_us END,"
          + " record = COALESCE(excluded.record, batteries.record)";
  private static final String AUDIT =
      "INSERT INTO audit (audit_id, time_us, source, kind, done, status, user_name, address,"
          + " application, subject, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (audit_id) DO NOTHING";
  private static final String ALARM =
      "INSERT INTO alarms (event_id, time_us, alarm_id, owner, what, enabled, active,"
          + " acknowledged, confirmed, severity, level, message, user_name, comment_text)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING";

  private final Connection connection;
  private final ChargeSql charges;
  private final PreparedStatement audit;
  private int waiting;

  EventSql(Connection connection, ChargeSql charges) throws SQLException {
    this.connection = connection;
    this.charges = charges;
    this.audit = connection.prepareStatement(AUDIT);
  }

  void write(Entry.Event event) throws SQLException {
    if (event instanceof Entry.StateChanged state) {
      state(state);
    } else if (event instanceof Entry.ChargeEnded ended) {
      charges.end(ended);
    } else if (event instanceof Entry.BatteryTold battery) {
      battery(connection, battery);
    } else if (event instanceof Entry.Audited audited) {
      audit(audited.row());
    } else if (event instanceof Entry.AlarmTold told) {
      alarm(told.row());
    } else if (event instanceof Entry.ChargeBegun begun) {
      charges.begin(begun);
    }
  }

  private void state(Entry.StateChanged state) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATE)) {
      Bind.text(statement, 1, state.connector());
      statement.setLong(2, state.timeMicros());
      Bind.text(statement, 3, state.charge());
      Bind.text(statement, 4, state.state());
      Bind.text(statement, 5, state.reason());
      statement.executeUpdate();
    }
    if (state.charge() != null) {
      charges.state(state.charge(), state.state(), state.reason());
    }
  }

  static void battery(Connection connection, Entry.BatteryTold battery) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BATTERY)) {
      Bind.text(statement, 1, battery.batteryId());
      Bind.text(statement, 2, battery.cell());
      Bind.text(statement, 3, battery.layout());
      statement.setLong(4, battery.timeMicros());
      statement.setLong(5, battery.timeMicros());
      Bind.text(statement, 6, battery.record());
      statement.executeUpdate();
    }
  }

  /** Controllers on the other side may write every second: these are written together. */
  private void audit(AuditRow row) throws SQLException {
    Bind.text(audit, 1, row.id());
    audit.setLong(2, Micros.of(row.time()));
    Bind.text(audit, 3, row.source());
    Bind.text(audit, 4, row.kind());
    Bind.flag(audit, 5, row.done());
    Bind.text(audit, 6, row.status());
    Bind.text(audit, 7, row.user());
    Bind.text(audit, 8, row.address());
    Bind.text(audit, 9, row.application());
    Bind.text(audit, 10, row.subject());
    Bind.text(audit, 11, row.message());
    audit.addBatch();
    waiting++;
  }

  void flush() throws SQLException {
    if (waiting > 0) {
      waiting = 0;
      audit.executeBatch();
    }
  }

  /** What waits belongs to a batch that failed. */
  void clear() {
    waiting = 0;
    try {
      audit.clearBatch();
    } catch (SQLException e) {
      // The connection is gone, and the batch with it.
    }
  }

  private void alarm(AlarmRow row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ALARM)) {
      Bind.text(statement, 1, row.eventId());
      statement.setLong(2, Micros.of(row.time()));
      Bind.text(statement, 3, row.alarmId());
      Bind.text(statement, 4, row.owner());
      Bind.text(statement, 5, row.what());
      Bind.flag(statement, 6, row.enabled());
      Bind.flag(statement, 7, row.active());
      Bind.flag(statement, 8, row.acknowledged());
      Bind.flag(statement, 9, row.confirmed());
      statement.setInt(10, row.severity());
      Bind.text(statement, 11, row.level());
      Bind.text(statement, 12, row.message());
      Bind.text(statement, 13, row.user());
      Bind.text(statement, 14, row.comment());
      statement.executeUpdate();
    }
  }
}
