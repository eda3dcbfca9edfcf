package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.estimators.identification.BatteryRecord;
import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.IdentifiedCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a battery's file and taking identifications back. */
class BatteryCommandTest {
  private static final CellParameters KIND = CellParameters.load("lgm50");
  private static final String[] ENDED = {
    "2026-01-01T10:00:00Z", "2026-02-01T10:00:00Z", "2026-03-01T10:00:00Z"
  };

  @TempDir Path folder;
  private Path file;

  /** Three identifications; that they tell nothing does not matter here. */
  @BeforeEach
  void threeSessions() {
    file = folder.resolve("battery.json");
    BatteryRecord record = BatteryRecord.unknown(KIND);
    IdentifiedCell cell = IdentifiedCell.unknown(KIND);
    for (int i = 0; i < ENDED.length; i++) {
      record =
          record.with(
              new Identification(
                  true,
                  "",
                  cell.afterSessions(i + 1),
                  3e-3,
                  (1 + i) * 1e-3,
                  Map.of(),
                  List.of(),
                  0,
                  0,
                  0,
                  0.1,
                  1),
              ENDED[i]);
    }
    BatteryFile.write(record, file);
  }

  private Invocation battery(String command, String... more) {
    String[] args = new String[3 + more.length];
    args[0] = "battery";
    args[1] = command;
    args[2] = file.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return Invocation.of(args);
  }

  private int kept() {
    return BatteryFile.read(file).entries().size();
  }

  @Test
  void showTellsParametersSensorsAndHistory() throws IOException {
    Invocation show = battery("show");
    assertThat(show.exitCode()).as(show.err()).isZero();
    assertThat(show.out())
        .contains("lgm50, 5 A·h, 3 sessions", "anodeExchangeFactor", "1.0000 ± 0.1500")
        .contains("2026-02-01T10:00:00Z", "starts from number 3");
    JsonNode json = new ObjectMapper().readTree(battery("show", "--json").out());
    assertThat(json.get("cell").asText()).isEqualTo("lgm50");
    assertThat(json.get("history")).hasSize(3);
    assertThat(json.get("history").get(1).get("rmse_after_mV").asDouble()).isEqualTo(2.0);
    JsonNode lithium = json.get("parameters").get("lossOfLithiumInventory");
    assertThat(lithium.get("standard_deviation").asDouble()).isEqualTo(0.04);
    assertThat(json.get("sensors").get("known").asBoolean()).isFalse();
  }

  @Test
  void restoreTakesTheNewestBack() throws IOException {
    Invocation restore = battery("restore");
    assertThat(restore.exitCode()).as(restore.err()).isZero();
    assertThat(restore.out().strip())
        .isEqualTo(
            "Battery "
                + file
                + ": 1 identification taken back; the next session starts from number 2, of"
                + " 2026-02-01T10:00:00Z.");
    assertThat(kept()).isEqualTo(2);
    // Nothing else is left in the folder but what writers lock, which has to stay.
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, file.resolveSibling("battery.json.lock"));
    }
  }

  @Test
  void restoreToTheBeginningAndNoFurther() {
    assertThat(battery("restore", "--to", "0").out()).contains("3 identifications", "nominal");
    assertThat(kept()).isZero();
    assertThat(battery("show").out()).contains("Nothing is known yet");
    Invocation again = battery("restore");
    assertThat(again.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(again.out()).contains("nothing to take back").hasLineCount(1);
  }

  @Test
  void restoreToWhatIsNotThereIsRefusedAndChangesNothing() {
    for (String to : List.of("4", "-1")) {
      Invocation restore = battery("restore", "--to", to);
      assertThat(restore.exitCode()).isEqualTo(2);
      assertThat(restore.err()).contains("--to", to, file.toString(), "0 to 3", "Maybe");
    }
    assertThat(kept()).isEqualTo(3);
  }

  @Test
  void badFilesAreRefusedAndLeftAlone() throws IOException {
    for (String bad : List.of("", "nonsense", "{\"format\":\"anodyne-battery\",\"version\":9}")) {
      Files.writeString(file, bad);
      for (String command : List.of("show", "restore")) {
        Invocation refused = battery(command);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(file.toString(), "Maybe").hasLineCount(2);
      }
      assertThat(Files.readString(file)).isEqualTo(bad);
    }
    Files.delete(file);
    assertThat(battery("show").exitCode()).isEqualTo(2);
    assertThat(battery("show").err()).contains("does not exist");
  }

  @Test
  void helpHasExamples() {
    assertThat(Invocation.of("battery", "--help").out()).contains("show", "restore");
    assertThat(Invocation.of("battery", "restore", "--help").out())
        .contains("anodyne battery restore out/battery.json --to 3");
    assertThat(Invocation.of("battery", "show", "--help").out())
        .contains("anodyne battery show out/battery.json");
  }
}
