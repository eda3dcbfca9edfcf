package dev.anodyne.controller.cluster;

import dev.anodyne.controller.config.ConnectorConfig;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What a node does with leases: starts and ends the sessions of their connectors. None of the calls
 * blocks. The server drives chargers with it, tests only note what is asked.
 */
public interface Duties {
  /** The connectors that this node knows how to drive, by id; may change. */
  Map<String, ConnectorConfig> known();

  /** Begins to drive a connector under a lease. */
  CompletableFuture<Void> take(ConnectorConfig connector, Lease lease);

  /** Whether nothing would be lost if a connector that is driven went to another node now. */
  boolean isQuiet(String connector);

  /** Stops a connector's charge in order and ends its session. */
  CompletableFuture<Void> giveUp(String connector, String reason);

  /** Ends sessions whose leases are over; nothing can be commanded any more. */
  CompletableFuture<Void> drop(Collection<String> connectors);
}
