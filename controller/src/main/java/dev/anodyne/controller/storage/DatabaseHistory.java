package dev.anodyne.controller.storage;

import dev.anodyne.opcua.server.history.HistoryPoint;
import dev.anodyne.opcua.server.history.HistoryStore;
import dev.anodyne.opcua.server.history.MemoryHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history of OPC UA variables, which survives a restart: the newest values are in memory, older
 * ones in the database. While that cannot be reached, the memory answers alone.
 */
final class DatabaseHistory implements HistoryStore {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHistory.class);
  private static final String SELECT =
      "SELECT h.time_us, h.reading, h.status FROM history h"
          + " JOIN history_variables v ON v.variable_no = h.variable_no"
          + " WHERE v.variable = :variable AND h.time_us >= :from AND h.time_us <= :to"
          + " ORDER BY h.time_us %s LIMIT %d";

  private final MemoryHistory newest;
  private final StationStore store;
  private final Consumer<Entry> to;

  /**
   * @param pointsPerVariable how many values of a variable stay in memory
   * @param store answers for older ones
   * @param to takes new values; must not block
   */
  DatabaseHistory(int pointsPerVariable, StationStore store, Consumer<Entry> to) {
    this.newest = new MemoryHistory(pointsPerVariable);
    this.store = store;
    this.to = to;
  }

  @Override
  public void append(String variable, HistoryPoint point) {
    newest.append(variable, point);
    to.accept(new HistoryValue(variable, point.epochMicros(), point.value(), point.status()));
  }

  @Override
  public List<HistoryPoint> ascending(String variable, long fromMicros, long toMicros, int limit) {
    long oldest = oldestInMemory(variable);
    List<HistoryPoint> points = new ArrayList<>();
    if (fromMicros < oldest) {
      points.addAll(kept(variable, fromMicros, Math.min(toMicros, oldest - 1), limit, "ASC"));
    }
    if (points.size() < limit) {
      points.addAll(newest.ascending(variable, fromMicros, toMicros, limit - points.size()));
    }
    return points;
  }

  @Override
  public List<HistoryPoint> descending(String variable, long fromMicros, long toMicros, int limit) {
    List<HistoryPoint> points =
        new ArrayList<>(newest.descending(variable, fromMicros, toMicros, limit));
    long oldest = oldestInMemory(variable);
    if (points.size() < limit && toMicros < oldest) {
      points.addAll(
          kept(
              variable, toMicros, Math.min(fromMicros, oldest - 1), limit - points.size(), "DESC"));
    }
    return points;
  }

  /** What came since is all in memory. */
  private long oldestInMemory(String variable) {
    List<HistoryPoint> first = newest.ascending(variable, Long.MIN_VALUE, Long.MAX_VALUE, 1);
    return first.isEmpty() ? Long.MAX_VALUE : first.get(0).epochMicros();
  }

  private List<HistoryPoint> kept(
      String variable, long fromMicros, long toMicros, int limit, String order) {
    if (fromMicros > toMicros || limit < 1) {
      return List.of();
    }
    try {
      return store.ask(
          handle ->
              handle
                  .createQuery(String.format(SELECT, order, limit))
                  .bind("variable", variable)
                  .bind("from", fromMicros)
                  .bind("to", toMicros)
                  .map((row, context) -> point(row))
                  .list());
    } catch (StorageException e) {
      LOG.warn("History of {} comes from memory alone: {}", variable, e.getMessage());
      return List.of();
    }
  }

  private static HistoryPoint point(ResultSet row) throws SQLException {
    Double value = Bind.number(row, "reading");
    return new HistoryPoint(
        row.getLong("time_us"), value == null ? Double.NaN : value, row.getLong("status"));
  }
}
