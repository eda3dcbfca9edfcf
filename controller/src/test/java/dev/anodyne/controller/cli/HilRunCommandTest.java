package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.anodyne.hil.scenario.Scenario;
import dev.anodyne.hil.scenario.ScenarioFiles;
import dev.anodyne.hil.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HilRunCommandTest {
  private static final Path LIBRARY = Path.of("../examples/hil");

  private static final String SHORT =
      """
      duration: 20 s
      setup: {plant: {initialSoc: 0.3}}
      faults:
        link: {kind: opcua.serverDown, at: 8 s}
      checks:
        - {name: stops, stl: when fault(link) then within 6 s always for 3 s current < 0.1 A}
      stated: {naive: FAIL}
      """;

  @TempDir private Path folder;

  private Path scenario(String text) throws IOException {
    return Files.writeString(folder.resolve("short.yaml"), text);
  }

  @Test
  void oursPassesAndTheNaiveOneFails() throws IOException {
    String file = scenario(SHORT).toString();
    Path xml = folder.resolve("new/hil.xml");
    Path report = folder.resolve("report");
    Invocation ours =
        Invocation.of("hil", "run", file, "--junit", xml.toString(), "--report", report.toString());
    assertThat(ours.exitCode()).as(ours.err() + ours.out()).isZero();
    assertThat(ours.out()).startsWith("PASS").contains("1 PASS of 1; 1 as stated");
    assertThat(xml).content().contains("<testcase", "verdict\" value=\"PASS\"");
    assertThat(report.resolve("report.html")).content().contains("stops");
    assertThat(report.resolve("short.csv")).content().startsWith("Time [s],pack.current [A]");

    Invocation naive = Invocation.of("hil", "run", file, "--sut", "naive", "--json");
    assertThat(naive.exitCode()).isEqualTo(1);
    JsonNode result = new ObjectMapper().readTree(naive.out());
    assertThat(result.at("/runs/0/verdict").asText()).isEqualTo("FAIL");
    // 1.5C go on for a minute; the limit is 0.1 A.
    assertThat(result.at("/runs/0/checks/0/margin").asDouble()).isLessThan(-7);
    assertThat(Invocation.of("hil", "run", file, "--sut", "naive", "--as-stated").exitCode())
        .isZero();
  }

  @Test
  void seedsGiveStatistics() throws IOException {
    Invocation runs =
        Invocation.of("hil", "run", scenario(SHORT).toString(), "--sut", "naive", "--seeds", "3");
    assertThat(runs.exitCode()).isEqualTo(1);
    assertThat(runs.out()).contains("short #1", "short #3", "0 of 3 PASS, margin");
  }

  @Test
  void badInputIsOneLineThatNamesFileLineAndKey() throws IOException {
    String file = scenario(SHORT.replace("duration", "durration")).toString();
    Invocation bad = Invocation.of("hil", "run", file);
    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.err()).contains("short.yaml, line 1", "'durration'", "Maybe 'duration'");
    for (List<String> words :
        List.of(
            List.of("hil", "run", folder.resolve("absent.yaml").toString()),
            List.of("hil", "run", scenario(SHORT).toString(), "--sut", "unknown"),
            List.of("hil", "run", scenario(SHORT).toString(), "--pace", "slow"))) {
      Invocation wrong = Invocation.of(words.toArray(String[]::new));
      assertThat(wrong.exitCode()).as(words.toString()).isEqualTo(2);
      assertThat(wrong.err()).contains("allowed").doesNotContain("Exception");
    }
    assertThat(Invocation.of("hil", "run").exitCode()).isEqualTo(2);
  }

  /** Every scenario that ships is read by the bench and described by the published schema. */
  @Test
  void theLibraryIsReadableAndFitsTheSchema() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../docs/schema/hil-scenario.schema.json")));
    Set<String> ids = new HashSet<>();
    Set<String> kinds = new HashSet<>();
    List<Path> files = ScenarioFiles.of(List.of(LIBRARY));
    assertThat(files.size()).isGreaterThanOrEqualTo(25);
    for (Path file : files) {
      Scenario scenario = ScenarioReader.read(file);
      assertThat(ids.add(scenario.id())).as("%s is there twice", scenario.id()).isTrue();
      scenario.faults().forEach(fault -> kinds.add(fault.kind().split("\\.")[0]));
      if (file.toString().endsWith(".yaml")) {
        assertThat(schema.validate(new YAMLMapper().readTree(file.toFile())))
            .as(file.toString())
            .isEmpty();
      }
    }
    assertThat(kinds).contains("sensor", "opcua", "actuator", "plant");
  }

  @Test
  void theSchemaRefusesWhatTheReaderRefuses() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../docs/schema/hil-scenario.schema.json")));
    for (String bad :
        List.of(
            SHORT.replace("duration", "durration"),
            SHORT.replace("kind: opcua.serverDown", "king: opcua.serverDown"),
            SHORT.replace("stl:", "slt:"),
            SHORT.replace("naive: FAIL", "naive: NO"))) {
      assertThat(schema.validate(new YAMLMapper().readTree(bad))).as(bad).isNotEmpty();
    }
    assertThat(schema.validate(new YAMLMapper().readTree(SHORT))).isEmpty();
  }
}
