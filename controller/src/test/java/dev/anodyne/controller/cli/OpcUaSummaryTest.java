package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.StationConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve --check} says about the security of the station's own OPC UA server. */
class OpcUaSummaryTest {
  @TempDir private Path folder;

  private OpcUaSummary summary(String opcua) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("station.yaml"),
            opcua
                + """
                connectors:
                  - id: C1
                    charger: {endpoint: "opc.tcp://localhost:4840", user: u, password: p}
                    battery: {cell: lgm50, layout: 4s2p}
                """);
    OpcUaConfig config = StationConfigReader.read(file).opcua();
    assertThat(config).isNotNull();
    return new OpcUaSummary(config);
  }

  @Test
  void whoMayDoWhatIsSaid() throws IOException {
    OpcUaSummary summary =
        summary(
            """
            opcua:
              securityPolicies: [Basic256Sha256, None]
              users: {scada: {password: secret, role: operator}}
              anonymous: {role: observer}
              limits: {sessions: 7}
            """);
    List<String> lines = summary.lines();
    assertThat(lines)
        .contains(
            "connections: Basic256Sha256, encrypted, and WITHOUT PROTECTION (None)",
            "user scada: operator, with password",
            "without an identity: anybody, as observer",
            "limits: sessions 7, the rest as usual");
    assertThat(lines.get(lines.size() - 1))
        .contains("password of user scada")
        .contains("'$2y$10$")
        .doesNotContain("secret");
    assertThat(summary.described().get("users")).hasToString("{scada=operator}");
  }

  @Test
  void whatIsAsUsualIsSaidInShort() throws IOException {
    assertThat(summary("opcua: {users: {scada: {password: x}}}\n").lines())
        .contains(
            "connections: Basic256Sha256, Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss, encrypted",
            "without an identity: nobody",
            "limits: as usual");
  }
}
