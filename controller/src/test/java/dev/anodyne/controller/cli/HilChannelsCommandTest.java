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

/** What of the bench can be seen, forced and broken, and whether it keeps the clock. */
class HilChannelsCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void listsChannelsWithUnits() throws IOException {
    Invocation shown = Invocation.of("hil", "channels");
    assertThat(shown.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(shown.out())
        .containsPattern("pack\\.cell\\[0\\.\\.3]\\.anodePotential +V +true +reading")
        .containsPattern("charger\\.maxCurrent +A +setting +plant")
        .doesNotContain("cell[2]");
    JsonNode all = JSON.readTree(Invocation.of("hil", "channels", "--all", "--json").out());
    assertThat(all.findValuesAsText("name")).contains("pack.cell[3].temperature", "time");
  }

  @Test
  void listsFaults() throws IOException {
    JsonNode kinds = JSON.readTree(Invocation.of("hil", "channels", "--faults", "--json").out());
    assertThat(kinds.findValuesAsText("name"))
        .contains("sensor.bitFlip", "opcua.writeLate", "actuator.contactorWeld", "plant.openCell");
    assertThat(Invocation.of("hil", "channels", "--faults").out()).contains("on or off");
  }

  @Test
  void pacesAPackAndRecordsIt() throws IOException {
    Path file = directory.resolve("pace.csv");
    Invocation run =
        Invocation.of(
            "hil",
            "pace",
            "--layout",
            "2s1p",
            "--step",
            "0.2",
            "--seconds",
            "1",
            "--json",
            "--record",
            file.toString());
    JsonNode result = JSON.readTree(run.out());
    assertThat(result.path("steps").asInt()).isEqualTo(5);
    assertThat(result.path("lateness_ms").path("p999").asDouble()).isNotNegative();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).startsWith("time [s],");
    assertThat(lines).as("header, start and five steps").hasSize(7);
    assertThat(Invocation.of("hil", "pace", "--step", "0").exitCode())
        .isEqualTo(ExitCode.BAD_INPUT);
  }
}
