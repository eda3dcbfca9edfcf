package dev.anodyne.core.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.bpx.BpxFile;
import dev.anodyne.core.bpx.BpxFunction;
import dev.anodyne.core.bpx.BpxReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How far the curves lie from the functions they stand for; prints the errors. */
class CurveFitTest {
  static List<String> sets() {
    return CellParameters.shippedNames();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void curvesFollowTheFilesFunctions(String set) throws IOException {
    BpxFile file;
    try (InputStream in = CellLoader.class.getResourceAsStream("cells/" + set + ".json")) {
      file = BpxReader.read(set, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    CellParameters cell = CellParameters.load(set);
    double anode = volts(cell.anode().ocp(), file.negative().ocp());
    double cathode = volts(cell.cathode().ocp(), file.positive().ocp());
    double entropy =
        Math.max(
            volts(cell.anode().entropicChange(), file.negative().entropicChange()),
            volts(cell.cathode().entropicChange(), file.positive().entropicChange()));
    double diffusivity =
        Math.max(
            relative(cell.anode().diffusivity(), file.negative().diffusivity(), 0, 1),
            relative(cell.cathode().diffusivity(), file.positive().diffusivity(), 0, 1));
    double salt =
        Math.max(
            relative(cell.electrolyte().diffusivity(), file.electrolyte().diffusivity(), 10, 3000),
            relative(
                cell.electrolyte().conductivity(), file.electrolyte().conductivity(), 10, 3000));
    System.out.printf(
        Locale.ROOT,
        "fit %-11s OCP anode %.1e mV, cathode %.1e mV, dU/dT %.1e mV/K, D_s %.1e, D_e and κ %.1e%n",
        set,
        1e3 * anode,
        1e3 * cathode,
        1e3 * entropy,
        diffusivity,
        salt);
    // Far below what half a millivolt asks for; a wrong knot or a wrong end condition is 1e-4.
    assertThat(anode).isLessThan(1e-6);
    assertThat(cathode).isLessThan(1e-6);
    assertThat(entropy).isLessThan(1e-8);
    assertThat(diffusivity).isLessThan(1e-6);
    assertThat(salt).isLessThan(1e-4);
  }

  /** Where a file's function falls, its curve falls: no wiggle is added. */
  @ParameterizedTest
  @MethodSource("sets")
  void aFallingOcpStaysFalling(String set) throws IOException {
    BpxFile file;
    try (InputStream in = CellLoader.class.getResourceAsStream("cells/" + set + ".json")) {
      file = BpxReader.read(set, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    CellParameters cell = CellParameters.load(set);
    for (int i = 0; i <= 50_000; i++) {
      double x = i / 50_000.0;
      // Slopes of less than 1 mV per unit of stoichiometry count as flat.
      if (file.negative().ocp().slope(x) < -1e-3) {
        assertThat(cell.anode().ocp().slope(x)).as("anode of %s at %s", set, x).isNegative();
      }
      if (file.positive().ocp().slope(x) < -1e-3) {
        assertThat(cell.cathode().ocp().slope(x)).as("cathode of %s at %s", set, x).isNegative();
      }
    }
  }

  private static double volts(Curve curve, BpxFunction function) {
    double worst = 0;
    for (int i = 0; i <= 50_000; i++) {
      double x = i / 50_000.0;
      worst = Math.max(worst, Math.abs(curve.value(x) - function.value(x)));
    }
    return worst;
  }

  private static double relative(Curve curve, BpxFunction function, double from, double to) {
    double worst = 0;
    for (int i = 0; i <= 50_000; i++) {
      double x = from + (to - from) * i / 50_000.0;
      worst = Math.max(worst, Math.abs(curve.value(x) / function.value(x) - 1));
    }
    return worst;
  }
}
