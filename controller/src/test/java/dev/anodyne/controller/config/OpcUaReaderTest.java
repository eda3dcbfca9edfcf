package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.security.PasswordHash;
import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserAccount;
import dev.anodyne.opcua.server.ServerLimit;
import dev.anodyne.opcua.server.station.AlarmSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The station's own OPC UA server in its file. */
class OpcUaReaderTest {
  private static final String STATION =
      """
      connectors:
        - id: C1
          title: Bay 1
          charger: {endpoint: "opc.tcp://localhost:4840/anodyne", user: u, password: p}
          battery: {cell: lgm50, layout: 4s2p}
      """;

  /** Of "secret". */
  private static final String HASH = PasswordHash.of("secret").text();

  @TempDir private Path folder;

  private StationConfig read(String opcua) throws IOException {
    return StationConfigReader.read(
        Files.writeString(folder.resolve("station.yaml"), opcua + STATION));
  }

  @Test
  void thereIsNoServerUnlessConfigured() throws IOException {
    assertThat(read("").opcua()).isNull();
  }

  @Test
  void leftOutKeysHaveTheirDefaults() throws IOException {
    OpcUaConfig config = read("opcua:\n  users: {scada: {password: secret}}\n").opcua();
    assertThat(config).isNotNull();
    assertThat(config.bind()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(4841);
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.pki()).isEqualTo(folder.resolve("pki/station"));
    assertThat(config.historyPoints()).isEqualTo(3600);
    assertThat(config.policies()).containsKeys("mpc", "map").doesNotContainKey("cccv:RATE");
    assertThat(config.chargers().get("C1").nameplate().componentName()).isEqualTo("Bay 1");
    UserAccount scada = config.security().users().get("scada");
    assertThat(scada.password().matches("secret")).isTrue();
    assertThat(scada.role()).as("who is not said to do more looks only").isEqualTo(Role.OBSERVER);
  }

  @Test
  void whatIsKnownAboutAChargerIsTaken() throws IOException {
    OpcUaConfig config =
        read("""
        opcua:
          users: {scada: {password: secret}}
          chargers:
            C1: {manufacturer: Vendor, serialNumber: "4711", maxPowerWatts: 150000}
        """)
            .opcua();
    assertThat(config).isNotNull();
    OpcUaConfig.Plate plate = config.chargers().get("C1");
    assertThat(plate.nameplate().serialNumber()).isEqualTo("4711");
    assertThat(plate.nameplate().model()).isNull();
    assertThat(plate.maxPowerWatts()).isEqualTo(150_000);
  }

  @Test
  void alarmsAreTunedAndTheAuditFileIsNamed() throws IOException {
    OpcUaConfig config =
        read("""
        opcua:
          users: {scada: {password: secret}}
          alarms:
            LinkLost: {onDelaySeconds: 15, severity: 800}
            AnodePotential: {offDelaySeconds: 0.5}
          audit: {file: audit/audit.jsonl, megabytes: 3}
        """)
            .opcua();
    assertThat(config).isNotNull();
    assertThat(config.alarms().tunings())
        .containsEntry("LinkLost", new AlarmSettings.Tuning(800, Duration.ofSeconds(15), null))
        .containsEntry(
            "AnodePotential", new AlarmSettings.Tuning(null, null, Duration.ofMillis(500)));
    assertThat(config.audit())
        .isEqualTo(new OpcUaConfig.AuditConfig(folder.resolve("audit/audit.jsonl"), 3_000_000, 9));
  }

  @Test
  void mistakesAreNamedWithWhatIsAllowed() {
    refused(
        "opcua: {users: {a: {password: x}}, alarms: {LinkFound: {severity: 5}}}\n",
        "opcua.alarms.LinkFound",
        "LinkLost");
    refused(
        "opcua: {users: {a: {password: x}}, alarms: {LinkLost: {severity: 1001}}}\n",
        "opcua.alarms.LinkLost.severity",
        "1 to 1000");
    refused(
        "opcua: {users: {a: {password: x}}, alarms: {LinkLost: {onDelaySeconds: -1}}}\n",
        "opcua.alarms.LinkLost.onDelaySeconds",
        "0 to 3600 s");
    refused(
        "opcua: {users: {a: {password: x}}, audit: {megabytes: 1}}\n",
        "opcua.audit.file",
        "a file");
    refused(
        "opcua: {users: {a: {password: x}}, audit: {file: a, kept: -1}}\n",
        "opcua.audit.kept",
        "0 to 1000");
    refused("opcua: {port: 4841}\n", "opcua.users", "at least one user");
    refused("opcua: {users: {a: {}}}\n", "opcua.users.a", "either password");
    refused("opcua: {users: {a: {password: x}}, port: 0}\n", "opcua.port", "1 to 65535");
    refused(
        "opcua: {users: {a: {password: x}}, historyPoints: 0}\n",
        "opcua.historyPoints",
        "1 to 1000000");
    refused(
        "opcua: {users: {a: {password: x}}, chargers: {C9: {model: M}}}\n",
        "opcua.chargers.C9",
        "allowed: C1");
    refused(
        "opcua: {users: {a: {password: x}}, policies: {p: nonsense}}\n",
        "opcua.policies.p",
        "nonsense");
  }

  @Test
  void securityIsTaken() throws Exception {
    Files.writeString(folder.resolve("scada.password"), HASH + "\n");
    Files.write(folder.resolve("panel.der"), certificate(2048).getEncoded());
    OpcUaSecurity security =
        read("""
                opcua:
                  securityPolicies: [Basic256Sha256, None]
                  users:
                    scada: {passwordFile: scada.password, role: operator}
                    panel: {certificateFile: panel.der}
                    boss: {password: secret, role: admin}
                  anonymous: {role: observer}
                  limits: {sessions: 7, monitoredItemsPerSession: 20000}
                  logins: {wrongPerUser: 3, longestWaitSeconds: 10}
                """)
            .opcua()
            .security();
    assertThat(security.channel().policies())
        .containsExactly(ChannelPolicy.BASIC256_SHA256, ChannelPolicy.NONE);
    assertThat(security.users().get("scada").role()).isEqualTo(Role.OPERATOR);
    assertThat(security.users().get("panel").certificate()).isNotNull();
    assertThat(security.users().get("boss").role()).isEqualTo(Role.ADMIN);
    assertThat(security.anonymous()).isEqualTo(Role.OBSERVER);
    assertThat(security.limits().get(ServerLimit.SESSIONS)).isEqualTo(7);
    assertThat(security.limits().get(ServerLimit.MONITORED_ITEMS_PER_SESSION)).isEqualTo(20_000);
    assertThat(security.limits().get(ServerLimit.QUEUE_SIZE))
        .isEqualTo(ServerLimit.QUEUE_SIZE.usual());
    assertThat(security.logins().wrongPerUser()).isEqualTo(3);
    assertThat(security.logins().longestWait().toSeconds()).isEqualTo(10);
    assertThat(security.clearText()).containsExactly("boss");
  }

  @Test
  void theUsualSecurityEncryptsAndKnowsEverybody() throws IOException {
    OpcUaSecurity security = read("opcua: {users: {a: {password: x}}}\n").opcua().security();
    assertThat(security.channel().policies()).isEqualTo(ChannelPolicy.PROTECTING);
    assertThat(security.channel().signOnly()).isFalse();
    assertThat(security.anonymous()).isNull();
  }

  @Test
  void mistakesOfSecurityAreNamed() throws Exception {
    String users = "users: {a: {password: x}}";
    refused(
        "opcua: {" + users + ", securityPolicies: [Basic256]}\n",
        "opcua.securityPolicies[0]",
        "Basic256Sha256, Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss, None");
    refused(
        "opcua: {" + users + ", bind: 0.0.0.0, securityPolicies: [None]}\n",
        "opcua.securityPolicies",
        "allowNoneBeyondLoopback: true");
    assertThat(
            read("opcua: {"
                    + users
                    + ", bind: 0.0.0.0, securityPolicies: [None],"
                    + " allowNoneBeyondLoopback: true}\n")
                .opcua())
        .isNotNull();
    refused(
        "opcua: {users: {a: {password: x, role: boss}}}\n",
        "opcua.users.a.role",
        "observer, operator, engineer, admin");
    refused("opcua: {users: {anonymous: {password: x}}}\n", "opcua.users.anonymous", "characters");
    refused(
        "opcua: {" + users + ", limits: {sesions: 5}}\n",
        "opcua.limits.sesions",
        "Maybe sessions is meant");
    refused("opcua: {" + users + ", limits: {sessions: 0}}\n", "opcua.limits.sessions", "1 to");
    refused(
        "opcua: {" + users + ", logins: {wrongPerUser: 0}}\n", "opcua.logins.wrongPerUser", "1 to");
    refused(
        "opcua: {users: {a: {password: '" + HASH.replace("$10$", "$04$") + "'}}}\n",
        "opcua.users.a",
        "cost 10 to 14");
    refused(
        "opcua: {users: {a: {certificateFile: none.der}}}\n",
        "opcua.users.a.certificateFile",
        "a readable file");
    Files.write(folder.resolve("small.der"), certificate(1024).getEncoded());
    refused(
        "opcua: {users: {a: {certificateFile: small.der}}}\n",
        "opcua.users.a.certificateFile",
        "at least 2048 bits");
  }

  private static X509Certificate certificate(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return new SelfSignedCertificateBuilder(generator.generateKeyPair())
        .setCommonName("panel")
        .setApplicationUri("urn:panel")
        .build();
  }

  private void refused(String opcua, String key, String says) {
    assertThatThrownBy(() -> read(opcua))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(says);
  }
}
