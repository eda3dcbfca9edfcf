package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer's way into the database: opens it, notices when it does not take anything, and tries
 * again after a while that grows. Used by the writer's thread.
 */
final class DatabaseGate {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseGate.class);
  private static final long FIRST_WAIT_NANOS = 1_000_000_000L;
  private static final long LONGEST_WAIT_NANOS = 10_000_000_000L;

  private final Database database;
  private final CountDownLatch tried = new CountDownLatch(1);
  private volatile @Nullable StorageException failure;
  private @Nullable EntrySql sql;
  private volatile String lastError = "";
  private long waitNanos = FIRST_WAIT_NANOS;
  private long nextNanos = System.nanoTime();
  private volatile long refused;

  DatabaseGate(Database database) {
    this.database = database;
  }

  /** What people call the database. */
  String shown() {
    return database.shown();
  }

  /** Work in the database that is not a batch. */
  interface Work {
    boolean on(EntrySql sql) throws SQLException;
  }

  /** Tries for the first time. */
  void open() {
    try {
      connected();
    } catch (StorageException e) {
      failed(e);
    } finally {
      tried.countDown();
    }
  }

  /**
   * Waits until the first try is over.
   *
   * @return what it failed of; null when it did not, or has not ended in this time
   */
  @Nullable StorageException awaitFirstTry(long millis) throws InterruptedException {
    boolean over = tried.await(millis, TimeUnit.MILLISECONDS);
    return over ? failure : null;
  }

  /** Whether the database took everything so far. */
  boolean isOpen() {
    return sql != null;
  }

  /** Why the database did not take something last; empty when it always did. */
  String lastError() {
    return lastError;
  }

  /** The next write is tried, however short ago the last failure was. */
  void retryNow() {
    nextNanos = System.nanoTime();
  }

  /** Writes a batch; false when it is not in the database. */
  boolean write(List<Entry> batch) {
    if (sql == null && System.nanoTime() - nextNanos < 0) {
      return false;
    }
    if (sql != null && batch.isEmpty()) {
      return !isGone();
    }
    return work(
        open -> {
          try {
            open.write(batch);
          } catch (SQLException e) {
            if (!Dialect.isAboutData(e)) {
              throw e;
            }
            oneByOne(open, batch);
          }
          return true;
        });
  }

  /** Does something in the database; false when it could not, or says so. */
  boolean work(Work work) {
    if (sql == null && System.nanoTime() - nextNanos < 0) {
      return false;
    }
    try {
      if (isGone()) {
        return false;
      }
      boolean more = work.on(connected());
      waitNanos = FIRST_WAIT_NANOS;
      return more;
    } catch (StorageException e) {
      failed(e);
    } catch (SQLException | RuntimeException e) {
      failed(database.unavailable(e));
    } catch (AssertionError e) {
      // PostgreSQL's driver asserts that its connection has not broken.
      failed(database.unavailable(new IllegalStateException(e)));
    }
    return false;
  }

  /** A file that was deleted takes everything, and nothing of it can be found again. */
  private boolean isGone() {
    if (sql == null || !database.isFileGone()) {
      return false;
    }
    database.forgetReaders();
    failed(
        new StorageUnavailableException(
            "Database " + database.shown() + " was deleted or replaced while it was in use.",
            null));
    retryNow();
    return true;
  }

  /** One entry that the database will never take must not hold up the others. */
  private void oneByOne(EntrySql open, List<Entry> batch) throws SQLException {
    for (Entry entry : batch) {
      try {
        open.write(List.of(entry));
      } catch (SQLException e) {
        if (!Dialect.isAboutData(e)) {
          throw e;
        }
        refused = refused + 1;
        LOG.error("The database refuses {} ({}): it is left out.", entry, e.getMessage());
      }
    }
  }

  /** Entries that the database has refused for what they are. */
  long refused() {
    return refused;
  }

  private EntrySql connected() {
    EntrySql open = sql;
    if (open == null) {
      Connection connection = database.writer();
      try {
        open = new EntrySql(connection);
      } catch (SQLException e) {
        Database.closeQuietly(connection);
        throw database.unavailable(e);
      }
      sql = open;
      failure = null;
    }
    return open;
  }

  private void failed(StorageException e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (sql != null || lastError.isEmpty() || !why.equals(lastError)) {
      LOG.error("{} Data waits until it can be written.", why.endsWith(".") ? why : why + ".");
    }
    failure = e;
    lastError = why;
    close();
    nextNanos = System.nanoTime() + waitNanos;
    waitNanos = Math.min(2 * waitNanos, LONGEST_WAIT_NANOS);
  }

  void close() {
    EntrySql open = sql;
    sql = null;
    if (open != null) {
      open.close();
    }
  }
}
