package dev.anodyne.controller.lab.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anodyne.controller.lab.TraceRow;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.DecisionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a study keeps and shows, on made-up figures. */
class StudyReportTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final double NEW_OHM = 0.03;
  private static final long SEED = 3;

  @TempDir Path folder;

  @Test
  void thePageHoldsItsDataAndNeedsNoNetwork() throws IOException {
    Path file = folder.resolve("report.html");
    new StudyReport(request("mpc", 50), rows(50), "again </script>", n -> "--battery " + n)
        .write(file);
    String page = Files.readString(file);

    assertThat(page).doesNotContain("src=", "<link", "/*@");
    String json = page.substring(page.indexOf("id=\"data\">") + "id=\"data\">".length());
    JsonNode data = new ObjectMapper().readTree(json.substring(0, json.indexOf("</script>")));
    assertThat(data.get("headline").asText())
        .isEqualTo("2 of 100 charges plated; the lowest anode potential was −2.0 mV");
    assertThat(data.get("points").get("minutes")).hasSize(100);
    assertThat(data.get("parts").get("all").get("plated").asInt()).isEqualTo(2);
    JsonNode lowest = data.get("worst").get("lowest");
    assertThat(lowest.get(0).get("battery").asInt()).isEqualTo(7);
    assertThat(lowest.get(0).get("charge").asInt()).isEqualTo(2);
    assertThat(lowest.get(0).get("command").asText()).isEqualTo("--battery 7");
    // Those that did not get there come before the slow ones.
    JsonNode slowest = data.get("worst").get("slowest");
    assertThat(slowest.get(0).get("reached").asBoolean()).isFalse();
    assertThat(slowest.get(1).get("minutes").asDouble()).isEqualTo(30 + 49);
  }

  @Test
  void manyChargesAreThinnedButNoneThatPlated() {
    List<StudyRow> rows = rows(9000);
    Object minutes =
        ((java.util.Map<?, ?>)
                new StudyReport(request("mpc", 9000), rows, "", n -> "").data().get("points"))
            .get("lowestMv");

    assertThat((List<?>) minutes)
        .hasSizeLessThan(8000)
        .map(Object::toString)
        .contains("-2.0", "-1.0");
  }

  @Test
  void finishedBatteriesComeBackWithEveryDigitAndMissingFigures() throws IOException {
    List<StudyRow> rows = rows(2);
    try (StudyJournal journal = journal("mpc")) {
      assertThat(journal.find(0)).isEmpty();
      journal.add(0, rows.subList(0, 2));
    }
    try (StudyJournal journal = journal("mpc")) {
      assertThat(journal.find(0)).contains(List.of(rows.get(0).outcome(), rows.get(1).outcome()));
      assertThat(journal.find(1)).isEmpty();
    }
  }

  @Test
  void whatIsRecalledIsWhatWasCharged() {
    List<StudyOutcome> outcomes = List.of(outcome(0, 1, 0), outcome(0, 2, 0));
    List<StudyRow> rows = new StudyRunner(request("mpc", 1), (name, run) -> {}).recall(4, outcomes);

    var random = StudyBattery.stream(SEED, 4, 1);
    StudyCharge first = StudyCharge.first(random);
    assertThat(rows.get(0).charge()).isEqualTo(first);
    assertThat(rows.get(1).charge()).isEqualTo(first.next(random));
    assertThat(rows.get(0).battery().age())
        .isEqualTo(StudyBattery.of(SEED, 4, CELL, NEW_OHM).age());
    assertThat(rows).extracting(StudyRow::outcome).isEqualTo(outcomes);
  }

  @Test
  void anotherPolicyOrATornLineIsNotFound() throws IOException {
    List<StudyRow> rows = rows(2);
    try (StudyJournal journal = journal("mpc")) {
      journal.add(0, rows.subList(0, 2));
      journal.add(1, rows.subList(2, 4));
    }
    Path file = folder.resolve("journal.jsonl");
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 9));

    try (StudyJournal journal = journal("rider")) {
      assertThat(journal.find(0)).isEmpty();
    }
    try (StudyJournal journal = journal("mpc")) {
      assertThat(journal.find(0)).isPresent();
      assertThat(journal.find(1)).isEmpty();
    }
  }

  @Test
  void aBatteryWithoutItsTracesIsChargedAgainWhereTracesAreWanted() throws IOException {
    List<StudyRow> rows = rows(1);
    try (StudyJournal journal = new StudyJournal(request("mpc", 1), "lgm50", folder, true)) {
      journal.add(0, rows);
      assertThat(folder.resolve("journal.jsonl")).exists();
    }
    try (StudyJournal journal = new StudyJournal(request("mpc", 1), "lgm50", folder, true)) {
      assertThat(journal.find(0)).isEmpty();
      Files.createFile(StudyJournal.trace(folder, "0-1"));
      Files.createFile(StudyJournal.trace(folder, "0-2"));
      assertThat(journal.find(0)).isPresent();
    }
  }

  private StudyJournal journal(String policy) throws IOException {
    return new StudyJournal(request(policy, 2), "lgm50", folder, false);
  }

  private static StudyRequest request(String policy, int batteries) {
    return new StudyRequest(CELL, policy, "physics", 40, batteries, 0, 10, SEED);
  }

  /** Battery 7 plates in both charges, battery 3 does not reach its target. */
  private static List<StudyRow> rows(int batteries) {
    List<StudyRow> rows = new ArrayList<>();
    for (int i = 0; i < batteries; i++) {
      StudyBattery battery = StudyBattery.of(SEED, i, CELL, NEW_OHM);
      StudyCharge charge = StudyCharge.first(StudyBattery.stream(SEED, i, 1));
      for (int number = 1; number <= 2; number++) {
        rows.add(new StudyRow(battery, charge, number, outcome(i, number, i == 7 ? number : 0)));
      }
    }
    return rows;
  }

  private static StudyOutcome outcome(int battery, int number, double platedMillivolts) {
    double lowest = platedMillivolts > 0 ? -1e-3 * platedMillivolts : 1e-3 * Math.sqrt(2 + battery);
    TraceRow row =
        new TraceRow(
            60,
            5,
            4,
            300,
            0.5,
            lowest,
            Double.NaN,
            Double.NaN,
            DecisionSource.MPC,
            ActiveConstraint.ANODE_POTENTIAL,
            1);
    return new StudyOutcome(
        number - 1,
        battery != 3 || number == 2,
        30 + battery,
        lowest,
        platedMillivolts > 0 ? 0.1 : 0,
        row,
        Double.NaN,
        1e-3 / (3 + battery));
  }
}
