package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The schema's version, and the way to the newest one. Flyway is only asked when there is something
 * to do: looking at one table is a hundred times quicker.
 */
final class Schema {
  /** The newest schema that this release knows: that of the last migration. */
  static final int KNOWN = 3;

  private static final String HISTORY = "flyway_schema_history";
  private static final String LOCATION = "classpath:dev/anodyne/controller/storage/migration";

  private Schema() {}

  /** Version of a database's schema; 0 of an empty one. */
  static int version(Connection connection) throws SQLException {
    try (ResultSet tables = connection.getMetaData().getTables(null, null, HISTORY, null)) {
      if (!tables.next()) {
        return 0;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT version FROM " + HISTORY + " WHERE success AND version IS NOT NULL")) {
      int newest = 0;
      while (rows.next()) {
        newest = Math.max(newest, number(rows.getString(1)));
      }
      return newest;
    }
  }

  private static int number(String version) {
    int dot = version.indexOf('.');
    return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
  }

  /**
   * Brings a database to the newest schema that this release knows.
   *
   * @throws NewerSchemaException when it has a newer one; nothing is changed then
   * @throws StorageException when a migration fails; it is rolled back
   */
  static void bringUp(Connection connection, Dialect dialect, Access access) throws SQLException {
    int found = version(connection);
    if (found > KNOWN) {
      throw new NewerSchemaException(access.shown(), found, KNOWN);
    }
    if (found < KNOWN) {
      migrate(dialect, access);
    }
  }

  /**
   * How a database is reached.
   *
   * @param shown what people call it
   */
  record Access(String url, Properties properties, String shown) {}

  private static void migrate(Dialect dialect, Access access) {
    try {
      Flyway.configure(Schema.class.getClassLoader())
          .dataSource(
              access.url(),
              access.properties().getProperty("user"),
              access.properties().getProperty("password"))
          .locations(LOCATION)
          .placeholders(dialect.placeholders())
          .failOnMissingLocations(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      String first = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
      throw new StorageUnavailableException(
          "Database " + access.shown() + " cannot be brought to schema " + KNOWN + ": " + first, e);
    }
  }
}
