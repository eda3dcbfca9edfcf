package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.WireType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Chargers' mapping files: what the reader makes of them, and that the schema says the same. */
class ChargerMappingReaderTest {
  private static final Path EXAMPLES = Path.of("../examples/chargers");
  private static final JsonSchema SCHEMA = published();
  private static final YAMLMapper YAML = new YAMLMapper();

  @TempDir private Path folder;

  private static JsonSchema published() {
    try (InputStream in =
        ChargerMappingReaderTest.class.getResourceAsStream("charger-mapping.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  /** Whoever adds a key runs {@link ChargerMappingSchema#main}. */
  @Test
  void thePublishedSchemaIsWhatTheReaderKnows() throws IOException {
    assertThat(Files.readString(ChargerMappingSchema.PUBLISHED))
        .isEqualTo(ChargerMappingSchema.text());
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(new ObjectMapper().readTree(ChargerMappingSchema.text()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesPassSchemaAndReader(Path example) throws IOException {
    assertThat(SCHEMA.validate(YAML.readTree(Files.readString(example)))).isEmpty();
    assertThat(ChargerMappingReader.read(example, "CH01").name()).isNotBlank();
  }

  @Test
  void theBenchsFileMeansTheBenchsOwnTags() {
    ChargerModel model = ChargerMappingReader.read(EXAMPLES.resolve("anodyne-bench.yaml"), "X7");
    TagMapping mapping = model.mapping();
    Set<ChargerTag> all = EnumSet.copyOf(ChargerTag.CHARGER);
    all.addAll(ChargerTag.THERMAL);
    assertThat(mapping.bindings().keySet()).isEqualTo(all);
    mapping.bindings().forEach((tag, b) -> assertMeans(tag, b));
    assertThat(model.staleness()).contains(Duration.ofMillis(900));
    assertThat(mapping.link().mode()).isEqualTo(ChargerLink.Mode.SUBSCRIBE);
    assertThat(mapping.link().expiry()).isEqualTo(new ChargerLink.Expiry.ValidFor());
  }

  private static void assertMeans(ChargerTag tag, TagBinding binding) {
    String path = tag.identifier("X7");
    String said =
        binding.address() instanceof NodeAddress.ByPath byPath
            ? byPath.text().replace('/', '.')
            : binding.address().text();
    assertThat(said).isEqualTo(path);
    assertThat(binding.scale()).isEqualTo(1);
    assertThat(binding.offset()).isZero();
  }

  @Test
  void theVendorsFileTurnsRegistersIntoTags() {
    TagMapping mapping =
        ChargerMappingReader.read(EXAMPLES.resolve("vendor-centiamp.yaml"), "").mapping();
    TagBinding current = mapping.bindings().get(ChargerTag.SETPOINT_CURRENT);
    assertThat(current.address())
        .isEqualTo(new NodeAddress.ById(ExpandedNodeId.of("urn:centiamp:dc", 2001L)));
    assertThat(current.toWire(12.349, WireType.INT16)).isEqualTo((short) 1234);
    TagBinding hottest = mapping.bindings().get(ChargerTag.MAX_CELL_TEMPERATURE);
    assertThat(hottest.fromRaw(251)).isCloseTo(298.25, within(1e-9));
    assertThat(hottest.details().invalid()).containsExactly(-32768L);
    assertThat(mapping.constants()).containsEntry(ChargerTag.BATTERY_MAX_POWER, 4000.0);
    assertThat(mapping.connected().orElseThrow().isConnected(0x4003)).isTrue();
    assertThat(mapping.connected().orElseThrow().isConnected(0x4001)).isFalse();
    assertThat(mapping.faultWords().get(0).faultsIn(0x4207))
        .containsExactly(ChargerFault.ISOLATION_FAULT);
    assertThat(mapping.faultWords().get(1).faultsIn(0)).isEmpty();
    assertThat(mapping.link().reserve()).isEqualTo(Duration.ofMillis(1800));
    assertThat(mapping.link().onReconnect()).isEqualTo(ChargerLink.OnReconnect.ZERO);
  }

  @Test
  void aStationNamesTheFileAndInlineTagsStillWork() throws IOException {
    String station =
        """
        connectors:
          - id: C1
            charger: {endpoint: "opc.tcp://h:1/a", user: u, password: p, mapping: %s}
            battery: {cell: lgm50}
        """;
    Path file = folder.resolve("station.yaml");
    Path model = EXAMPLES.toAbsolutePath().normalize().resolve("vendor-centiamp.yaml");
    Files.writeString(file, station.formatted(model));
    ConnectorConfig c = StationConfigReader.read(file).connectors().get(0);
    assertThat(c.charger().mapping().forModel()).isTrue();
    Files.writeString(file, station.formatted(model + ", tags: {Heartbeat: {node: b}}"));
    assertThatThrownBy(() -> StationConfigReader.read(file))
        .hasMessageContaining("station.yaml:3: connectors[0].charger.mapping")
        .hasMessageContaining("not both");
    Files.writeString(folder.resolve("m.yaml"), "tags:\n  Meas.Current: {node: 1}\n");
    Files.writeString(file, station.formatted("m.yaml"));
    assertThatThrownBy(() -> StationConfigReader.read(file))
        .hasMessageContaining("station.yaml:3: connectors[0].charger.mapping: ")
        .hasMessageContaining("m.yaml:2: tags.Meas.Current is not a known key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode: subscribe          | mode: push              | link.mode                     | subscribe, poll
          mode: subscribe          | mod: poll               | link.mod                      | Maybe mode
          stalenessSeconds: 0.9    | stalenessSeconds: 0     | link.stalenessSeconds         | 0.2
          confirmSeconds: 0.5      | confirmSeconds: 11      | link.confirmSeconds           | 10
          onReconnect: zero        | onReconnect: resend     | link.onReconnect              | zero, wait
          by: watchdog             | by: prayer              | expiry.by                     | validFor, watchdog
          timeoutSeconds: 1        | timeoutSeconds: 61      | expiry.timeoutSeconds         | 60
          timeoutSeconds: 1        | timeout: 1              | expiry.timeout                | timeoutSeconds
          read: {node: 1003}       | read: {nod: 1003}       | heartbeat.read.nod            | node
          write: {node: 2003       | write: {node: -3        | heartbeat.write.node          | a number
          type: UInt16, periodSeconds | type: Uint16, periodSeconds | heartbeat.write.type   | UInt16
          periodSeconds: 0.2       | periodSeconds: 0.001    | heartbeat.write.periodSeconds | 0.02
          mask: 0x0003             | mask: two               | vehicleConnected.mask         | 0x0004
          0x0100: EMERGENCY_STOP   | 0x0100: PURPLE_SMOKE    | faults[0].bits.0x0100         | ISOLATION_FAULT
          0x0100: EMERGENCY_STOP   | first: EMERGENCY_STOP   | faults[0].bits.first          | whole number
          0: none                  | 0: nothing              | faults[1].codes[0]            | none
          ignore: 0x4007           | ignored: 0x4007         | faults[0].ignored             | Maybe ignore
          Meas.OutputCurrent:      | Meas.OutputAmps:        | tags.Meas.OutputAmps          | Meas.OutputCurrent
          {node: 1101, unit: cA,   | {node: 1101, unit: mV,  | tags.Meas.OutputCurrent.unit  | A, dA, cA, mA, kA
          {node: 1101, unit: cA,   | {unit: cA,              | tags.Meas.OutputCurrent.node  | node
          {node: 1101, unit: cA,   | {node: 1101, scale: 0,  | tags.Meas.OutputCurrent.scale | not be 0
          {node: 1101, unit: cA,   | {node: 1101, type: Int16, | tags.Meas.OutputCurrent.type | does not belong
          {node: 1101, unit: cA,   | {node: 1101, deadband: 1, | tags.Meas.OutputCurrent.deadband | hides
          {node: 1101, unit: cA,   | {node: 1101, path: a/b, | tags.Meas.OutputCurrent.path  | either
          {node: 1102, unit: cV}   | {path: a//b}            | tags.Meas.OutputVoltage.path  | browse names
          {node: 1102, unit: cV}   | {constant: 3}           | tags.Meas.OutputVoltage.constant | does not belong
          {node: 1102, unit: cV}   | {node: 1102, checkUnit: 1} | tags.Meas.OutputVoltage.checkUnit | true or false
          {node: 1102, unit: cV}   | {node: 1102, freshBy: luck} | tags.Meas.OutputVoltage.freshBy | any, value
          {constant: 6, unit: V}   | {constant: 6, scale: 2} | tags.Cap.MinVoltage.scale     | constant
          invalid: [-32768]}       | invalid: [x]}           | tags.Meas.MinCellTemperature.invalid[0] | whole number
          Setpoint.VoltageCeiling: {node: 2002, type: UInt16, unit: cV} | Setpoint.ValidForMillis: {node: 2002} | tags.Setpoint.ValidForMillis | watchdog
          {node: 2001, type: Int16 | {node: 2001, type: Byte | tags.Setpoint.Current.type    | Int16
          {node: 2001, type: Int16 | {node: 2001, stalenessSeconds: 1 | tags.Setpoint.Current.stalenessSeconds | does not belong
          """)
  void schemaAndReaderRefuseTheSameAndTheReaderNamesLineKeyAndWhatIsAllowed(
      String good, String bad, String key, String allowed) throws IOException {
    String text = Files.readString(EXAMPLES.resolve("vendor-centiamp.yaml"));
    assertThat(text).contains(good);
    String wrong = text.replaceFirst(Pattern.quote(good), bad);
    Path file = Files.writeString(folder.resolve("m.yaml"), wrong);
    assertThat(SCHEMA.validate(YAML.readTree(wrong))).as("the schema on %s", bad).isNotEmpty();
    long line = text.substring(0, text.indexOf(good)).lines().count();
    assertThatThrownBy(() -> ChargerMappingReader.read(file, ""))
        .isInstanceOf(ConfigException.class)
        .message()
        .matches("(?s)\\Q" + file + "\\E:(" + line + "|" + (line + 1) + "): .*")
        .contains(": " + key)
        .contains(allowed);
  }

  @ParameterizedTest
  @CsvSource({"Int16, 32768", "UInt16, 65536", "UInt32, 4294967296", "Float, 16777217"})
  void theHeartbeatCountsAsFarAsItsTypeMoves(String type, long modulo) throws IOException {
    String text = Files.readString(EXAMPLES.resolve("vendor-centiamp.yaml"));
    String typed = text.replace("type: UInt16, periodSeconds", "type: " + type + ", periodSeconds");
    Path file = Files.writeString(folder.resolve("m.yaml"), typed);
    assertThat(ChargerMappingReader.read(file, "").mapping().link().feed().orElseThrow().modulo())
        .isEqualTo(modulo);
  }

  @Test
  void whatOnlyTheReaderCanSeeIsRefusedToo() throws IOException {
    String text = Files.readString(EXAMPLES.resolve("vendor-centiamp.yaml"));
    assertRefused(text.replace("periodSeconds: 0.2", "periodSeconds: 0.6"), "at most half");
    assertRefused(
        text.replace("type: UInt16, periodSeconds", "type: UInt16, modulo: 65537, periodSeconds"),
        "heartbeat.write.modulo is '65537'; allowed: 2 to 65536, which a counter of type UInt16");
    assertRefused(
        text.replace("type: UInt16, periodSeconds", "type: Int16, modulo: 32768, periodSeconds"),
        null);
    assertRefused(text.replace("constant: 4, unit: kW", "constant: 4, unit: MW"), null);
    assertRefused(text.replace("constant: 4, unit: kW", "constant: 5, unit: MW"), "4000000.0 W");
    assertRefused(text.replace("mask: 0x0003", "mask: 0x0003, values: [4]"), "never be seen");
    assertRefused(text.replace("  read: {node: 1003}\n", ""), null);
    assertRefused(
        text.replace("  read: {node: 1003}\n", "")
            .replace("{node: 1103, unit: cV, stalenessSeconds: 2}", "{node: 1103, unit: cV}"),
        "tags.Meas.BatteryVoltage.stalenessSeconds is missing");
    assertRefused(
        text.replace("namespace: urn:centiamp:dc\n", ""), "namespace is missing; allowed");
    assertRefused(text.replace("node: 1103", "node: \"g=nonsense\""), "GUID");
    assertRefused(
        text + "  Cap.MaxHeating: {constant: 3, unit: kW}\n", "tags.Cap.MaxCooling is missing");
    assertRefused("", "empty");
    assertRefused("tags: {}\n", "is missing");
  }

  @Test
  void nodesAreNumbersTextsGuidsAndPathsWithTheChargersId() throws IOException {
    assertThat(node("node: 7")).isEqualTo(byId(ExpandedNodeId.of("urn:centiamp:dc", 7L)));
    assertThat(node("node: i=7")).isEqualTo(byId(ExpandedNodeId.of("urn:centiamp:dc", 7L)));
    assertThat(node("node: s=i=7")).isEqualTo(byId(ExpandedNodeId.of("urn:centiamp:dc", "i=7")));
    assertThat(node("node: \"{charger}.I\", namespace: urn:n"))
        .isEqualTo(byId(ExpandedNodeId.of("urn:n", "B2.I")));
    assertThat(node("path: \"{charger}/DC/I\""))
        .isEqualTo(new NodeAddress.ByPath(List.of(step("B2"), step("DC"), step("I"))));
    assertThat(node("path: [\"urn:other;a/b\", c]"))
        .isEqualTo(
            new NodeAddress.ByPath(List.of(new NodeAddress.Step("urn:other", "a/b"), step("c"))));
  }

  private NodeAddress node(String place) throws IOException {
    String text = Files.readString(EXAMPLES.resolve("vendor-centiamp.yaml"));
    Path file = Files.writeString(folder.resolve("m.yaml"), text.replaceFirst("node: 1101", place));
    return ChargerMappingReader.read(file, "B2")
        .mapping()
        .bindings()
        .get(ChargerTag.OUTPUT_CURRENT)
        .address();
  }

  private static NodeAddress byId(ExpandedNodeId id) {
    return new NodeAddress.ById(id);
  }

  private static NodeAddress.Step step(String name) {
    return new NodeAddress.Step("urn:centiamp:dc", name);
  }

  /** A reason of null: the file is accepted. */
  private void assertRefused(String text, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("m.yaml"), text);
    if (reason == null) {
      assertThatCode(() -> ChargerMappingReader.read(file, "")).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> ChargerMappingReader.read(file, ""))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(reason);
    }
  }
}
