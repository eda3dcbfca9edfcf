package dev.anodyne.controller.storage;

import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.config.StorageConfig.SqliteFile;
import dev.anodyne.controller.storage.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at a station's database from outside, and brings it up to date. Everything blocks. */
public final class StorageTool {
  private static final List<String> TABLES =
      List.of(
          "charges",
          "telemetry",
          "telemetry_minutes",
          "state_changes",
          "batteries",
          "audit",
          "alarms",
          "history");

  private StorageTool() {}

  /**
   * What a database holds.
   *
   * @param database what people call it
   * @param schema its version; 0 for an empty database
   * @param knownSchema the newest that this release knows
   * @param bytes what it takes; −1 when it is not known
   * @param rows by table; empty when the schema is another one
   * @param oldestCharge when the oldest charge began; null without any
   * @param newestCharge when the newest one began
   * @param spoolEntries what still waits on disk
   */
  public record Info(
      String database,
      int schema,
      int knownSchema,
      long bytes,
      Map<String, Long> rows,
      @Nullable Instant oldestCharge,
      @Nullable Instant newestCharge,
      long spoolEntries) {}

  /**
   * Looks, and changes nothing.
   *
   * @throws StorageException when there is no database, or it cannot be reached
   */
  public static Info info(StorageConfig config) {
    int schema = schema(config.target());
    Map<String, Long> rows = new LinkedHashMap<>();
    Instant oldest = null;
    Instant newest = null;
    if (schema == Schema.KNOWN) {
      try (Database database = new Database(config.target())) {
        StationStore store = new StationStore(database);
        TABLES.forEach(table -> rows.put(table, number(store, "SELECT COUNT(*) FROM " + table)));
        oldest = time(number(store, "SELECT MIN(begun_us) FROM charges"));
        newest = time(number(store, "SELECT MAX(begun_us) FROM charges"));
      }
    }
    return new Info(
        config.target().shown(),
        schema,
        Schema.KNOWN,
        bytes(config.target()),
        rows,
        oldest,
        newest,
        spooled(config.spool()));
  }

  /**
   * Brings a database to this release's schema; an empty one is filled.
   *
   * @return the version before
   * @throws NewerSchemaException when a newer release has written it
   */
  public static int migrate(StorageConfig config) {
    int before = isThere(config.target()) ? schema(config.target()) : 0;
    try (Database database = new Database(config.target())) {
      Database.closeQuietly(database.writer());
    }
    return before;
  }

  /**
   * Refuses databases with another schema than this release's.
   *
   * @throws StorageException one line, and what to do
   */
  static void requireKnownSchema(StorageConfig.Target target) {
    int found = schema(target);
    if (found > Schema.KNOWN) {
      throw new NewerSchemaException(target.shown(), found, Schema.KNOWN);
    }
    if (found < Schema.KNOWN) {
      throw new StorageException(
          "Database "
              + target.shown()
              + " has schema "
              + found
              + "; this release reads schema "
              + Schema.KNOWN
              + ".\nMaybe run 'anodyne storage migrate' or the server first.",
          null);
    }
  }

  private static int schema(StorageConfig.Target target) {
    if (!isThere(target)) {
      throw new StorageException(
          "Database "
              + target.shown()
              + ": there is no such file.\nMaybe the server has not run with this configuration.",
          null);
    }
    try (Connection connection =
        DriverManager.getConnection(Dialect.url(target), Dialect.connection(target, false))) {
      return Schema.version(connection);
    } catch (SQLException e) {
      try (Database database = new Database(target)) {
        throw database.unavailable(e);
      }
    }
  }

  private static boolean isThere(StorageConfig.Target target) {
    return !(target instanceof SqliteFile sqlite) || Files.exists(sqlite.file());
  }

  private static long bytes(StorageConfig.Target target) {
    if (!(target instanceof SqliteFile sqlite)) {
      try (Database database = new Database(target)) {
        return number(new StationStore(database), "SELECT pg_database_size(current_database())");
      }
    }
    Path log = sqlite.file().resolveSibling(sqlite.file().getFileName() + "-wal");
    try {
      return Files.size(sqlite.file()) + (Files.exists(log) ? Files.size(log) : 0);
    } catch (IOException e) {
      return -1;
    }
  }

  private static long spooled(StorageConfig.Spool config) {
    try (Spool spool = new Spool(config.folder(), config.mostBytes(), EntryCodec::thinned)) {
      return spool.entries();
    }
  }

  private static long number(StationStore store, String sql) {
    return store.ask(handle -> handle.createQuery(sql).map((row, context) -> row.getLong(1)).one());
  }

  private static @Nullable Instant time(long micros) {
    return micros == 0 ? null : Micros.instant(micros);
  }
}
