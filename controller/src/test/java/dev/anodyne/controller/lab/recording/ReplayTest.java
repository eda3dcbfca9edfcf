package dev.anodyne.controller.lab.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.controller.session.recording.RecordingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recorded charge gives the same again, and nothing else does. */
class ReplayTest {
  @TempDir static Path shared;
  @TempDir Path folder;
  private static Path charge;

  @BeforeAll
  static void record() throws IOException, InterruptedException {
    charge = Tapes.charge(Tapes.setup("mpc", "augmented", 0.13), shared);
  }

  @Test
  void aChargeGivesTheSameBits() throws IOException {
    ReplayResult result = Replay.run(charge);
    assertThat(result.found()).isNull();
    assertThat(result.differing()).isZero();
    // 3 % at 3C take 36 s, plus the ramp.
    assertThat(result.decisions()).isBetween(36L, 120L);
    assertThat(result.commands()).isEqualTo(result.decisions());
    assertThat(result.remarks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rider,physics", "cccv:1.5,truth", "rider-oracle,truth", "map,learned"})
  void everyKindOfPolicyAndEstimatorReplays(String policy, String estimator)
      throws IOException, InterruptedException {
    ReplayResult result = Replay.run(Tapes.charge(Tapes.setup(policy, estimator, 0.11), folder));
    assertThat(result.found()).isNull();
    assertThat(result.decisions()).isGreaterThan(10);
    assertThat(result.remarks()).hasSize(estimator.equals("truth") ? 1 : 0);
  }

  /** The smallest change of one double of one sample, far into the charge. */
  @Test
  void oneBitOfOneMeasurementIsFound() throws IOException {
    List<String> lines = new ArrayList<>(Tapes.lines(charge));
    Pattern volts = Pattern.compile("\"maxCellVoltageVolts\":([0-9.E-]+)");
    int decision = 0;
    for (int i = 0; i < lines.size(); i++) {
      Matcher match = volts.matcher(lines.get(i));
      if (lines.get(i).contains("\"deciding\"") && ++decision == 20 && match.find()) {
        double bent = Math.nextUp(Double.parseDouble(match.group(1)));
        lines.set(i, match.replaceFirst("\"maxCellVoltageVolts\":" + bent));
      }
    }
    ReplayResult result = Replay.run(Tapes.write(lines, folder.resolve("bent.gz")));
    ReplayResult.Place place = result.found();
    assertThat(place).isNotNull();
    assertThat(place.decision()).isEqualTo(20);
    assertThat(place.seconds()).isEqualTo(19);
    assertThat(place.differences())
        .extracting(Difference::quantity)
        .contains("estimate.voltageVolts", "estimate.voltageBiasVolts");
    // The rows tell what led there, the place itself last.
    assertThat(place.before()).hasSize(5);
    assertThat(place.before().get(4).decision()).isEqualTo(20);
  }

  /** Everything is recomputed, but what came before is not compared. */
  @Test
  void comparingBeginsWhereItIsToldTo() throws IOException {
    List<String> lines = new ArrayList<>(Tapes.lines(charge));
    int line =
        lines.indexOf(lines.stream().filter(l -> l.contains("\"decided\"")).findFirst().get());
    lines.set(line, lines.get(line).replaceFirst("\"soc\":[0-9.E-]+", "\"soc\":0.5"));
    Path bent = Tapes.write(lines, folder.resolve("first.gz"));
    assertThat(Replay.run(bent).found().decision()).isEqualTo(1);
    ReplayResult later = Replay.run(bent, 2);
    assertThat(later.found()).isNull();
    assertThat(later.decisions()).isEqualTo(Replay.run(charge).decisions());
  }

  @Test
  void anotherSettingIsFound() throws IOException {
    List<String> lines = new ArrayList<>(Tapes.lines(charge));
    lines.set(
        0, lines.get(0).replace("\"maxCellCurrentAmps\":15.0", "\"maxCellCurrentAmps\":14.9"));
    ReplayResult result = Replay.run(Tapes.write(lines, folder.resolve("set.gz")));
    assertThat(result.found().decision()).isEqualTo(1);
    assertThat(result.found().differences())
        .extracting(Difference::quantity)
        .contains("limits.maxChargeCurrentAmps");
  }

  @Test
  void anotherCommandThanRecordedIsFound() throws IOException {
    List<String> lines = new ArrayList<>(Tapes.lines(charge));
    int last = lines.size() - 2;
    assertThat(lines.get(last)).contains("\"commanded\"");
    lines.set(last, lines.get(last).replace("\"state\":\"Charging\"", "\"state\":\"Suspended\""));
    ReplayResult result = Replay.run(Tapes.write(lines, folder.resolve("other.gz")));
    assertThat(result.found().differences())
        .containsExactly(new Difference("state", "Suspended", "Charging"));
    assertThat(result.differing()).isEqualTo(1);
  }

  @Test
  void anotherJavaIsSaidToBeTheLikelyCause() throws IOException {
    List<String> lines = new ArrayList<>(Tapes.lines(charge));
    lines.set(0, lines.get(0).replaceFirst("\"java\":\"[^\"]*\"", "\"java\":\"1.1\""));
    assertThat(Replay.run(Tapes.write(lines, folder.resolve("java.gz"))).remarks())
        .singleElement()
        .asString()
        .startsWith("Recorded with java 1.1, replayed with ");
  }

  /** Recordings of earlier versions hold no heat at the beginning of a decision. */
  @Test
  void aRecordingWithoutTheHeatInForceIsStillReplayed() throws IOException {
    List<String> lines = Tapes.lines(charge);
    List<String> older =
        lines.stream()
            .map(l -> l.replaceFirst(",\"thermal\":\\{\"heatWatts[^}]*}}$", "}"))
            .toList();
    assertThat(older).isNotEqualTo(lines);
    ReplayResult result = Replay.run(Tapes.write(older, folder.resolve("older.gz")));
    assertThat(result.found()).isNull();
    assertThat(result.decisions()).isEqualTo(Replay.run(charge).decisions());
  }

  @Test
  void anotherHeatInForceThanRecordedIsFound() throws IOException {
    List<String> lines = new ArrayList<>(Tapes.lines(charge));
    int last = lines.size() - 4;
    assertThat(lines.get(last)).contains("\"deciding\"");
    lines.set(last, lines.get(last).replace("\"heatWatts\":0.0", "\"heatWatts\":1.0"));
    ReplayResult result = Replay.run(Tapes.write(lines, folder.resolve("heat.gz")));
    assertThat(result.found().differences())
        .containsExactly(new Difference("thermal.heatWatts", "1.0", "0.0"));
  }

  @Test
  void anotherCollisionThanRecordedIsFound() throws IOException {
    List<String> lines = new ArrayList<>(Tapes.lines(charge));
    int last = lines.size() - 3;
    assertThat(lines.get(last)).contains("\"told\":{}");
    String told = "\"told\":{\"collision\":{\"constraints\":[\"POWER\"],\"text\":\"held\"}}";
    lines.set(last, lines.get(last).replace("\"told\":{}", told));
    ReplayResult result = Replay.run(Tapes.write(lines, folder.resolve("told.gz")));
    assertThat(result.found().differences())
        .extracting(Difference::quantity)
        .containsExactly("told.collision");
  }

  /** A process that died leaves half a file: what is whole is replayed, and the rest is said. */
  @Test
  void aFileThatWasCutOffIsReplayedUpToItsEnd() throws IOException {
    byte[] whole = Files.readAllBytes(charge);
    Path cut = folder.resolve("cut.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length * 2 / 3));
    ReplayResult result = Replay.run(cut);
    assertThat(result.found()).isNull();
    assertThat(result.decisions()).isBetween(5L, Replay.run(charge).decisions() - 1);
    assertThat(result.remarks()).singleElement().asString().contains("cut off");
    List<String> lines = Tapes.lines(charge);
    assertThat(
            Replay.run(Tapes.write(lines.subList(0, lines.size() - 1), folder.resolve("end.gz")))
                .remarks())
        .singleElement()
        .asString()
        .contains("without its last line");
  }

  /** The first version told fewer states apart, and its sessions knew no rules. */
  @Test
  void aRecordingOfTheFirstVersionReplaysWithoutADifference() throws IOException {
    List<String> lines = new ArrayList<>(Tapes.lines(charge));
    assertThat(lines).anyMatch(l -> l.contains("\"state\":\"PreCharge\""));
    lines.replaceAll(l -> l.replace("\"state\":\"PreCharge\"", "\"state\":\"Charging\""));
    String header = lines.get(0).replace("\"version\":3,", "\"version\":1,");
    String rules = "\"rules\":{\"asksForAuthorisation\":false,\"vehicleLeftNanos\":3000000000},";
    assertThat(header).contains(rules);
    lines.set(0, header.replace(rules, ""));
    ReplayResult result = Replay.run(Tapes.write(lines, folder.resolve("first.gz")));
    assertThat(result.found()).isNull();
    assertThat(result.commands()).isPositive();
  }

  @Test
  void whatIsNoRecordingIsRefusedInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "Time [s],Current [A]\n0,0\n");
    refused(text, "is not a compressed recording");
    refused(Tapes.write(List.of("{\"a\":1}"), folder.resolve("json.gz")), "no recording");
    refused(Tapes.write(List.of("x"), folder.resolve("x.gz")), "is empty");
    refused(folder, "cannot be read");
    List<String> lines = new ArrayList<>(Tapes.lines(charge));
    String header = lines.get(0);
    lines.set(0, header.replace("\"version\":3,", "\"version\":99,"));
    refused(Tapes.write(lines, folder.resolve("v.gz")), "version 99; allowed: 1 to 3");
    lines.set(0, header);
    lines.set(5, "{\"k\":\"hum\"}");
    refused(Tapes.write(lines, folder.resolve("k.gz")), "line 6: a line of the unknown kind 'hum'");
  }

  private static void refused(Path file, String why) {
    assertThatThrownBy(() -> Replay.run(file))
        .isInstanceOf(RecordingException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(file.toString());
  }
}
