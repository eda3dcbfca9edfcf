package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anodyne.controller.config.ChargerMappingReader;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.hil.bench.BenchConfig;
import dev.anodyne.hil.bench.BenchModel;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.inspect.RejectedCertificates;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.PkiDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The integrators' tools against the bench with its own face and with a vendor's. */
class OpcuaCommandTest {
  private static final Path VENDOR =
      Path.of("../examples/chargers/vendor-centiamp.yaml").toAbsolutePath().normalize();

  /** Shared by all tests: servers and certificates take longer to make than most of them. */
  @TempDir private static Path folder;

  private static BenchServer bench;
  private static BenchServer vendor;
  private static Path pki;

  @BeforeAll
  static void startServers() throws IOException {
    bench = start("bench", BenchModel.ANODYNE);
    vendor = start("vendor", BenchModel.CENTIAMP);
    pki = folder.resolve("controller");
    OpcUaChargerConfig way =
        StationConfigReader.read(station(bench, "", pki)).connectors().get(0).charger();
    try (PkiDirectory controller = PkiDirectory.open(pki, way.identity())) {
      PkiDirectory.trustEachOther(bench.pki(), controller);
      PkiDirectory.trustEachOther(vendor.pki(), controller);
    }
  }

  @AfterAll
  static void stopServers() {
    bench.close();
    vendor.close();
  }

  @Test
  void treeHasIdsWithTheUriUnitsRangesAndValues() throws IOException {
    Invocation text = opcua("browse", bench, pki, "--filter", "outputcurrent");
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .containsPattern(
            "OutputCurrent = \\S+ A  Double  -2000 … 2000"
                + "  \\[nsu=urn:anodyne:bench:instances;s=CH01\\.Meas\\.OutputCurrent]")
        .doesNotContain("BatteryVoltage");
    Invocation shallow = opcua("browse", bench, pki, "--depth", "1", "--json");
    JsonNode json = new ObjectMapper().readTree(shallow.out());
    assertThat(json.get("complete").booleanValue()).isFalse();
    assertThat(json.at("/nodes/0/id").textValue()).startsWith("nsu=urn:anodyne:bench:instances;");
    assertThat(json.at("/nodes/0/nodes").isMissingNode()).isTrue();
  }

  @Test
  void ownNamesMakeADraftThatNeedsNoGuessAndWorks() throws IOException {
    Path draft = folder.resolve("own-draft.yaml");
    Invocation map =
        opcua("map", bench, pki, "--out", draft.toString(), "--charger", "CH01", "--json");
    assertThat(map.exitCode()).as(map.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(map.out());
    assertThat(json.get("missing")).isEmpty();
    assertThat(json.get("tags")).hasSizeGreaterThanOrEqualTo(ChargerTag.CHARGER.size());
    json.get("tags").forEach(tag -> assertThat(tag.get("sure").booleanValue()).isTrue());
    assertThat(ChargerMappingReader.read(draft, "CH01").mapping().bindings())
        .containsKeys(ChargerTag.CHARGER.toArray(ChargerTag[]::new));
    Invocation check = check(station(bench, "mapping: \"" + draft + "\"", pki), "--reads", "3");
    assertThat(check.exitCode()).as(check.out()).isZero();
  }

  @Test
  void vendorsNamesAreFoundAsTheShippedMappingHasThem() throws IOException {
    Path draft = folder.resolve("vendor-draft.yaml");
    Invocation map = opcua("map", vendor, pki, "--out", draft.toString());
    assertThat(map.exitCode()).as(map.err()).isZero();
    TagMapping shipped = ChargerMappingReader.read(VENDOR, "CH01").mapping();
    Map<ChargerTag, TagBinding> found =
        ChargerMappingReader.read(draft, "CH01").mapping().bindings();
    List<ChargerTag> placeholders = new ArrayList<>();
    found.forEach(
        (tag, binding) -> {
          TagBinding right = shipped.bindings().get(tag);
          if (binding.address().text().startsWith("NOT FOUND/")) {
            placeholders.add(tag);
          } else {
            assertThat(right).as("%s is not the charger's", tag).isNotNull();
            assertThat(binding.address()).as(tag.path()).isEqualTo(right.address());
          }
        });
    // What the charger does not tell, and how its commands end: nothing is invented for these.
    assertThat(placeholders)
        .containsExactlyInAnyOrder(
            ChargerTag.CAP_MIN_VOLTAGE,
            ChargerTag.CAP_MAX_RAMP,
            ChargerTag.BATTERY_MAX_POWER,
            ChargerTag.SETPOINT_VALID_FOR);
    assertThat(found).hasSize(18 + placeholders.size());
    assertThat(found.get(ChargerTag.MAX_CELL_VOLTAGE).scale()).isEqualTo(1e-3);
    assertThat(found.get(ChargerTag.MAX_CELL_TEMPERATURE).scale()).isEqualTo(0.1);
    assertThat(Files.readString(draft))
        .contains("GUESS", "UNIT NOT TOLD", "vehicleConnected: {path: \"NOT FOUND/")
        .contains("#   heartbeat.write: {node: 2003}");
    Invocation check = check(station(vendor, "mapping: \"" + draft + "\"", pki), "--reads", "2");
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out()).contains("PROBLEM: ", "NOT FOUND/Cap.MinVoltage");
  }

  @Test
  void draftReplacesNoFile() throws IOException {
    Path draft = Files.writeString(folder.resolve("kept.yaml"), "mine");
    BadInput.assertRefused(
        opcua("map", bench, pki, "--out", draft.toString()), "--out", "kept.yaml");
    assertThat(draft).hasContent("mine");
  }

  @Test
  void shippedVendorMappingPassesAndZeroIsTaken() throws IOException {
    Path station = station(vendor, "mapping: \"" + VENDOR + "\"", pki);
    Invocation check = check(station, "--reads", "3", "--write-test", "--json");
    assertThat(check.exitCode()).as(check.out()).isZero();
    JsonNode one = new ObjectMapper().readTree(check.out()).at("/connectors/0");
    assertThat(one.get("round_trip_median_ms").doubleValue())
        .isGreaterThan(0)
        .isLessThanOrEqualTo(one.get("round_trip_worst_ms").doubleValue());
    assertThat(one.get("zero_write").textValue()).contains("Setpoint.Current = 0 A: taken");
    assertThat(one.at("/server_certificate/state").textValue()).isEqualTo("trusted");
    JsonNode current = tag(one, "Meas.OutputCurrent");
    assertThat(current.get("type").textValue()).isEqualTo("Int16");
    assertThat(current.get("node").textValue()).isEqualTo("nsu=urn:centiamp:dc;i=1101");
    assertThat(tag(one, "vehicleConnected").get("value").booleanValue()).isTrue();
  }

  @Test
  void nothingIsWrittenUnlessAsked() throws IOException {
    Invocation check = check(station(bench, "", pki), "--reads", "2", "--json");
    assertThat(
            new ObjectMapper().readTree(check.out()).at("/connectors/0/zero_write").isMissingNode())
        .isTrue();
  }

  @Test
  void standingHeartbeatAndUnknownConnectorAreNamed() throws IOException {
    Path station = station(bench, "", pki);
    bench.freezeValues();
    try {
      // 15 reads take 1.4 s, longer than the heartbeat may stand still.
      Invocation frozen = check(station, "--reads", "15");
      assertThat(frozen.exitCode()).isEqualTo(1);
      assertThat(frozen.out()).contains("PROBLEM: 'Heartbeat' stood still for");
    } finally {
      bench.unfreezeValues();
    }
    Invocation unknown = check(station, "--connector", "C9");
    BadInput.assertRefused(unknown, "--connector", "'C9'", "C1");
  }

  @Test
  void refusedCertificateIsListedTrustedAndThenWorks() throws IOException {
    Path fresh = folder.resolve("fresh");
    Path station = station(bench, "", fresh);
    assertThat(check(station).exitCode()).as("the server does not know this client").isEqualTo(1);
    OpcUaChargerConfig way = StationConfigReader.read(station).connectors().get(0).charger();
    try (PkiDirectory client = PkiDirectory.open(fresh, way.identity())) {
      bench.pki().trust(client.certificate());
    }
    Invocation refused = check(station);
    assertThat(refused.exitCode()).isEqualTo(1);
    String sha256 = RejectedCertificates.fingerprint(bench.pki().certificate(), "SHA-256");
    assertThat(refused.out()).contains("NOT TRUSTED", "anodyne opcua trust " + sha256);
    Invocation list = Invocation.of("opcua", "trust", "--config", station.toString());
    assertThat(list.out()).contains(sha256, BenchServer.APPLICATION_URI);
    Invocation trusted =
        Invocation.of(
            "opcua", "trust", sha256.toLowerCase(java.util.Locale.ROOT), "--pki", fresh.toString());
    assertThat(trusted.exitCode()).as(trusted.err()).isZero();
    assertThat(RejectedCertificates.rejected(fresh)).isEmpty();
    assertThat(check(station, "--reads", "2").exitCode()).isZero();
    Invocation again = Invocation.of("opcua", "trust", sha256, "--pki", fresh.toString());
    assertThat(again.out()).startsWith("Trusted already: ");
  }

  @Test
  void wrongFingerprintsAndFoldersAreOneLine() {
    String none = "0123456789abcdef0123";
    BadInput.assertRefused(
        Invocation.of("opcua", "trust", none, "--pki", pki.toString()), none, "was not refused");
    BadInput.assertRefused(
        Invocation.of("opcua", "trust", "0123", "--pki", pki.toString()), "'0123'", "16");
    BadInput.assertRefused(
        Invocation.of("opcua", "trust", "--pki", folder.resolve("nowhere").toString()), "nowhere");
    BadInput.assertRefused(
        opcua("browse", bench, folder.resolve("bench-pki")), "--pki", BenchServer.APPLICATION_URI);
  }

  @Test
  void nobodyThereIsNoAndABadAddressIsBadInput() {
    String[] login = {"--user", "u", "--password", "p", "--pki", pki.toString()};
    Invocation nobody = Invocation.of(with(login, "opcua", "browse", "opc.tcp://127.0.0.1:9"));
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.err()).contains("opc.tcp://127.0.0.1:9");
    BadInput.assertRefused(Invocation.of(with(login, "opcua", "browse", "nonsense")), "nonsense");
  }

  @Test
  void aLogInIsGivenOnceAndSecurityByName() {
    String[] there = {"opcua", "browse", "opc.tcp://10.0.0.9:4840", "--pki", pki.toString()};
    String[] user = with(new String[] {"--user", "u", "--password", "p"}, there);
    BadInput.assertRefused(Invocation.of(there), "no log-in is given", "--anonymous");
    BadInput.assertRefused(Invocation.of(with(new String[] {"--anonymous"}, user)), "several");
    BadInput.assertRefused(
        Invocation.of(with(new String[] {"--user-key", "k.pem"}, there)), "--user-certificate");
    BadInput.assertRefused(
        Invocation.of(with(new String[] {"--security-policy", "Basic256"}, user)),
        "'Basic256'",
        "Aes256_Sha256_RsaPss");
    BadInput.assertRefused(
        Invocation.of(with(new String[] {"--security-policy", "None"}, user)),
        "--allow-none-beyond-loopback");
    BadInput.assertRefused(
        Invocation.of(with(new String[] {"--security-mode", "Encrypt"}, user)), "SignAndEncrypt");
    Invocation named =
        opcua("browse", bench, pki, "--security-policy", "Aes128_Sha256_RsaOaep", "--depth", "1");
    assertThat(named.exitCode()).as(named.err()).isZero();
  }

  private static String[] with(String[] last, String... first) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(last));
    return all.toArray(String[]::new);
  }

  private static JsonNode tag(JsonNode connector, String name) {
    for (JsonNode tag : connector.get("tags")) {
      if (tag.get("name").textValue().equals(name)) {
        return tag;
      }
    }
    throw new AssertionError(name + " is not among " + connector.get("tags"));
  }

  private static Invocation opcua(
      String what, BenchServer server, Path certificates, String... more) {
    String[] common = {
      "--user", "controller", "--password", "secret", "--pki", certificates.toString()
    };
    return Invocation.of(with(more, with(common, "opcua", what, server.endpointUrl())));
  }

  private static Invocation check(Path station, String... more) {
    return Invocation.of(with(more, "opcua", "check", station.toString()));
  }

  private static BenchServer start(String name, BenchModel model) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            cell: lgm50
            layout: 4s1p
            initialSoc: 0.3
            server: {port: 0, user: controller, password: secret, pki: %s-pki}
            pacing: {mode: realtime}
            """
                .formatted(name));
    BenchConfig config = BenchConfig.load(file);
    return BenchServer.start(config.settings().withModel(model), new SimulatedPack(config.plant()));
  }

  private static Path station(BenchServer server, String mapping, Path certificates)
      throws IOException {
    Path file = Files.createTempFile(folder, "station", ".yaml");
    return Files.writeString(
        file,
        """
        connectors:
          - id: C1
            charger:
              endpoint: "%s"
              user: controller
              password: secret
              pki: "%s"
              %s
            battery: {cell: lgm50, layout: 4s1p, heatTransfer: 40}
            policy: cccv:1
            estimator: physics
        """
            .formatted(server.endpointUrl(), certificates, mapping));
  }
}
