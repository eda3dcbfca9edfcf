package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.anodyne.mpc.Policies;
import dev.anodyne.mpc.spec.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schema and reader say the same about every file: each is tested against the other. */
class PolicySchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonSchema SCHEMA = published();

  @TempDir private Path folder;

  private static JsonSchema published() {
    try (InputStream in = PolicySchemaTest.class.getResourceAsStream("policy.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../examples/policies"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  /** Whoever adds a key runs {@link PolicySchema#main}. */
  @Test
  void thePublishedFileIsWhatTheReaderKnows() throws IOException {
    assertThat(Files.readString(PolicySchema.PUBLISHED)).isEqualTo(PolicySchema.text());
  }

  @Test
  void theDocumentedKeysAreTheReaders() throws IOException {
    String docs = Files.readString(PolicySchema.DOCS);
    assertThat(docs).contains(PolicySchema.table());
    List<String> others = new ArrayList<>(PolicyFileReader.KEYS);
    others.removeAll(PolicyFileReader.GROUPS);
    others.remove("limits");
    PolicyFileReader.LIMITS.forEach(key -> others.add("limits." + key));
    for (String key : others) {
      assertThat(docs).as("the table of keys").contains("| `" + key + "` |");
    }
  }

  @Test
  void theSchemaIsOneItself() throws IOException {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(java.net.URI.create("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(JSON.readTree(Files.readString(PolicySchema.PUBLISHED)))).isEmpty();
  }

  @Test
  void theKeysAreTheReaders() throws IOException {
    JsonNode schema = JSON.readTree(Files.readString(PolicySchema.PUBLISHED)).get("properties");
    assertThat(names(schema)).containsExactlyElementsOf(PolicyFileReader.KEYS);
    JsonNode limits = schema.at("/limits/properties");
    assertThat(names(limits)).containsExactlyElementsOf(PolicyFileReader.LIMITS);
    assertThat(names(limits.at("/byTemperature/items/properties")))
        .containsExactlyElementsOf(PolicyFileReader.ROW);
    List<String> settings = new ArrayList<>();
    for (String group : PolicyFileReader.GROUPS) {
      names(schema.at("/" + group + "/properties")).forEach(k -> settings.add(group + "." + k));
    }
    assertThat(settings)
        .containsExactlyElementsOf(Stream.of(Setting.values()).map(Setting::key).toList());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesPassBoth(Path example) throws IOException {
    assertThat(SCHEMA.validate(YAML.readTree(Files.readString(example)))).isEmpty();
    PolicyFile read = PolicyFileReader.read(example);
    assertThat(example.getFileName().toString()).isEqualTo(read.spec().name() + ".yaml");
    assertThat(read.spec().version()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void rangesAndDefaultsAreTheReaders(Setting s) {
    JsonNode node =
        PolicySchema.schema().at("/properties/" + s.group() + "/properties/" + s.shortKey());
    assertThat(node.get("default").asDouble()).isEqualTo(s.standard());
    double step = s.isWhole() ? 1 : 1e-6;
    // The other numbers of the horizon leave room for any number of steps and moves.
    accepted(s, s.low());
    accepted(s, s.high());
    refused(setting(s, s.low() - step));
    refused(setting(s, s.high() + step));
    refused(setting(s, "3 bananas"));
    refused("{" + s.group() + ": {" + s.shortKey() + ": true}}");
    refused("{" + s.group() + ": {" + s.shortKey() + ": }}");
    if (s.isWhole()) {
      refused(setting(s, s.low() + 0.5));
    }
  }

  private void accepted(Setting s, double value) {
    String room =
        switch (s) {
          case HORIZON_STEPS -> ", moves: 1";
          case HORIZON_MOVES -> ", steps: 200";
          default -> "";
        };
    accepted("{" + s.group() + ": {" + s.shortKey() + ": " + s.text(value) + room + "}}");
  }

  private static String setting(Setting s, Object value) {
    return "{" + s.group() + ": {" + s.shortKey() + ": " + value + "}}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{version: 3}",
        "{version: \"1.10\"}",
        "{policy: rider}",
        "{policy: 'cccv:0.5'}",
        "{policy: 'cccv:20'}",
        "{objective: minimum-time}",
        "{objective: least-ageing}",
        "{objective: least-cost, policy: rider}",
        "{estimator: physics, deadlineSeconds: 0.5}",
        "{limits: {minAnodePotentialVolts: 0.2, maxCRate: 20, maxVoltageVolts: 1}}",
        "{limits: {maxTemperatureC: 0}}",
        "{limits: {byTemperature: [{temperatureC: -60, maxCRate: 1}]}}",
        "{limits: {byTemperature: [{temperatureC: 1, maxVoltageVolts: 4}]}}",
        "{tune: {horizon.seconds: [60, 900]}}",
        "{policy: map, tune: {limits.minAnodePotentialVolts: [0, 0.02]}}",
      })
  void bothAccept(String yaml) {
    accepted(yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{speed: 3}",
        "{name: ''}",
        "{name: 5}",
        "{name: [a]}",
        "{version: 1.5}",
        "{version: ''}",
        "{policy: fastest}",
        "{policy: rider-oracle}",
        "{policy: 'cccv:0'}",
        "{policy: 'cccv:21'}",
        "{policy: 'cccv:'}",
        "{policy: 7}",
        "{objective: fun}",
        "{estimator: 3}",
        "{deadlineSeconds: 0}",
        "{deadlineSeconds: 61}",
        "{limits: 3}",
        "{limits: {minAnodePotentialVolts: 0.21}}",
        "{limits: {minAnodePotentialVolts: -0.01}}",
        "{limits: {minAnodePotential: 0.01}}",
        "{limits: {maxCRate: 0}}",
        "{limits: {maxVoltageVolts: 5.1}}",
        "{limits: {maxTemperatureC: 81}}",
        "{limits: {byTemperature: []}}",
        "{limits: {byTemperature: {}}}",
        "{limits: {byTemperature: [3]}}",
        "{limits: {byTemperature: [{temperatureC: 3}]}}",
        "{limits: {byTemperature: [{maxCRate: 3}]}}",
        "{limits: {byTemperature: [{temperatureC: -61, maxCRate: 1}]}}",
        "{limits: {byTemperature: [{temperatureC: 0, maxCRate: -1}]}}",
        "{limits: {byTemperature: [{temperatureC: 0, maxCRate: 1, maxAmps: 2}]}}",
        "{horizon: {}, policy: rider}",
        "{policy: map, deadlineSeconds: 1}",
        "{policy: rider, tune: {horizon.seconds: [60, 900]}}",
        "{horizon: {periodSeconds: 1}}",
        "{tune: {horizon.seconds: 60}}",
        "{tune: {horizon.seconds: [60]}}",
        "{tune: {horizon.seconds: [0, 60]}}",
        "{tune: {horizon.second: [1, 60]}}",
        "{tune: {limits.minAnodePotentialVolts: [0, 1]}}",
        "[1, 2]",
        "just text",
      })
  void bothRefuse(String yaml) {
    refused(yaml);
  }

  /** A misspelt key, whichever it is, is refused by both, and the reader knows what was meant. */
  @Test
  void misspeltKeysAreRefused() throws IOException {
    for (String key : PolicyFileReader.KEYS) {
      String wrong = key + "s";
      refused("{" + wrong + ": 1}");
      Path file = Files.writeString(folder.resolve("p.yaml"), wrong + ": 1\n");
      assertThatThrownBy(() -> PolicyFileReader.read(file)).hasMessageContaining("Maybe " + key);
    }
  }

  @Test
  void everyLawHasAPlaceInTheSchema() {
    for (String name : Policies.NAMES) {
      accepted("{policy: '" + name.replace("RATE", "1.5") + "'}");
    }
  }

  private void accepted(String yaml) {
    assertThat(bySchema(yaml)).as("the schema on %s", yaml).isEmpty();
    assertThatCode(() -> byReader(yaml)).as("the reader on %s", yaml).doesNotThrowAnyException();
  }

  private void refused(String yaml) {
    assertThat(bySchema(yaml)).as("the schema on %s", yaml).isNotEmpty();
    assertThatThrownBy(() -> byReader(yaml))
        .as("the reader on %s", yaml)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("p.yaml:1: ");
  }

  private static List<String> bySchema(String yaml) {
    try {
      return SCHEMA.validate(YAML.readTree(yaml)).stream().map(Object::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void byReader(String yaml) {
    try {
      PolicyFileReader.read(Files.writeString(folder.resolve("p.yaml"), yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    ((ObjectNode) node).fieldNames().forEachRemaining(names::add);
    return names;
  }
}
