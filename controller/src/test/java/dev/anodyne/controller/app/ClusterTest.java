package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes in processes of their own, which are killed, halted and cut off. */
@Tag("slow")
class ClusterTest {
  private static final List<String> NODES = List.of("a", "b", "c");
  private static final List<String> CONNECTORS = List.of("C1", "C2", "C3", "C4", "C5", "C6");

  /** Three processes that start on a busy machine. */
  private static final Duration START = Duration.ofSeconds(120);

  /** What is promised: from a node's death until another one commands. */
  private static final double MOST_SECONDS = 10;

  private static EmbeddedPostgres database;

  @TempDir private Path folder;
  private LineBench bench;
  private final Map<String, CuttableNetwork> networks = new TreeMap<>();
  private final Map<String, ClusterProcess> processes = new TreeMap<>();
  private final Map<String, Integer> httpPorts = new TreeMap<>();
  private final List<Integer> clusterPorts = new ArrayList<>();
  private final List<Double> handovers = new ArrayList<>();

  @BeforeAll
  static void startDatabase() throws Exception {
    database = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stopDatabase() throws Exception {
    database.close();
  }

  @BeforeEach
  void startNodes() throws Exception {
    bench = new LineBench();
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < NODES.size(); i++) {
      clusterPorts.add(freePair(taken));
      httpPorts.put(NODES.get(i), free());
    }
    for (String node : NODES) {
      networks.put(node, new CuttableNetwork(database.getPort()));
      start(node);
    }
    await().atMost(START).until(() -> driving().keySet().containsAll(CONNECTORS));
  }

  @AfterEach
  void stopNodes() throws Exception {
    for (ClusterProcess process : processes.values()) {
      process.goOn();
      process.kill();
    }
    for (CuttableNetwork network : networks.values()) {
      network.close();
    }
    bench.close();
  }

  @Test
  void whateverHappensToNodesEachConnectorHasOneCommanderAndSoonAnother() throws Exception {
    assertThat(shares().values()).as("equal shares").containsOnly(2);
    everyNodeShowsAll();
    Random random = new Random(11);
    int rounds = Integer.getInteger("anodyne.cluster.rounds", 12);
    for (int round = 0; round < rounds; round++) {
      List<String> busy = List.copyOf(new HashSet<>(driving().values()));
      String node = busy.get(random.nextInt(busy.size()));
      switch (round % 3) {
        case 0 -> killed(node);
        case 1 -> halted(node);
        default -> cutOff(node);
      }
    }
    handovers.sort(null);
    System.out.printf(
        "Handovers: %d, shortest %.2f s, median %.2f s, 95 %% %.2f s, longest %.2f s%n",
        handovers.size(),
        handovers.get(0),
        handovers.get(handovers.size() / 2),
        handovers.get((int) Math.ceil(0.95 * handovers.size()) - 1),
        handovers.get(handovers.size() - 1));
    neverTwo();
    assertThat(handovers.size()).isGreaterThanOrEqualTo(2 * rounds);
    assertThat(handovers.get(handovers.size() - 1)).isLessThanOrEqualTo(MOST_SECONDS);
  }

  @Test
  void withoutTheDatabaseNobodyCommandsAndWithItTheChargesGoOn() throws Exception {
    long cut = System.nanoTime();
    networks.values().forEach(CuttableNetwork::drop);
    // The lease, and what a last command may hold.
    Thread.sleep(8000);
    long quietFrom = cut + 5_000_000_000L;
    assertThat(bench.commands())
        .as("no current is commanded once a lease that was not renewed is over")
        .noneMatch(c -> c.nanos() > quietFrom && c.amps() > 0);
    long healed = System.nanoTime();
    networks.values().forEach(CuttableNetwork::heal);
    await()
        .atMost(START)
        .until(
            () ->
                CONNECTORS.stream()
                    .allMatch(
                        id ->
                            bench.commands(id).stream()
                                .anyMatch(c -> c.nanos() > healed && c.amps() > 0)));
    neverTwo();
  }

  @Test
  void aStopOfTheStationReachesEveryNodeAndOutlivesThem() throws Exception {
    everyNodeShowsAll();
    long asked = System.nanoTime();
    HttpResponse<String> answer = post("b", "/api/v1/station/emergency-stop");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("C1, C2, C3, C4, C5, C6");
    long stopped = System.nanoTime();
    System.out.printf("Stop of three nodes answered after %.2f s%n", (stopped - asked) * 1e-9);
    // Whoever takes over from a node that dies with the stop holds it too.
    String dead = "a";
    processes.get(dead).kill();
    Thread.sleep(20_000);
    long quietFrom = stopped + 1_500_000_000L;
    assertThat(bench.commands())
        .as("no current is commanded at any connector until somebody resets it")
        .noneMatch(c -> c.nanos() > quietFrom && c.amps() > 0);
    assertThat(bench.commands())
        .as("all connectors have a commander again")
        .anyMatch(c -> c.nanos() > stopped + 12_000_000_000L && !c.node().equals(dead));
  }

  private HttpResponse<String> post(String node, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + httpPorts.get(node) + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString("{\"reason\": \"Fire.\"}"))
                .build(),
            BodyHandlers.ofString());
  }

  private void killed(String node) throws Exception {
    List<String> orphans = of(node);
    String other = NODES.stream().filter(n -> !n.equals(node)).findFirst().orElseThrow();
    Map<String, String> charges = new HashMap<>();
    for (String id : orphans) {
      charges.put(id, charge(other, id));
    }
    long when = System.nanoTime();
    processes.get(node).kill();
    handedOver(node, orphans, when);
    for (String id : orphans) {
      await()
          .atMost(START)
          .untilAsserted(
              () ->
                  assertThat(charge(other, id))
                      .as("the same charge goes on at %s", id)
                      .isEqualTo(charges.get(id)));
    }
    start(node);
    awaitAlive(node);
  }

  private String charge(String node, String id) throws Exception {
    return get(node, "/api/v1/sessions/" + id)
        .getJsonObject("record", new JsonObject())
        .getString("charge", "");
  }

  /** It stands still for longer than its leases, and then goes on where it was. */
  private void halted(String node) throws Exception {
    List<String> orphans = of(node);
    long when = System.nanoTime();
    processes.get(node).halt();
    handedOver(node, orphans, when);
    processes.get(node).goOn();
    awaitAlive(node);
  }

  /** It goes on without the database, and hears nothing of that at first. */
  private void cutOff(String node) throws Exception {
    List<String> orphans = of(node);
    long when = System.nanoTime();
    networks.get(node).drop();
    handedOver(node, orphans, when);
    networks.get(node).heal();
    awaitAlive(node);
  }

  private void handedOver(String node, List<String> orphans, long when) {
    for (String id : orphans) {
      await()
          .atMost(START)
          .until(
              () ->
                  bench.commands(id).stream()
                      .anyMatch(c -> c.nanos() > when && !c.node().equals(node) && c.amps() > 0));
      LineBench.Command first =
          bench.commands(id).stream()
              .filter(c -> c.nanos() > when && !c.node().equals(node) && c.amps() > 0)
              .findFirst()
              .orElseThrow();
      handovers.add((first.nanos() - when) * 1e-9);
    }
  }

  private void awaitAlive(String node) {
    await().atMost(START).until(() -> lives(node));
  }

  /** Whoever has been replaced never commands again, and commands never overlap. */
  private void neverTwo() {
    for (String id : CONNECTORS) {
      List<LineBench.Command> all = bench.commands(id);
      long fencing = 0;
      long end = 0;
      for (LineBench.Command c : all) {
        assertThat(c.fencing())
            .as("a number that has been replaced, at %s", id)
            .isGreaterThanOrEqualTo(fencing);
        if (c.fencing() > fencing) {
          assertThat(c.nanos())
              .as("the last commander's current has run out at %s", id)
              .isGreaterThanOrEqualTo(end);
          fencing = c.fencing();
        }
        end = c.endNanos();
      }
    }
  }

  private void everyNodeShowsAll() {
    for (String node : NODES) {
      await()
          .atMost(START)
          .until(
              () -> {
                for (String id : CONNECTORS) {
                  if (get(node, "/api/v1/sessions/" + id).getJsonObject("record") == null) {
                    return false;
                  }
                }
                return true;
              });
    }
  }

  /** Which node has commanded a current last, by connector. */
  private Map<String, String> driving() {
    Map<String, String> driving = new HashMap<>();
    bench.commands().stream()
        .filter(c -> c.amps() > 0)
        .forEach(c -> driving.put(c.connector(), c.node()));
    return driving;
  }

  private List<String> of(String node) {
    return driving().entrySet().stream()
        .filter(e -> e.getValue().equals(node))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, Integer> shares() {
    Map<String, Integer> shares = new TreeMap<>();
    driving().values().forEach(node -> shares.merge(node, 1, Integer::sum));
    return shares;
  }

  /** Whether it has told the database within its lease. */
  private static boolean lives(String node) throws SQLException {
    try (Connection connection = database.getPostgresDatabase().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT 1 FROM cluster_node WHERE node = ? AND until_us >"
                    + " extract(epoch from clock_timestamp()) * 1000000")) {
      statement.setString(1, node);
      return statement.executeQuery().next();
    }
  }

  private JsonObject get(String node, String path) throws Exception {
    try {
      return new JsonObject(
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://localhost:" + httpPorts.get(node) + path))
                      .timeout(Duration.ofSeconds(10))
                      .build(),
                  BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      return new JsonObject();
    }
  }

  private void start(String node) throws Exception {
    StringBuilder text = new StringBuilder();
    text.append("http: {port: ").append(httpPorts.get(node)).append("}\n");
    text.append("storage: {postgresql: {url: \"jdbc:postgresql://127.0.0.1:")
        .append(networks.get(node).port())
        .append("/postgres\", user: postgres}, spool: {folder: spool-")
        .append(node)
        .append("}}\n");
    text.append("cluster: {node: ")
        .append(node)
        .append(", bind: 127.0.0.1, port: ")
        .append(clusterPorts.get(NODES.indexOf(node)))
        .append(", members: [")
        .append(
            String.join(", ", clusterPorts.stream().map(p -> "\"127.0.0.1:" + p + "\"").toList()))
        .append("], leaseSeconds: 5}\n");
    text.append("connectors:\n");
    CONNECTORS.forEach(id -> text.append(FakeStation.connector(id, "")));
    Path file = Files.writeString(folder.resolve(node + ".yaml"), text);
    processes.put(
        node, ClusterProcess.start(file, node, bench.port(), folder.resolve(node + ".log")));
  }

  private static int free() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return one.getLocalPort();
    }
  }

  /** Two ports in a row, for Hazelcast and the event bus. */
  private static int freePair(Set<Integer> taken) throws IOException {
    while (true) {
      int port = free();
      if (taken.contains(port) || taken.contains(port + 1)) {
        continue;
      }
      try (ServerSocket next = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
        taken.addAll(Set.of(port, port + 1, port - 1));
        return port;
      } catch (IOException e) {
        // The next one is in use: another pair.
      }
    }
  }
}
