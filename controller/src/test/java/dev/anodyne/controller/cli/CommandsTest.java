package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands from their words to their files. */
class CommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void chargePrintsTheSummaryThatItWrites() throws IOException {
    Path out = folder.resolve("new/charge");
    Invocation charge =
        Invocation.of(
            "charge",
            "--policy",
            "cccv:1",
            "--estimator",
            "physics",
            "--to",
            "0.12",
            "--json",
            "--out",
            out.toString());
    assertThat(charge.exitCode()).as(charge.err()).isZero();
    assertThat(charge.err()).isEmpty();
    JsonNode printed = JSON.readTree(charge.out());
    assertThat(printed).isEqualTo(JSON.readTree(Files.readString(out.resolve("summary.json"))));
    assertThat(printed.get("policy").asText()).isEqualTo("cccv:1");
    assertThat(out.resolve("report.html")).isNotEmptyFile();
    assertThat(Files.readAllLines(out.resolve("trace.csv")).size())
        // 2 % at 1C are 72 s on the nominal capacity, and a row each second.
        .isBetween(60, 90);
  }

  @Test
  void aTargetThatIsNotReachedExitsWithOne() {
    // At 25 °C a battery that must stay below 24 °C is not charged, and nothing here cools it.
    Invocation charge =
        Invocation.of(
            "charge",
            "--policy",
            "cccv:1",
            "--estimator",
            "truth",
            "--to",
            "0.9",
            "--max-temperature-c",
            "24",
            "--out",
            folder.resolve("o").toString());
    assertThat(charge.exitCode()).as(charge.err()).isEqualTo(1);
    assertThat(charge.out()).contains("not reached", "oracle");
  }

  @Test
  void limitsThatCollideAreBadInput() {
    Path out = folder.resolve("none");
    Invocation charge =
        Invocation.of("charge", "--to", "0.9", "--max-voltage", "3.4", "--out", out.toString());
    assertThat(charge.exitCode()).as(charge.err()).isEqualTo(2);
    assertThat(charge.err())
        .contains("voltage limit of 3.400 V", "target state of charge 0.900", "4.097 V");
    assertThat(charge.out()).isEmpty();
  }

  @Test
  void simulateThenEstimate() throws IOException {
    Path csv = folder.resolve("s.csv");
    Path plot = folder.resolve("s.html");
    Invocation simulate =
        Invocation.of(
            "simulate",
            "--initial-soc",
            "0.3",
            "--protocol",
            "Charge at 1C for 3 minutes; Rest for 1 minute",
            "--plot",
            plot.toString(),
            "--out",
            csv.toString(),
            "--json");
    assertThat(simulate.exitCode()).as(simulate.err()).isZero();
    JsonNode json = JSON.readTree(simulate.out());
    assertThat(json.get("end").asText()).isEqualTo("completed");
    assertThat(json.get("steps")).hasSize(2);
    List<String> rows = Files.readAllLines(csv);
    assertThat(rows.get(0)).startsWith("Time [s],Current [A],Voltage [V],Temperature [K],");
    assertThat(Files.readString(plot)).contains("Anode potential, mV").doesNotContain("/*@");

    Path estimated = folder.resolve("e.csv");
    Invocation estimate =
        Invocation.of(
            "estimate",
            "--estimator",
            "physics",
            "--initial-soc",
            "0.3",
            "--input",
            csv.toString(),
            "--out",
            estimated.toString());
    assertThat(estimate.exitCode()).as(estimate.err()).isZero();
    List<String> beliefs = Files.readAllLines(estimated);
    assertThat(beliefs.get(0))
        .isEqualTo(
            "Time [s],State of charge,Anode potential [V],Anode potential lower bound [V],"
                + "Anode surface stoichiometry,Cathode surface stoichiometry");
    assertThat(beliefs).hasSameSizeAs(rows);
    double believed = number(beliefs.get(beliefs.size() - 1), 2);
    double truth = number(rows.get(rows.size() - 1), 5);
    // The twin has the same parameters and no sensor noise here; it differs by its coarser mesh.
    assertThat(believed).isCloseTo(truth, org.assertj.core.data.Offset.offset(3e-3));
  }

  @Test
  void simulateTellsEachCycleOfAnAgeingCell() throws IOException {
    Path csv = folder.resolve("aged.csv");
    Path plot = folder.resolve("aged.html");
    Invocation simulate =
        Invocation.of(
            "simulate",
            "--initial-soc",
            "0",
            "--ageing",
            "full",
            "--cycles",
            "3",
            "--period",
            "60",
            "--voltage-parts",
            "--protocol",
            "Charge at 1C until 4.2 V; Discharge at 15 W until 2.5 V",
            "--plot",
            plot.toString(),
            "--out",
            csv.toString(),
            "--json");
    assertThat(simulate.exitCode()).as(simulate.err()).isZero();
    JsonNode cycles = JSON.readTree(simulate.out()).get("cycles");
    assertThat(cycles).hasSize(3);
    JsonNode last = cycles.get(2);
    assertThat(last.get("ended_by").get(0).asText()).isEqualTo("voltage 4.2 V");
    assertThat(last.get("ended_by").get(1).asText()).isEqualTo("voltage 2.5 V");
    assertThat(last.get("coulombic_efficiency").asDouble()).isBetween(0.98, 1.0);
    assertThat(last.get("energy_efficiency").asDouble()).isBetween(0.8, 0.97);
    assertThat(last.get("loss_to_sei_Ah").asDouble()).isPositive();
    // at rest between the cut-offs a little more than a C/20 test can take out
    assertThat(last.get("measured_capacity_Ah").asDouble())
        .isBetween(4.8, last.get("capacity_Ah").asDouble());
    List<String> rows = Files.readAllLines(csv);
    assertThat(rows.get(0)).contains("Capacity [A.h],Open-circuit voltage [V],");
    assertThat(Files.readString(plot))
        .contains("Parts of the voltage, V", "Lost over cycles, mA·h");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(csv, plot); // no temporary file is left
    }
  }

  @Test
  void aDepletedPhaseEndsASimulationAndSaysSo() {
    Invocation simulate =
        Invocation.of(
            "simulate",
            "--initial-soc",
            "0.05",
            "--protocol",
            "Discharge at 1C for 1 hour",
            "--out",
            folder.resolve("s.csv").toString());
    assertThat(simulate.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("s.csv")).isNotEmptyFile();
  }

  private static double number(String row, int column) {
    return Double.parseDouble(row.split(",")[column]);
  }
}
