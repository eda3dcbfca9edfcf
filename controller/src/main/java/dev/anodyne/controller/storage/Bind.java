package dev.anodyne.controller.storage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Values of statements and results that may not be there. */
final class Bind {
  private Bind() {}

  /** Text; PostgreSQL's has no NUL, so that is left out. */
  static void text(PreparedStatement statement, int at, @Nullable String text) throws SQLException {
    statement.setString(at, text == null || text.indexOf('\0') < 0 ? text : text.replace("\0", ""));
  }

  /** A number; what is not finite is not there. */
  static void number(PreparedStatement statement, int at, double value) throws SQLException {
    if (Double.isFinite(value)) {
      statement.setDouble(at, value);
    } else {
      statement.setNull(at, Types.DOUBLE);
    }
  }

  static void number(PreparedStatement statement, int at, @Nullable Double value)
      throws SQLException {
    number(statement, at, value == null ? Double.NaN : value);
  }

  /** Yes or no, as 1 or 0. */
  static void flag(PreparedStatement statement, int at, @Nullable Boolean flag)
      throws SQLException {
    if (flag == null) {
      statement.setNull(at, Types.SMALLINT);
    } else {
      statement.setInt(at, flag ? 1 : 0);
    }
  }

  static @Nullable Double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : (Double) value;
  }

  static @Nullable Long whole(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : (Long) value;
  }

  static @Nullable Boolean flag(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : (Boolean) (value != 0);
  }
}
