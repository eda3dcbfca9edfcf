package dev.anodyne.controller.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import dev.anodyne.controller.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/**
 * The event bus of a cluster: what sessions tell reaches every node, and what is asked of one
 * reaches the node that has it. Hazelcast is loaded with this class, and not before.
 */
public final class ClusterBus {
  private ClusterBus() {}

  /** Joins the other nodes, or waits for them to join. */
  public static Future<Vertx> join(ClusterConfig config, VertxOptions options) {
    options.getEventBusOptions().setHost(config.bind()).setPort(config.port() + 1);
    return Vertx.builder()
        .with(options)
        .withClusterManager(new HazelcastClusterManager(hazelcast(config)))
        .buildClustered();
  }

  /** Known members only, on one address; nothing is told to the makers of Hazelcast. */
  private static Config hazelcast(ClusterConfig config) {
    Config hazelcast = ConfigUtil.loadConfig();
    hazelcast.setClusterName("anodyne");
    hazelcast.setProperty("hazelcast.phone.home.enabled", "false");
    hazelcast.setProperty("hazelcast.logging.type", "slf4j");
    hazelcast.setProperty("hazelcast.shutdownhook.enabled", "false");
    hazelcast.setProperty("hazelcast.socket.bind.any", "false");
    // A node that stands still is not waited for as long as the usual minute.
    hazelcast.setProperty("hazelcast.heartbeat.interval.seconds", "2");
    hazelcast.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
    NetworkConfig network = hazelcast.getNetworkConfig();
    network.setPort(config.port()).setPortAutoIncrement(false).setReuseAddress(true);
    network.getInterfaces().setEnabled(true).clear().addInterface(config.bind());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(config.members());
    return hazelcast;
  }
}
