package dev.anodyne.controller.cli;

import static dev.anodyne.controller.cli.BadInput.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From words to files, on charges of a few steps. */
class CompareCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void everyRowHasTheCommandThatMakesItAgainToTheLastBit() throws IOException {
    Path scenarios =
        Files.writeString(
            folder.resolve("s.yaml"),
            """
            period: 20
            to: 0.14
            ambientC: 10.3
            scenarios:
              - name: hard
                plants: mismatch
                aged: {old: {capacity: [0.8, 0.9], resistance: 1.3, anodeDiffusivity: 0.7}}
                sensors: {low: {voltageBiasVolts: [-0.005, 0.005]}}
                maxVoltage: 4.15
              - name: known
                battery: known
                firstSeed: 5
              - name: fetched
                goals: {at noon: {departure: 30, goal: ageing}}
            """);
    Path report = folder.resolve("report");
    Invocation compare =
        Invocation.of(
            "compare",
            "--policies",
            "mpc,cccv:0.7",
            "--estimators",
            "physics",
            "--scenarios",
            scenarios.toString(),
            "--json",
            "--report",
            report.toString());

    assertThat(compare.exitCode()).as(compare.err()).isZero();
    JsonNode result = JSON.readTree(compare.out());
    assertThat(result).isEqualTo(JSON.readTree(Files.readString(report.resolve("summary.json"))));
    assertThat(result.get("contenders").get("mpc").get("charges").asInt()).isEqualTo(3);
    JsonNode rows = result.get("worst");
    assertThat(rows).hasSize(6);
    JsonNode stay = result.get("breakdowns").get("Goal").get("at noon").get("mpc").get("stay");
    assertThat(stay.get("in_time").asDouble()).isEqualTo(1);
    assertThat(stay.get("grid_kWh").asDouble()).isPositive();
    for (JsonNode row : rows) {
      assertThat(withoutTimes(again(row.get("command").asText())))
          .as(row.get("command").asText())
          .isEqualTo(withoutTimes(row.get("summary")));
    }
    assertThat(Files.readString(report.resolve("report.html")))
        .contains(
            "\"reproduce\":\"./anodyne compare --policies mpc,cccv:0.7 --estimators physics ");
    // Head, and one line a charge; names with commas are quoted.
    assertThat(Files.readAllLines(report.resolve("results.csv")))
        .hasSize(7)
        .allSatisfy(line -> assertThat(line).doesNotContain("null"));
  }

  @Test
  void aSecondRunOfTheSameCommandGivesTheSameTableFromTheJournal() {
    String[] words = {
      "compare",
      "--policies",
      "cccv:1,cccv:2",
      "--to",
      "0.12",
      "--seeds",
      "2",
      "--report",
      folder.resolve("r").toString()
    };
    Invocation first = Invocation.of(words);
    Invocation second = Invocation.of(words);

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(second.exitCode()).isZero();
    assertThat(table(second)).isEqualTo(table(first)).contains("cccv:1", "cccv:2", "100 %");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          compare --policies mpc                                 | --report    | Missing
          compare --report o                                     | --policies  | Missing
          compare --policies fastest --report R                  | --policy    | fastest
          compare --policies mpc,mpc --report R                  | --policies  | each once
          compare --policies mpc --estimators guess --report R   | --estimator | guess
          compare --policies mpc --cells lgm5 --report R         | --cell      | lgm5
          compare --policies mpc --ambient-c 25,99 --report R    | --ambient-c | -40 to 80
          compare --policies mpc --from 0.1,0.9 --report R       | --to        | above --from
          compare --policies mpc --seeds 0 --report R            | --seeds     | 1 to
          compare --policies mpc --period 0 --report R           | --period    | 0.05 to 60
          compare --policies mpc --period 1,99 --report R        | --period    | 0.05 to 60
          compare --policies mpc --departure 0 --report R        | --departure | 1 to 2880
          compare --policies mpc --departure noon --report R     | --departure | or none
          compare --policies mpc --goal cost --report R          | --goal      | needs a departure
          compare --policies mpc --departure 60 --goal fun --report R | --goal | cost+ageing:PRICE
          compare --policies mpc --prices no.csv --report R      | --prices    | no such file
          compare --policies mpc --thermostat 99 --report R      | --thermostat | -40 to 80
          compare --policies mpc --plant odd --report R          | --plant     | mismatch
          compare --policies mpc --battery old --report R        | --battery   | new, known
          compare --policies mpc --threads 0 --report R          | --threads   | 1 to
          compare --policies mpc --aged no.yaml --report R       | --aged      | no such file
          compare --policies mpc --scenarios no.yaml --report R  | --scenarios | no such file
          compare --policies mpc --scenarios F --to 0.5 --report R | --to      | not together
          """)
  void badInputIsOneLine(String line, String option, String allowed) throws IOException {
    Path file = Files.writeString(folder.resolve("f.yaml"), "seeds: 2\n");
    String[] words =
        line.replace(" R", " " + folder.resolve("r")).replace(" F ", " " + file + " ").split(" +");
    assertRefused(Invocation.of(words), option, allowed);
  }

  private static JsonNode again(String command) throws IOException {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    assertThat(words.remove(0)).isEqualTo("./anodyne");
    words.set(words.size() - 1, Files.createTempDirectory("replay").toString());
    words.add("--json");
    Invocation charge = Invocation.of(words.toArray(String[]::new));
    assertThat(charge.exitCode()).as(charge.err()).isZero();
    return JSON.readTree(charge.out());
  }

  /** All but how long deciding took, and what is told beside the summary. */
  private static JsonNode withoutTimes(JsonNode summary) {
    ObjectNode rest = summary.deepCopy();
    // What single decisions told stands in a charge's own files; a row of a grid does not keep it.
    rest.remove(List.of("solve_ms", "battery", "stay", "slack_used", "collisions"));
    return rest;
  }

  private static String table(Invocation compare) {
    return compare.out().lines().limit(3).reduce("", (a, b) -> a + b + "\n");
  }
}
