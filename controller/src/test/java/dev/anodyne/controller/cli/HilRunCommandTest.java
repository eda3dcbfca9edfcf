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
import dev.anodyne.hil.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
  void aRecordedRunReplaysBitForBitAndAnotherControllerDoesNot() throws IOException {
    Path file = scenario(SHORT);
    Path report = folder.resolve("report");
    Path allure = folder.resolve("allure");
    Invocation run =
        Invocation.of(
            "hil",
            "run",
            file.toString(),
            "--report",
            report.toString(),
            "--recording",
            "mf4,parquet",
            "--allure",
            allure.toString());
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    assertThat(report).isDirectoryContaining("glob:**/short.mf4");
    assertThat(report).isDirectoryContaining("glob:**/short.parquet");
    JsonNode result;
    try (Stream<Path> files = Files.list(allure)) {
      Path json =
          files.filter(f -> f.toString().endsWith("-result.json")).findFirst().orElseThrow();
      result = new ObjectMapper().readTree(json.toFile());
    }
    assertThat(result.at("/status").asText()).isEqualTo("passed");
    assertThat(result.at("/steps/0/name").asText()).startsWith("stops (margin +");
    assertThat(allure.resolve(result.at("/attachments/0/source").asText())).isNotEmptyFile();

    Invocation same = Invocation.of("hil", "replay", report.toString());
    assertThat(same.exitCode()).as(same.err() + same.out()).isZero();
    assertThat(same.out()).startsWith("SAME    short #1: ");
    Invocation other = Invocation.of("hil", "replay", report.toString(), "--sut", "naive");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.out()).startsWith("DIFFERS short #1: first at ");

    Path csv = report.resolve("short.csv");
    String text = Files.readString(csv);
    int last = text.lastIndexOf(',');
    Files.writeString(
        csv, text.substring(0, last + 1) + "1e-300\n"); // the last value of the last row
    Invocation altered =
        Invocation.of("hil", "replay", report.resolve("short.run.json").toString());
    assertThat(altered.exitCode()).isEqualTo(1);
    assertThat(altered.out()).contains("was 1.0E-300");

    scenario(SHORT.replace("8 s", "9 s"));
    Invocation changed = Invocation.of("hil", "replay", report.toString());
    assertThat(changed.exitCode()).isEqualTo(2);
    assertThat(changed.err()).contains("has changed since it was recorded", "Maybe");
  }

  @Test
  void aSearchKeepsItsWorstCaseAsAScenario() throws IOException {
    scenario(SHORT);
    Path search =
        Files.writeString(
            folder.resolve("search.yaml"),
            """
            scenario: short.yaml
            parameters:
              faults.link.at: {from: 4 s, to: 8 s}
            samples: 6
            sweep: 0.5
            starts: 1
            """);
    Path out = folder.resolve("out");
    List<String> words =
        List.of("hil", "search", search.toString(), "--sut", "naive", "--out", out.toString());
    Invocation found = Invocation.of(words.toArray(String[]::new));
    assertThat(found.exitCode()).as(found.err() + found.out()).isEqualTo(1);
    assertThat(found.out()).contains("Sweep: 3 runs, 3 judged: 3 FAIL", "All 6 runs: 6 FAIL");
    assertThat(out.resolve("search.html")).content().contains("faults.link.at");
    Scenario worst = ScenarioReader.read(out.resolve("worst-1.yaml"));
    assertThat(worst.stated("naive")).isEqualTo(Verdict.FAIL);
    Invocation again = Invocation.of(words.toArray(String[]::new));
    assertThat(again.err()).contains("6 samples are there");
    assertThat(again.out()).isEqualTo(found.out());
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
