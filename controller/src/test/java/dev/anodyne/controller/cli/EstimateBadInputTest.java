package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code anodyne estimate} says of measurements that cannot be used. */
class EstimateBadInputTest {
  private static final String HEADER = "Time [s],Current [A],Voltage [V],Temperature [K]\n";

  @TempDir Path folder;

  @Test
  void rowsThatCannotBeUsedAreLeftEmptyAndCountedWithTheirFirstTime() throws IOException {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int t = 0; t < 60; t++) {
      double kelvin = t == 20 || t == 21 ? 25.0 : 298.15 + 0.01 * (t % 7);
      csv.append(String.format(Locale.ROOT, "%d,0,%.4f,%.2f%n", t, 3.62 + 1e-4 * (t % 5), kelvin));
    }
    Path file = Files.writeString(folder.resolve("m.csv"), csv);
    Path out = folder.resolve("e.csv");
    Invocation run =
        Invocation.of(
            "estimate",
            "--estimator",
            "physics",
            "--input",
            file.toString(),
            "--out",
            out.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("2 of 60 rows could not be used, first at 20.0 s");
    List<String> rows = Files.readAllLines(out);
    assertThat(rows.get(21)).endsWith(",,,,,");
    assertThat(rows.get(20)).doesNotEndWith(",");
    assertThat(rows.get(23)).doesNotEndWith(",");
  }

  @Test
  void temperaturesInCelsiusAreOneError() throws IOException {
    Path file = Files.writeString(folder.resolve("c.csv"), HEADER + "0,0,3.6,25\n1,0,3.6,25.1\n");
    BadInput.assertRefused(
        Invocation.of("estimate", "--input", file.toString(), "--out", out()),
        "c.csv",
        "Temperature [K]",
        "allowed");
  }

  @Test
  void voltagesInMillivoltsAreOneError() throws IOException {
    Path file = Files.writeString(folder.resolve("v.csv"), HEADER + "0,0,3600,298\n1,0,3601,298\n");
    BadInput.assertRefused(
        Invocation.of("estimate", "--input", file.toString(), "--out", out()),
        "v.csv",
        "Voltage [V]",
        "allowed");
  }

  @Test
  void aNumberThatIsNoneIsNamedWithItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("n.csv"), HEADER + "0,0,3.6,298\n1,NaN,3.6,298\n");
    BadInput.assertRefused(
        Invocation.of("estimate", "--input", file.toString(), "--out", out()),
        "line 3",
        "Current [A]",
        "NaN");
  }

  @Test
  void aModelFileThatIsNoneIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("g.csv"), HEADER + "0,0,3.6,298\n1,0,3.6,298\n");
    Path model = Files.writeString(folder.resolve("model.json"), "{\"format\": \"anodyne-mod");
    BadInput.assertRefused(
        Invocation.of(
            "estimate",
            "--estimator",
            model.toString(),
            "--input",
            file.toString(),
            "--out",
            out()),
        "model.json",
        "damaged");
  }

  private String out() {
    return folder.resolve("o.csv").toString();
  }
}
