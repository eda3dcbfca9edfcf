package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve --check} says, and that it does nothing else. */
class StationSummaryTest {
  private static final String CONNECTOR =
      """
      connectors:
        - id: C1
          charger: {endpoint: "opc.tcp://localhost:4840", user: u, password: p, pki: pki}
          battery: {cell: lgm50, layout: 4s2p}
      """;

  private static final String HASH = "a".repeat(64);

  @TempDir private Path folder;

  private Path station(String more) throws IOException {
    return Files.writeString(folder.resolve("station.yaml"), more + CONNECTOR);
  }

  private static String check(Path station) {
    Invocation checked = Invocation.of("serve", "--config", station.toString(), "--check");
    assertThat(checked.err()).isEmpty();
    assertThat(checked.exitCode()).isZero();
    return checked.out();
  }

  @Test
  void apiAndStorageAreSaid() throws IOException {
    Path station =
        station(
            """
            http: {bind: 127.0.0.1, port: 8081}
            api: {tokens: {desk: {tokenHash: "sha256:%s", role: operator}}}
            """
                .formatted(HASH));
    assertThat(check(station))
        .contains("- show the dashboard on 127.0.0.1:8081")
        .contains(
            "- serve the API there without TLS, to the tokens desk (operator);"
                + " who shows none may do nothing")
        .contains("- keep what happens in SQLite " + folder.resolve("station.db"))
        .contains("MB wait in ")
        .doesNotContain(HASH)
        .doesNotContain("cluster");
  }

  @Test
  void aStationOnItsOwnMachineSaysWhoMayDoWhat() throws IOException {
    assertThat(check(station("")))
        .contains("without tokens; who shows none may do what the role operator may");
  }

  @Test
  void theClusterIsSaid() throws IOException {
    Path station =
        station(
            """
            storage: {postgresql: {url: "jdbc:postgresql://db:5432/anodyne", user: site, password: secret}}
            cluster: {node: a, bind: 127.0.0.1, members: ["127.0.0.1:5701", "127.0.0.1:5711"]}
            """);
    assertThat(check(station))
        .contains("- keep what happens in PostgreSQL jdbc:postgresql://db:5432/anodyne as site")
        .contains("- run as node a of the cluster 127.0.0.1:5701, 127.0.0.1:5711, listening on")
        .contains("ports 5701 and 5702, with leases of 5")
        .doesNotContain("secret");
  }

  @Test
  void programsReadTheSame() throws IOException {
    Invocation checked =
        Invocation.of("serve", "--config", station("").toString(), "--check", "--json");
    JsonNode said = new ObjectMapper().readTree(checked.out());
    assertThat(said.at("/api/tls").asBoolean(true)).isFalse();
    assertThat(said.at("/api/anonymous").asText()).isEqualTo("operator");
    assertThat(said.at("/storage/kind").asText()).isEqualTo("SQLite");
    assertThat(said.at("/storage/spool_MB").asLong()).isEqualTo(500);
    assertThat(said.has("cluster")).isFalse();
    assertThat(said.at("/connectors/0/id").asText()).isEqualTo("C1");
  }

  @Test
  void nothingIsOpenedOrMade() throws IOException {
    check(
        station(
            "batteries: batteries\nrecordings: recordings\nopcua: {port: 4841, users:"
                + " {scada: {password: correct horse, role: operator}}}\n"));
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()).toList())
          .isEqualTo(List.of("station.yaml"));
    }
  }
}
