package dev.anodyne.controller.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.config.StorageConfig.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The way to a database: connections for reading from a pool, and one for writing. Nothing is
 * connected before it is asked for; everything blocks.
 */
final class Database implements AutoCloseable {
  private static final int READERS = 4;
  private static final long READ_WAIT_MILLIS = 5000;

  private final StorageConfig.Target target;
  private final Dialect dialect;
  private final Properties extra;
  private @Nullable HikariDataSource pool;
  private @Nullable Object fileKey;
  private boolean closed;

  Database(StorageConfig.Target target) {
    this(target, new Properties());
  }

  /**
   * The same, with more properties of connections.
   *
   * @param extra such as SQLite's {@code max_page_count}
   */
  Database(StorageConfig.Target target, Properties extra) {
    this.target = target;
    this.dialect = Dialect.of(target);
    this.extra = extra;
  }

  Dialect dialect() {
    return dialect;
  }

  /** What people call it. */
  String shown() {
    return target.shown();
  }

  /**
   * A connection that writes, to a database with the newest schema. The caller closes it.
   *
   * @throws StorageException when it cannot be had; {@link StorageUnavailableException} when it may
   *     be later
   */
  Connection writer() {
    Properties properties = properties(true);
    Connection connection = null;
    try {
      makeFolder();
      connection = DriverManager.getConnection(Dialect.url(target), properties);
      Schema.bringUp(
          connection, dialect, new Schema.Access(Dialect.url(target), properties, target.shown()));
      fileKey = key();
      return connection;
    } catch (SQLException | IOException | RuntimeException e) {
      closeQuietly(connection);
      if (e instanceof StorageException ours) {
        throw ours;
      }
      throw unavailable(e);
    }
  }

  /** Whether the file that is written to is not there any more: deleted, or another one. */
  boolean isFileGone() {
    Object was = fileKey;
    return target instanceof SqliteFile && was != null && !Objects.equals(was, key());
  }

  /** Runs queries, also while something is written. */
  Jdbi reads() {
    return Jdbi.create(readers());
  }

  /** Connections that were open are not used any more. */
  synchronized void forgetReaders() {
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }

  private synchronized HikariDataSource readers() {
    if (closed) {
      throw new StorageUnavailableException("The storage is closed.", null);
    }
    if (pool == null) {
      HikariConfig config = new HikariConfig();
      config.setPoolName("storage");
      config.setJdbcUrl(Dialect.url(target));
      config.setDataSourceProperties(properties(false));
      config.setMaximumPoolSize(READERS);
      config.setMinimumIdle(0);
      config.setConnectionTimeout(READ_WAIT_MILLIS);
      config.setInitializationFailTimeout(-1);
      pool = new HikariDataSource(config);
    }
    return pool;
  }

  /** What stopped a query or a write, for people. */
  StorageUnavailableException unavailable(Exception cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.toString() : root.getMessage();
    String first = text.strip().lines().findFirst().orElse("");
    return new StorageUnavailableException(
        "Database " + shown() + " cannot be used: " + first, cause);
  }

  private Properties properties(boolean writes) {
    Properties properties = Dialect.connection(target, writes);
    properties.putAll(extra);
    return properties;
  }

  private void makeFolder() throws IOException {
    if (target instanceof SqliteFile sqlite) {
      Path folder = sqlite.file().toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    }
  }

  private @Nullable Object key() {
    if (!(target instanceof SqliteFile sqlite)) {
      return null;
    }
    try {
      Object key = Files.readAttributes(sqlite.file(), BasicFileAttributes.class).fileKey();
      return key == null ? "there" : key;
    } catch (IOException e) {
      return null;
    }
  }

  static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is of no use any more in any case.
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    forgetReaders();
  }
}
