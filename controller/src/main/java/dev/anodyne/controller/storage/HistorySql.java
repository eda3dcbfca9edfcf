package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes values of OPC UA variables. Not thread-safe. */
final class HistorySql {
  static final String SELECT = "SELECT variable_no FROM history_variables WHERE variable = ?";
  private static final String NAME =
      "INSERT INTO history_variables (variable) VALUES (?) ON CONFLICT (variable) DO NOTHING";
  private static final String INSERT =
      "INSERT INTO history (variable_no, time_us, reading, status) VALUES (?, ?, ?, ?)"
          + " ON CONFLICT (variable_no, time_us) DO NOTHING";

  private final Connection connection;
  private final PreparedStatement insert;
  private final NumberCache numbers = new NumberCache(100_000);
  private int waiting;

  HistorySql(Connection connection) throws SQLException {
    this.connection = connection;
    this.insert = connection.prepareStatement(INSERT);
  }

  void add(HistoryValue value) throws SQLException {
    insert.setLong(1, numbers.find(connection, SELECT, value.variable(), this::name));
    insert.setLong(2, value.timeMicros());
    Bind.number(insert, 3, value.value());
    insert.setLong(4, value.status());
    insert.addBatch();
    waiting++;
  }

  private void name(String variable) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NAME)) {
      Bind.text(statement, 1, variable);
      statement.executeUpdate();
    }
  }

  void flush() throws SQLException {
    if (waiting > 0) {
      waiting = 0;
      insert.executeBatch();
    }
  }

  /** What was inserted since the last commit may not be there. */
  void forget() {
    numbers.clear();
    waiting = 0;
    try {
      insert.clearBatch();
    } catch (SQLException e) {
      // The connection is gone, and the batch with it.
    }
  }
}
