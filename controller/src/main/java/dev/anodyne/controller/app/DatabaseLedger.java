package dev.anodyne.controller.app;

import dev.anodyne.controller.config.StorageConfig.PostgreSql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of a cluster, in the database that its nodes share: whoever takes a connector over
 * reads what the last holder has written. An entry is written under the fencing number of the lease
 * that its session has; the database refuses the number of one who has been replaced. A database
 * that cannot be reached costs the resumption, never the charge.
 */
final class DatabaseLedger implements ChargeLedger, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseLedger.class);
  private static final long CLOSE_SECONDS = 5;
  private static final long RETRY_MILLIS = 1000;
  private static final String HELD =
      " WHERE EXISTS (SELECT 1 FROM connector_lease l WHERE l.connector = ? AND l.fencing = ?)";

  private final PostgreSql target;
  private final ToLongFunction<String> fencing;
  private final Thread thread;
  private final Map<String, Entry> waiting = new LinkedHashMap<>();
  private @Nullable Connection connection;
  private boolean closed;
  private boolean failed;

  /**
   * What waits to be written.
   *
   * @param text of the charge; null when the entry is to go
   */
  private record Entry(String connector, String chargeId, @Nullable String text, long fencing) {}

  /**
   * A ledger.
   *
   * @param fencing the number under which this node drives a connector now
   */
  DatabaseLedger(PostgreSql target, ToLongFunction<String> fencing) {
    this.target = target;
    this.fencing = fencing;
    thread = new Thread(this::run, "charge ledger");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Optional<OpenCharge> open(String connector) {
    try (Connection own = connect();
        PreparedStatement s =
            own.prepareStatement("SELECT content FROM charge_ledger WHERE connector = ?")) {
      s.setString(1, connector);
      try (ResultSet rows = s.executeQuery()) {
        return rows.next() ? Optional.of(OpenCharge.parse(rows.getString(1))) : Optional.empty();
      }
    } catch (SQLException | IllegalArgumentException e) {
      LOG.error("Connector {}: its charge under way cannot be taken up.", connector, e);
      return Optional.empty();
    }
  }

  @Override
  public void put(OpenCharge charge) {
    tell(charge.connector(), charge.chargeId(), charge.text());
  }

  @Override
  public void close(String connector, String chargeId) {
    tell(connector, chargeId, null);
  }

  private synchronized void tell(String connector, String chargeId, @Nullable String text) {
    waiting.put(connector, new Entry(connector, chargeId, text, fencing.applyAsLong(connector)));
    notifyAll();
  }

  private void run() {
    for (Entry next = next(); next != null; next = next()) {
      try {
        write(next);
        done(next, null);
      } catch (SQLException e) {
        forget();
        done(next, e);
        pause();
      }
    }
    forget();
  }

  /** Waits for an entry; null at the end. */
  private synchronized @Nullable Entry next() {
    try {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      return null;
    }
    return waiting.isEmpty() || (closed && failed) ? null : waiting.values().iterator().next();
  }

  private void write(Entry entry) throws SQLException {
    Connection open = connection == null ? connect() : connection;
    connection = open;
    String sql =
        entry.text() == null
            ? "DELETE FROM charge_ledger c" + HELD + " AND c.connector = ? AND c.charge_id = ?"
            : "INSERT INTO charge_ledger (connector, charge_id, content) SELECT ?, ?, ?"
                + HELD
                + " ON CONFLICT (connector) DO UPDATE SET charge_id = EXCLUDED.charge_id,"
                + " content = EXCLUDED.content";
    try (PreparedStatement s = open.prepareStatement(sql)) {
      int at = 1;
      if (entry.text() != null) {
        s.setString(at++, entry.connector());
        s.setString(at++, entry.chargeId());
        s.setString(at++, entry.text());
      }
      s.setString(at++, entry.connector());
      s.setLong(at++, entry.fencing());
      if (entry.text() == null) {
        s.setString(at++, entry.connector());
        s.setString(at, entry.chargeId());
      }
      s.executeUpdate();
    }
  }

  private synchronized void done(Entry entry, @Nullable SQLException failure) {
    if (failure == null) {
      waiting.remove(entry.connector(), entry);
    } else if (!failed) {
      LOG.error("The ledger of charges under way cannot be written.", failure);
    }
    failed = failure != null;
  }

  private synchronized void pause() {
    try {
      if (!closed) {
        wait(RETRY_MILLIS);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private Connection connect() throws SQLException {
    Properties p = new Properties();
    p.setProperty("user", target.user());
    p.setProperty("password", target.password());
    p.setProperty("ApplicationName", "anodyne ledger");
    p.setProperty("connectTimeout", "2");
    p.setProperty("loginTimeout", "2");
    p.setProperty("socketTimeout", "3");
    return DriverManager.getConnection(target.url(), p);
  }

  private void forget() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.abort(Runnable::run);
      } catch (SQLException e) {
        // It is of no use any more in any case.
      }
    }
  }

  /** Writes what waits, for a moment. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
