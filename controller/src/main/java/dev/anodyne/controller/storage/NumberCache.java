package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers that stand for names in big tables, those used last at hand. Not thread-safe. */
final class NumberCache {
  private final int most;
  private final Map<String, Long> numbers = new LinkedHashMap<>(64, 0.75f, true);

  NumberCache(int most) {
    this.most = most;
  }

  /**
   * A name's number.
   *
   * @param select statement that finds it
   */
  long find(Connection connection, String select, String name, Missing missing)
      throws SQLException {
    Long known = numbers.get(name);
    if (known != null) {
      return known;
    }
    long found = select(connection, select, name);
    if (found < 0) {
      missing.insert(name);
      found = select(connection, select, name);
    }
    if (found < 0) {
      throw new SQLException("'" + name + "' has no number.");
    }
    numbers.put(name, found);
    if (numbers.size() > most) {
      numbers.remove(numbers.keySet().iterator().next());
    }
    return found;
  }

  /** Inserts a name that is not there. */
  interface Missing {
    void insert(String name) throws SQLException;
  }

  void clear() {
    numbers.clear();
  }

  private static long select(Connection connection, String select, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      Bind.text(statement, 1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : -1;
      }
    }
  }
}
