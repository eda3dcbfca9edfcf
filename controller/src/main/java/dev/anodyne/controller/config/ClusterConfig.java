package dev.anodyne.controller.config;

import dev.anodyne.controller.config.StorageConfig.PostgreSql;
import java.util.List;

/**
 * This node's place in a cluster that runs one station together.
 *
 * @param node its name; no two nodes have the same
 * @param bind address for the other nodes; the traffic is not encrypted: a network of its own
 * @param port of Hazelcast; the event bus listens on the next one
 * @param members all nodes, this one too, as host:port
 * @param leaseSeconds how long a node may drive a connector without asking the database again, s
 * @param database where the leases stand: the storage's
 */
public record ClusterConfig(
    String node,
    String bind,
    int port,
    List<String> members,
    double leaseSeconds,
    PostgreSql database) {
  /** The port unless configured otherwise. */
  public static final int DEFAULT_PORT = 5701;

  /** The time of a lease unless configured otherwise, s. */
  public static final double DEFAULT_LEASE_SECONDS = 5;

  public ClusterConfig {
    members = List.copyOf(members);
  }
}
