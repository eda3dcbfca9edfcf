package dev.anodyne.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.controller.cluster.Lease.Right;
import dev.anodyne.controller.config.ClusterConfig;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.config.StorageConfig.PostgreSql;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.core.charging.NanoClock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes in one process on a real PostgreSQL server; nobody charges. */
class ClusterNodeTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /** Notes what it is asked, and keeps looking at what it may do. */
  private static final class Noted implements Duties {
    final Map<String, Lease> leases = new ConcurrentHashMap<>();
    final Map<String, ConnectorConfig> known;
    volatile boolean quiet;

    Noted(Map<String, ConnectorConfig> known) {
      this.known = new LinkedHashMap<>(known);
    }

    @Override
    public Map<String, ConnectorConfig> known() {
      return known;
    }

    @Override
    public CompletableFuture<Void> take(ConnectorConfig connector, Lease lease) {
      leases.put(connector.id(), lease);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isQuiet(String connector) {
      return quiet;
    }

    @Override
    public CompletableFuture<Void> giveUp(String connector, String reason) {
      leases.remove(connector);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> drop(Collection<String> connectors) {
      connectors.forEach(leases::remove);
      return CompletableFuture.completedFuture(null);
    }

    long driving() {
      return leases.values().stream().filter(l -> l.right() == Right.ALL).count();
    }
  }

  @Test
  void sharesAreEqualStickyAndNeverDouble() throws Exception {
    Map<String, ConnectorConfig> connectors = connectors();
    try (EmbeddedPostgres database =
        EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      PostgreSql target = target(database);
      Noted a = new Noted(connectors);
      Noted b = new Noted(connectors);
      ClusterNode nodeA = node("a", target, a, NanoClock.SYSTEM);
      nodeA.start();
      await().atMost(LONG).until(() -> a.driving() == 3);
      Thread.sleep(500);
      assertThat(a.leases).as("in the beginning the other one is waited for").hasSize(3);
      ClusterNode nodeB = node("b", target, b, NanoClock.SYSTEM);
      nodeB.start();
      await().atMost(LONG).until(() -> b.driving() == 3);
      assertThat(a.leases.keySet()).doesNotContainAnyElementsOf(b.leases.keySet());
      long first = b.leases.values().iterator().next().fencing();
      assertThat(first).isEqualTo(1);

      nodeB.close();
      await().atMost(LONG).until(() -> a.driving() == 6);
      assertThat(a.leases.values().stream().mapToLong(Lease::fencing).sum())
          .as("each take-over has a number of its own")
          .isEqualTo(3 + 3 * 2);

      Noted again = new Noted(connectors);
      ClusterNode nodeC = node("b", target, again, NanoClock.SYSTEM);
      nodeC.start();
      await().atMost(LONG).until(() -> nodeC.view().getInteger("nodes") == 2);
      Thread.sleep(1500);
      assertThat(a.driving()).as("charges that run are not moved").isEqualTo(6);
      a.quiet = true;
      await().atMost(LONG).until(() -> again.driving() == 3 && a.driving() == 3);
      nodeA.close();
      nodeC.close();
    }
  }

  @Test
  void withoutTheDatabaseTheLeasesAreNotUsedToTheirEnd() throws Exception {
    Map<String, ConnectorConfig> connectors = connectors();
    Noted a = new Noted(connectors);
    ClusterNode node;
    List<Lease> leases;
    try (EmbeddedPostgres database =
        EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      node = node("a", target(database), a, NanoClock.SYSTEM);
      node.start();
      await().atMost(LONG).until(() -> a.driving() >= 3);
      leases = new ArrayList<>(a.leases.values());
    }
    await().atMost(LONG).until(() -> a.leases.isEmpty());
    assertThat(leases).allMatch(lease -> lease.right() == Right.NOTHING);
    await()
        .atMost(LONG)
        .until(() -> node.view().getString("trouble").contains("cannot be reached"));
    node.close();
  }

  private static ClusterNode node(String name, PostgreSql target, Duties duties, NanoClock clock) {
    return new ClusterNode(
        new ClusterConfig(name, "127.0.0.1", 1, List.of("127.0.0.1:1", "127.0.0.1:3"), 3, target),
        duties,
        connector -> 500_000_000L,
        clock);
  }

  private PostgreSql target(EmbeddedPostgres database) {
    PostgreSql target =
        new PostgreSql(
            "jdbc:postgresql://127.0.0.1:" + database.getPort() + "/postgres", "postgres", "");
    try (StationStorage storage =
        StationStorage.start(
            new StorageConfig(
                target,
                StorageConfig.Retention.USUAL,
                new StorageConfig.Spool(folder.resolve("spool"), 10_000_000)))) {
      storage.awaitFirstTry(30_000);
    }
    return target;
  }

  private Map<String, ConnectorConfig> connectors() throws Exception {
    StringBuilder text = new StringBuilder("storage: off\nconnectors:\n");
    for (int i = 1; i <= 6; i++) {
      text.append(
          "  - {id: C%d, charger: {endpoint: \"opc.tcp://127.0.0.1:9\", user: u, password: p},"
                  .formatted(i)
              + " battery: {cell: lgm50}, policy: \"cccv:1\", estimator: physics}\n");
    }
    Path file = Files.writeString(folder.resolve("station.yaml"), text);
    Map<String, ConnectorConfig> connectors = new LinkedHashMap<>();
    StationConfigReader.read(file).connectors().forEach(c -> connectors.put(c.id(), c));
    return connectors;
  }
}
