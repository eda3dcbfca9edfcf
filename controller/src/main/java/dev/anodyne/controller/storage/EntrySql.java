package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes entries over one connection. A batch becomes one transaction; whatever it finds in the
 * database already stays as it is, so a batch may be written again. Not thread-safe.
 */
final class EntrySql implements AutoCloseable {
  private final Connection connection;
  private final ChargeSql charges;
  private final TelemetrySql telemetry;
  private final HistorySql history;
  private final EventSql events;

  /**
   * @param connection nobody else uses it; closed with this
   */
  EntrySql(Connection connection) throws SQLException {
    this.connection = connection;
    charges = new ChargeSql(connection);
    telemetry = new TelemetrySql(connection, charges);
    history = new HistorySql(connection);
    events = new EventSql(connection, charges);
  }

  /** Something that is done as a whole or not at all. */
  interface Work {
    boolean run(Connection connection) throws SQLException;
  }

  /** Writes a batch; when it fails nothing of it is written. */
  void write(List<Entry> batch) throws SQLException {
    transaction(
        unused -> {
          writeAll(batch);
          return true;
        });
  }

  /**
   * Does something in one transaction. Between two of them the connection holds no lock: SQLite's
   * would otherwise begin the next one at once.
   */
  boolean transaction(Work work) throws SQLException {
    connection.setAutoCommit(false);
    boolean result;
    try {
      result = work.run(connection);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    }
    connection.setAutoCommit(true);
    return result;
  }

  private void writeAll(List<Entry> batch) throws SQLException {
    // What a charge is first, then its telemetry, then its end, which sums that up.
    List<Entry.Event> rest = new ArrayList<>();
    for (Entry entry : batch) {
      if (entry instanceof Entry.ChargeBegun begun) {
        charges.begin(begun);
      } else if (entry instanceof Sample sample) {
        telemetry.add(sample);
      } else if (entry instanceof HistoryValue value) {
        history.add(value);
      } else if (entry instanceof Entry.Event event) {
        rest.add(event);
      }
    }
    telemetry.flush();
    history.flush();
    for (Entry.Event event : rest) {
      events.write(event);
    }
    events.flush();
  }

  private void rollBack(Exception cause) {
    charges.forget();
    history.forget();
    telemetry.clear();
    events.clear();
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    Database.closeQuietly(connection);
  }
}
