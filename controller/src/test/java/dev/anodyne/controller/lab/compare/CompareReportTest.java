package dev.anodyne.controller.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anodyne.controller.lab.ChargeSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's data and the tables, on made-up figures. */
class CompareReportTest {
  private static final Contender MPC = new Contender("mpc", "default");
  private static final Contender MAP = new Contender("map", "default");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void figuresAreOfTheRightCharges() {
    CompareResult result = new CompareResult(List.of(MPC, MAP), rows(20));
    ContenderStats mpc = result.stats().get(0);
    ContenderStats map = result.stats().get(1);

    // Minutes are 30 + seed/100 + 20 when cold; every map charge takes a tenth longer.
    assertThat(mpc.charges()).isEqualTo(39);
    assertThat(mpc.failed()).isEqualTo(1);
    assertThat(mpc.plated().value()).isZero();
    assertThat(map.plated().value()).isEqualTo(20 / 40.0);
    assertThat(map.againstFirst().value())
        .isCloseTo(0.1, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(map.againstFirst().high() - map.againstFirst().low()).isLessThan(1e-9);
    assertThat(map.lowestVolts()).isEqualTo(-0.020);
    assertThat(result.worstFirst().get(0).scenario().seed()).isEqualTo(20);
    CompareResult.Breakdown byAmbient = result.breakdowns().get(0);
    assertThat(result.breakdowns()).hasSize(1);
    assertThat(byAmbient.parts().keySet()).containsExactly("0 °C", "25 °C");
    assertThat(byAmbient.parts().get("25 °C").get(1).plated().value()).isEqualTo(0);
  }

  @Test
  void thePageHoldsItsDataAndNeedsNoNetwork() throws IOException {
    CompareResult result = new CompareResult(List.of(MPC, MAP), rows(250));
    Path file = folder.resolve("report.html");
    new CompareReport(result, List.of(), Map.of(), row -> "./anodyne charge </script>", "again")
        .write(file);
    String page = Files.readString(file);

    // 1,000 charges without traces.
    assertThat(page.length()).isLessThan(500_000);
    assertThat(page).doesNotContain("src=", "<link", "/*@");
    String json = page.substring(page.indexOf("id=\"data\">") + "id=\"data\">".length());
    JsonNode data = JSON.readTree(json.substring(0, json.indexOf("</script>")));
    assertThat(data.get("contenders")).hasSize(2);
    assertThat(data.get("points").get(1).get("minutes")).hasSize(500);
    assertThat(data.get("worst").get(0).get("lowestMv").asDouble()).isEqualTo(-250);
    assertThat(data.get("failures").get(0).get("error").asText()).isEqualTo("It failed.");
    assertThat(data.get("breakdowns").get(0).get("of")).hasSize(500);
  }

  @Test
  void theTableHasALineForEachContender() {
    String table = CompareTable.text(new CompareResult(List.of(MPC, MAP), rows(20)).stats());

    assertThat(table.lines()).hasSize(3);
    assertThat(table.lines().toList().get(1)).startsWith("mpc").contains("39 (+1 failed)");
    assertThat(table.lines().toList().get(2)).startsWith("map").contains("50.0 %", "-20.0");
  }

  @Test
  void filesOfOneNameAreToldApartByTheirFolders() {
    Contender a = new Contender("a/policy.yaml", "default");
    Contender b = new Contender("b/policy.yaml", "default");
    Contender c = new Contender("b/other.yaml", "default");
    CompareResult result = new CompareResult(List.of(a, b, c), List.of());

    assertThat(List.of(result.label(a), result.label(b), result.label(c)))
        .containsExactly("a/policy.yaml · default", "b/policy.yaml · default", "other");
  }

  @Test
  void csvQuotesWhatHasCommasAndKeepsEveryDigit() throws IOException {
    Path file = folder.resolve("results.csv");
    ResultsCsv.write(file, rows(1), row -> "say \"it\"");
    List<String> lines = Files.readAllLines(file);

    assertThat(lines).hasSize(5);
    assertThat(lines.get(0))
        .startsWith("scenario,part,cell,policy,estimator,")
        .endsWith("error,command");
    // The first charge failed: its figures are empty, its line is as long as all others.
    assertThat(lines.get(1))
        .startsWith("\"0 °C, from 10 %, seed 1\",,lgm50,mpc,")
        .contains("It failed.");
    assertThat(lines.get(2))
        .contains(Double.toString((30 + 0.01 + 20) * 1.1))
        .endsWith("\"say \"\"it\"\"\"");
    long columns = lines.get(0).chars().filter(c -> c == ',').count();
    // The scenario's name has two commas of its own.
    assertThat(lines.subList(1, 5))
        .allSatisfy(
            line -> assertThat(line.chars().filter(c -> c == ',').count()).isEqualTo(columns + 2));
  }

  /** At 0 °C the map plates, the more the higher the seed; the very first charge fails. */
  private static List<CompareRow> rows(int seeds) {
    ScenarioAxes r = ScenarioAxes.REFERENCE;
    ScenarioAxes axes =
        new ScenarioAxes(
            "",
            1,
            r.cells(),
            r.plants(),
            r.aged(),
            r.sensors(),
            r.fromSocs(),
            r.toSoc(),
            List.of(0.0, 25.0),
            r.known(),
            r.aims(),
            40,
            r.limits(),
            r.periodsSeconds(),
            1,
            seeds);
    List<CompareRow> rows = new ArrayList<>();
    for (Scenario scenario : axes.expand()) {
      for (Contender who : List.of(MPC, MAP)) {
        boolean fails = rows.isEmpty();
        CompareTask task = new TaskDigest("test").task(scenario, who);
        rows.add(
            fails
                ? CompareRow.failed(task, new IllegalStateException("It failed."))
                : CompareRow.of(task, outcome(scenario, who)));
      }
    }
    return rows;
  }

  private static CompareRow.Outcome outcome(Scenario s, Contender who) {
    boolean cold = s.ambientCelsius() == 0;
    boolean map = who.equals(MAP);
    double minutes = (30 + s.seed() / 100.0 + (cold ? 20 : 0)) * (map ? 1.1 : 1);
    double lowest = map && cold ? -s.seed() * 1e-3 : 5e-3;
    ChargeSummary summary =
        new ChargeSummary(
            minutes,
            0.8,
            lowest,
            Math.max(0, -lowest),
            4.2,
            35,
            1.5,
            3,
            1,
            2,
            3,
            0,
            0,
            who.policy(),
            "augmented",
            s.cell(),
            s.seed(),
            "test");
    return new CompareRow.Outcome(true, List.of(), 1, summary, null);
  }
}
