package dev.anodyne.controller.app;

import dev.anodyne.controller.cluster.ClusterNode;
import dev.anodyne.controller.cluster.Duties;
import dev.anodyne.controller.cluster.Lease;
import dev.anodyne.controller.cluster.LeasedCharger;
import dev.anodyne.controller.config.ClusterConfig;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * This server as a node of a cluster: which connectors it knows, which it drives, and that each
 * charger is commanded under the lease of its connector only.
 */
final class ClusterMember implements Duties, AutoCloseable {
  private final Map<String, ConnectorConfig> known = new ConcurrentSkipListMap<>();
  private final Map<String, Lease> leases = new ConcurrentHashMap<>();
  private final ConnectorFleet fleet;
  private final StationChanges changes;
  private final ClusterNode node;

  ClusterMember(
      ClusterConfig config, StationConfig station, ConnectorFleet fleet, StationChanges changes) {
    this.fleet = fleet;
    this.changes = changes;
    know(station.connectors());
    node =
        new ClusterNode(
            config,
            this,
            connector -> SessionFactory.settings(connector).commandValidityNanos(),
            NanoClock.SYSTEM);
  }

  void start() {
    node.start();
  }

  /** All connectors of the station from now on. */
  void know(List<ConnectorConfig> connectors) {
    connectors.forEach(connector -> known.put(connector.id(), connector));
    known.keySet().retainAll(connectors.stream().map(ConnectorConfig::id).toList());
    fleet.know(known.keySet());
  }

  /** The same session, which commands its charger only under the lease of its connector. */
  SessionSetup guarded(SessionSetup setup) {
    String id = setup.settings().id();
    return setup.withCharger(
        charger ->
            clock -> {
              Lease lease = leases.get(id);
              if (lease == null) {
                throw new IllegalStateException("This node has no lease of connector " + id + ".");
              }
              return new LeasedCharger(charger.apply(clock), lease, clock);
            });
  }

  /** The number under which this node drives a connector, or did last; 0 when it never has. */
  long fencing(String connector) {
    Lease lease = leases.get(connector);
    return lease == null ? 0 : lease.fencing();
  }

  JsonObject view() {
    return node.view();
  }

  @Override
  public Map<String, ConnectorConfig> known() {
    return known;
  }

  @Override
  public CompletableFuture<Void> take(ConnectorConfig connector, Lease lease) {
    return changes.run(
        () -> {
          leases.put(connector.id(), lease);
          changes.addNow(connector);
          return null;
        });
  }

  @Override
  public boolean isQuiet(String connector) {
    return fleet.isQuiet(connector);
  }

  @Override
  public CompletableFuture<Void> giveUp(String connector, String reason) {
    return changes.run(
        () -> {
          fleet.remove(connector, reason);
          return null;
        });
  }

  @Override
  public CompletableFuture<Void> drop(Collection<String> connectors) {
    return changes.run(
        () -> {
          fleet.drop(connectors);
          return null;
        });
  }

  /** Gives all leases back. */
  @Override
  public void close() {
    node.close();
  }
}
