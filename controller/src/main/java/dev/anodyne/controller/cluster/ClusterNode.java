package dev.anodyne.controller.cluster;

import dev.anodyne.controller.cluster.LeaseTable.Image;
import dev.anodyne.controller.cluster.LeaseTable.Row;
import dev.anodyne.controller.config.ClusterConfig;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's leases, and takes and gives back some so that the nodes have equally many. One
 * thread talks to the database and never waits for a session; sessions never wait for it.
 *
 * <p>Shares are sticky: a connector whose charge runs stays where it is. A node that comes while
 * others have more than their share gets those that are quiet.
 */
public final class ClusterNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

  /** A lease is renewed this many times before it would end. */
  private static final int RENEWALS = 5;

  /** Free leases are looked for this soon after one has ended, and not more often, ns. */
  private static final long SHORTEST_PAUSE_NANOS = 50_000_000L;

  /** So many leases are taken at once at most, so that their sessions begin in time. */
  private static final int MOST_AT_ONCE = 50;

  /** A connector whose session could not be started is left to other nodes for so long. */
  private static final long AVOID_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long STOP_SECONDS = 60;

  private final ClusterConfig config;
  private final Duties duties;
  private final ToLongFunction<ConnectorConfig> validityNanos;
  private final NanoClock clock;
  private final LeaseTable table;
  private final long leaseNanos;
  private final Map<String, Lease> held = new ConcurrentHashMap<>();
  private final Map<Lease, CompletableFuture<Void>> givenUp = new ConcurrentHashMap<>();
  private final Map<String, Lease> failed = new ConcurrentHashMap<>();
  private final Map<String, Long> avoided = new HashMap<>();
  private final Random order = new Random();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private final long startedNanos;
  private volatile boolean closed;
  private volatile String trouble = "";
  private volatile int nodes = 1;

  /**
   * A node that begins with {@link #start}.
   *
   * @param validityNanos how long a connector's last command may hold at its charger, ns
   */
  public ClusterNode(
      ClusterConfig config,
      Duties duties,
      ToLongFunction<ConnectorConfig> validityNanos,
      NanoClock clock) {
    this.config = config;
    this.duties = duties;
    this.validityNanos = validityNanos;
    this.clock = clock;
    this.leaseNanos = Math.round(config.leaseSeconds() * 1e9);
    String process = UUID.randomUUID().toString();
    this.table = new LeaseTable(config.database(), config.node(), process, leaseNanos);
    this.startedNanos = clock.nanoTime();
    this.thread = new Thread(this::run, "cluster");
    thread.setDaemon(true);
  }

  /** Begins to take leases. */
  public void start() {
    thread.start();
  }

  /** How this node stands, for people and programs. */
  public JsonObject view() {
    JsonArray leases = new JsonArray();
    held.values().stream()
        .sorted((a, b) -> a.connector().compareTo(b.connector()))
        .forEach(
            lease ->
                leases.add(
                    new JsonObject()
                        .put("connector", lease.connector())
                        .put("fencing", lease.fencing())
                        .put("right", lease.right().name())));
    return new JsonObject()
        .put("node", config.node())
        .put("nodes", nodes)
        .put("leaseSeconds", config.leaseSeconds())
        .put("trouble", trouble)
        .put("leases", leases);
  }

  private void run() {
    long pause = 0;
    while (!closed) {
      try {
        TimeUnit.NANOSECONDS.sleep(pause);
        pause = round();
        tell("");
      } catch (SQLException e) {
        table.forget();
        tell("The database of the leases cannot be reached: " + firstLine(e));
        pause = leaseNanos / RENEWALS / 2;
      } catch (InterruptedException e) {
        break;
      } catch (RuntimeException e) {
        LOG.error("The leases could not be looked after.", e);
        pause = leaseNanos / RENEWALS;
      }
      dropEnded();
    }
    ended.countDown();
  }

  /** One look at the table; gives the time until the next. */
  private long round() throws SQLException {
    if (!table.beat()) {
      throw new SQLException(
          "another process is node '" + config.node() + "'; the names of nodes must differ");
    }
    renew();
    dropEnded();
    Image image = table.look();
    nodes = image.nodes();
    Map<String, ConnectorConfig> known = duties.known();
    giveUpUnknownAndExcess(known, share(known.size(), image.nodes()));
    take(known, image);
    long soonest = leaseNanos / RENEWALS;
    for (Map.Entry<String, Row> row : image.rows().entrySet()) {
      if (!row.getValue().isOwn() && !row.getValue().isFree() && known.containsKey(row.getKey())) {
        soonest = Math.min(soonest, row.getValue().leftMicros() * 1000 + SHORTEST_PAUSE_NANOS / 2);
      }
    }
    return Math.max(SHORTEST_PAUSE_NANOS, soonest);
  }

  private void renew() throws SQLException {
    long asked = clock.nanoTime();
    Map<String, Long> renewed = table.renew();
    List<Lease> all = new ArrayList<>(held.values());
    all.addAll(givenUp.keySet());
    for (Lease lease : all) {
      boolean own = renewed.remove(lease.connector(), lease.fencing());
      if (own) {
        lease.renewed(asked);
      } else {
        lease.end();
      }
    }
    // The answer to the taking of the others was lost: nothing has been commanded under them.
    for (Map.Entry<String, Long> row : renewed.entrySet()) {
      table.giveBack(row.getKey(), row.getValue());
    }
  }

  private static int share(int connectors, int nodes) {
    return (connectors + nodes - 1) / nodes;
  }

  private void giveUpUnknownAndExcess(Map<String, ConnectorConfig> known, int share) {
    int excess = held.size() - share;
    for (Lease lease : List.copyOf(held.values())) {
      String id = lease.connector();
      if (!known.containsKey(id)) {
        giveUp(lease, "The connector has been taken out of the configuration.");
      } else if (excess > 0 && duties.isQuiet(id)) {
        excess--;
        giveUp(lease, "Another node of the cluster takes the connector over.");
      }
    }
  }

  /** The lease is kept and renewed until the charger has come down. */
  private void giveUp(Lease lease, String reason) {
    if (held.remove(lease.connector(), lease)) {
      givenUp.put(
          lease,
          duties.giveUp(lease.connector(), reason).whenComplete((done, failure) -> lease.end()));
    }
  }

  /**
   * In the beginning, while the other members are still starting, nobody takes all there is; but
   * what a node has just left behind is taken up at once.
   */
  private void take(Map<String, ConnectorConfig> known, Image image) throws SQLException {
    giveBackWhatIsGivenUp();
    int share = share(known.size(), image.nodes());
    boolean early = clock.nanoTime() - startedNanos < 2 * leaseNanos;
    int members = Math.max(image.nodes(), config.members().size());
    int earlyShare = early ? share(known.size(), members) : share;
    List<String> free = new ArrayList<>();
    for (String id : known.keySet()) {
      Row row = image.rows().get(id);
      Long until = avoided.get(id);
      boolean avoids = until != null && clock.nanoTime() - until < 0;
      if ((row == null || row.isFree()) && !held.containsKey(id) && !avoids) {
        free.add(id);
      }
    }
    // Nodes that look at the same moment must not all reach for the same one.
    Collections.shuffle(free, order);
    int most = MOST_AT_ONCE;
    for (String id : free) {
      ConnectorConfig connector = known.get(id);
      int mine = isOrphan(image.rows().get(id)) ? share : earlyShare;
      if (most == 0 || held.size() >= mine) {
        continue;
      }
      long asked = clock.nanoTime();
      long fencing = connector == null ? 0 : table.take(id);
      if (connector != null && fencing > 0) {
        most--;
        begin(connector, fencing, asked);
      }
    }
  }

  /** Whether somebody has driven it until a moment ago. */
  private boolean isOrphan(@Nullable Row row) {
    return row != null && row.leftMicros() * -1000 < 2 * leaseNanos;
  }

  private void begin(ConnectorConfig connector, long fencing, long asked) {
    String id = connector.id();
    long wait = validityNanos.applyAsLong(connector);
    Lease lease = new Lease(id, fencing, leaseNanos, asked, wait, clock);
    held.put(id, lease);
    LOG.info("Connector {} is this node's, with fencing number {}.", id, fencing);
    var unused =
        duties
            .take(connector, lease)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.error("Connector {} cannot be driven by this node.", id, failure);
                    failed.put(id, lease);
                  }
                });
  }

  private void giveBackWhatIsGivenUp() throws SQLException {
    for (Map.Entry<String, Lease> one : failed.entrySet()) {
      avoided.put(one.getKey(), clock.nanoTime() + AVOID_NANOS);
      held.remove(one.getKey(), one.getValue());
      one.getValue().end();
      table.giveBack(one.getKey(), one.getValue().fencing());
      failed.remove(one.getKey(), one.getValue());
    }
    for (var one : givenUp.entrySet()) {
      if (one.getValue().isDone()) {
        table.giveBack(one.getKey().connector(), one.getKey().fencing());
        givenUp.remove(one.getKey());
      }
    }
  }

  /** Sessions whose lease is over are of no use any more. */
  private void dropEnded() {
    List<String> over = new ArrayList<>();
    held.forEach(
        (id, lease) -> {
          if (lease.isOver() && held.remove(id, lease)) {
            lease.end();
            over.add(id);
          }
        });
    if (!over.isEmpty()) {
      LOG.warn("The leases of {} are over; this node commands them no more.", over);
      var unused = duties.drop(over);
    }
  }

  private void tell(String now) {
    if (!now.equals(trouble)) {
      trouble = now;
      if (now.isEmpty()) {
        LOG.info("The leases are looked after again.");
      } else {
        LOG.error(
            "{} No lease can be renewed: what is not renewed within {} s is not commanded"
                + " any more.",
            now,
            config.leaseSeconds());
      }
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
  }

  /** Gives everything back and leaves; all sessions have ended before. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (thread.isAlive() && !ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        return; // the leases run out by themselves
      }
      for (Lease lease : held.values()) {
        lease.end();
        table.giveBack(lease.connector(), lease.fencing());
      }
      for (Lease lease : givenUp.keySet()) {
        table.giveBack(lease.connector(), lease.fencing());
      }
      table.leave();
    } catch (SQLException e) {
      LOG.warn("The leases could not be given back, and run out by themselves: {}", firstLine(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      held.clear();
      table.close();
    }
  }
}
