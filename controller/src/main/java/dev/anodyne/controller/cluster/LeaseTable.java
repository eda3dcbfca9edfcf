package dev.anodyne.controller.cluster;

import dev.anodyne.controller.config.StorageConfig.PostgreSql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The leases as they stand in PostgreSQL. Every statement compares and sets in one, by the
 * database's own clock; whoever was second changes nothing. Blocks, but not for longer than a part
 * of a lease; one thread.
 */
final class LeaseTable implements AutoCloseable {
  /** Microseconds since 1970 by the database's clock at this very statement. */
  private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000000)::bigint";

  private final PostgreSql target;
  private final String node;
  private final String process;
  private final long leaseMicros;
  private @Nullable Connection connection;

  /**
   * A connector's row.
   *
   * @param fencing number of its last holder
   * @param isOwn whether that is this process
   * @param leftMicros until its lease ends; 0 or less when it is free
   */
  record Row(long fencing, boolean isOwn, long leftMicros) {
    boolean isFree() {
      return leftMicros <= 0;
    }
  }

  /**
   * All rows, and how many nodes live.
   *
   * @param nodes this one included
   */
  record Image(Map<String, Row> rows, int nodes) {}

  /**
   * For one process of a node.
   *
   * @param process tells this process from an earlier one of the same node
   */
  LeaseTable(PostgreSql target, String node, String process, long leaseNanos) {
    this.target = target;
    this.node = node;
    this.process = process;
    this.leaseMicros = leaseNanos / 1000;
  }

  private String holder() {
    return node + "/" + process;
  }

  /**
   * Says that this node lives.
   *
   * @return false when another process of this node's name does
   */
  boolean beat() throws SQLException {
    try (PreparedStatement s =
        prepare(
            "INSERT INTO cluster_node (node, process, until_us) VALUES (?, ?, "
                + NOW
                + " + ?) ON CONFLICT (node) DO UPDATE SET process = EXCLUDED.process, until_us ="
                + " EXCLUDED.until_us WHERE cluster_node.process = EXCLUDED.process OR"
                + " cluster_node.until_us <= "
                + NOW)) {
      s.setString(1, node);
      s.setString(2, process);
      s.setLong(3, leaseMicros);
      return s.executeUpdate() == 1;
    }
  }

  /** Renews all leases that this process holds; those that have ended by now are not. */
  Map<String, Long> renew() throws SQLException {
    Map<String, Long> renewed = new HashMap<>();
    try (PreparedStatement s =
        prepare(
            "UPDATE connector_lease SET until_us = "
                + NOW
                + " + ? WHERE holder = ? AND until_us > "
                + NOW
                + " RETURNING connector, fencing")) {
      s.setLong(1, leaseMicros);
      s.setString(2, holder());
      try (ResultSet rows = s.executeQuery()) {
        while (rows.next()) {
          renewed.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return renewed;
  }

  /** How all leases stand. */
  Image look() throws SQLException {
    Map<String, Row> rows = new LinkedHashMap<>();
    try (PreparedStatement s =
        prepare(
            "SELECT connector, fencing, holder, until_us - "
                + NOW
                + " FROM connector_lease ORDER BY connector")) {
      try (ResultSet found = s.executeQuery()) {
        while (found.next()) {
          rows.put(
              found.getString(1),
              new Row(found.getLong(2), holder().equals(found.getString(3)), found.getLong(4)));
        }
      }
    }
    try (PreparedStatement s =
            prepare("SELECT count(*) FROM cluster_node WHERE until_us > " + NOW);
        ResultSet found = s.executeQuery()) {
      found.next();
      return new Image(rows, Math.max(1, found.getInt(1)));
    }
  }

  /**
   * Takes a lease that is free.
   *
   * @return its new fencing number; 0 when somebody else was quicker
   */
  long take(String connector) throws SQLException {
    try (PreparedStatement s =
        prepare(
            "INSERT INTO connector_lease (connector, holder, fencing, until_us) VALUES"
                + " (?, ?, 1, "
                + NOW
                + " + ?) ON CONFLICT (connector) DO UPDATE SET holder = EXCLUDED.holder,"
                + " fencing = connector_lease.fencing + 1, until_us = EXCLUDED.until_us"
                + " WHERE connector_lease.until_us <= "
                + NOW
                + " RETURNING fencing")) {
      s.setString(1, connector);
      s.setString(2, holder());
      s.setLong(3, leaseMicros);
      try (ResultSet rows = s.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** Gives a lease back that this process holds; its charger has been commanded zero. */
  void giveBack(String connector, long fencing) throws SQLException {
    try (PreparedStatement s =
        prepare(
            "UPDATE connector_lease SET until_us = "
                + NOW
                + " WHERE connector = ? AND"
                + " holder = ? AND fencing = ?")) {
      s.setString(1, connector);
      s.setString(2, holder());
      s.setLong(3, fencing);
      s.executeUpdate();
    }
  }

  /** Says that this node goes. */
  void leave() throws SQLException {
    try (PreparedStatement s =
        prepare("UPDATE cluster_node SET until_us = 0 WHERE node = ? AND process = ?")) {
      s.setString(1, node);
      s.setString(2, process);
      s.executeUpdate();
    }
  }

  /** What went wrong with a statement may have been the connection: it is not used again. */
  void forget() {
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

  private PreparedStatement prepare(String sql) throws SQLException {
    return connection().prepareStatement(sql);
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      long seconds = Math.max(1, leaseMicros / 2_500_000);
      Properties p = new Properties();
      p.setProperty("user", target.user());
      p.setProperty("password", target.password());
      p.setProperty("ApplicationName", "anodyne cluster " + node);
      p.setProperty("connectTimeout", String.valueOf(seconds));
      p.setProperty("loginTimeout", String.valueOf(seconds));
      p.setProperty("socketTimeout", String.valueOf(seconds));
      p.setProperty("tcpKeepAlive", "true");
      open = DriverManager.getConnection(target.url(), p);
      // A row that somebody keeps locked must not hold up the renewal of the others' leases.
      try (Statement s = open.createStatement()) {
        s.execute("SET lock_timeout = " + seconds * 500);
        s.execute("SET synchronous_commit = on");
      }
      connection = open;
    }
    return open;
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // The leases run out by themselves.
      }
    }
  }
}
