package dev.anodyne.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.core.bpx.BpxException;
import dev.anodyne.core.bpx.BpxReader;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.protocol.Protocol;
import dev.anodyne.core.protocol.ProtocolRunner;
import dev.anodyne.core.protocol.SimulationRequest;
import dev.anodyne.core.protocol.SimulationResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BPX files from others: either they simulate, or one complaint says why not. */
class BpxCellsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A published example through a charge and a discharge at 1C, each to the cell's own cut-off. */
  @ParameterizedTest
  @CsvSource({"nmc_pouch_cell_BPX.json, 4.2, 2.7", "lfp_18650_cell_BPX.json, 3.65, 2.0"})
  void publishedExamplesChargeAndDischarge(String file, double upper, double lower)
      throws Exception {
    Path path = Path.of(BpxCellsTest.class.getResource("/bpx/" + file).toURI());
    CellParameters cell = CellParameters.load(path.toString());
    double oneC = 3600 * cell.capacityAmpHours() / cell.nominalCapacityAmpHours();
    for (String step :
        new String[] {
          "Charge at 1C until " + upper + " V", "Discharge at 1C until " + lower + " V"
        }) {
      SimulationResult result =
          ProtocolRunner.run(
              SimulationRequest.of(
                      cell,
                      P2dOptions.PLANT.withAgeing(Ageing.NONE),
                      Protocol.parse(step),
                      step.startsWith("Charge") ? 0 : 1,
                      298.15)
                  .withPeriodSeconds(60));
      assertThat(result.termination().isCompleted()).as(result.termination().toString()).isTrue();
      // Energy cells give half of their capacity at 1C and more, and cannot give more than all.
      assertThat(result.termination().timeSeconds()).isBetween(0.5 * oneC, 1.001 * oneC);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nmc_pouch_cell_BPX_SPM.json | /Header/Model is \"SPM\"",
        "nmc_pouch_cell_BPX_blended_electrode.json"
            + " | /Parameterisation/Positive electrode/Particle describes a blend of 2 materials",
        "nmc_pouch_cell_BPX_user-defined_hysteresis.json"
            + " | /Parameterisation/Negative electrode/OCP [V] is 0.0 at every stoichiometry"
      })
  void whatTheModelCannotDoIsRefusedInOneLineAndAMaybe(String file, String what) throws Exception {
    Path path = Path.of(BpxCellsTest.class.getResource("/bpx/" + file).toURI());
    assertThatThrownBy(() -> CellParameters.load(path.toString()))
        .isInstanceOf(BpxException.class)
        .hasMessageContaining(file + ": " + what)
        .hasMessageContaining("; allowed: ")
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isEqualTo(2))
        .hasMessageContaining("\nMaybe ");
  }

  private static CellParameters edited(Consumer<ObjectNode> edit) {
    try (InputStream in = CellLoader.class.getResourceAsStream("cells/lgm50.json")) {
      ObjectNode root =
          (ObjectNode) JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      edit.accept(root);
      return CellLoader.of("mine.json", BpxReader.read("mine.json", root.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode at(ObjectNode root, String section) {
    return (ObjectNode) root.at("/Parameterisation/" + section);
  }

  @Test
  void aBlendOfOneIsNoBlend() {
    CellParameters cell =
        edited(
            root -> {
              ObjectNode electrode = at(root, "Positive electrode");
              ObjectNode particle = electrode.deepCopy();
              particle.retain(
                  "Minimum stoichiometry",
                  "Maximum stoichiometry",
                  "Maximum concentration [mol.m-3]",
                  "Particle radius [m]",
                  "Surface area per unit volume [m-1]",
                  "Diffusivity [m2.s-1]",
                  "Diffusivity activation energy [J.mol-1]",
                  "OCP [V]",
                  "Entropic change coefficient [V.K-1]",
                  "Reaction rate constant [mol.m-2.s-1]",
                  "Reaction rate constant activation energy [J.mol-1]");
              particle.fieldNames().forEachRemaining(electrode::remove);
              electrode.putObject("Particle").set("Primary", particle);
            });
    assertThat(cell.capacityAmpHours()).isEqualTo(CellParameters.load("lgm50").capacityAmpHours());
  }

  /** Section State/Degradation: what the cell has lost before it is used. */
  @Test
  void degradationMakesASmallerCell() {
    CellParameters fresh = CellParameters.load("lgm50");
    CellParameters aged =
        edited(
            root -> {
              ObjectNode lost = ((ObjectNode) root.get("State")).putObject("Degradation");
              lost.put("LLI", 0.1);
              lost.put("LAM: Positive electrode", 0);
              lost.put("LAM: Negative electrode", 0.02);
            });
    // At the low end graphite is empty, so nearly all of the lost lithium is missing.
    assertThat(aged.capacityAmpHours() / fresh.capacityAmpHours()).isCloseTo(0.89, within(0.02));
    assertThat(aged.openCircuitVolts(1)).isCloseTo(4.2, within(1e-6));
  }

  /** ln((1−x)/x) has no value at 0 and 1; the curve ends beside them, the guard rails beyond. */
  @Test
  void aLogarithmicOcpIsRead() {
    String nernst = "0.12 + 0.0257 * log((1 - x) / x)";
    CellParameters cell =
        edited(
            root -> {
              at(root, "Negative electrode").put("OCP [V]", nernst);
              at(root, "Cell").put("Lower voltage cut-off [V]", 3.2);
            });
    for (double x : new double[] {0.0011, 0.01, 0.5, 0.99, 0.9989}) {
      double expected = 0.12 + 0.0257 * Math.log((1 - x) / x);
      assertThat(cell.anode().ocp().value(x)).isCloseTo(expected, within(2e-6));
    }
    assertThat(cell.anode().openCircuitVolts(-0.01)).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Negative electrode | Particle radius [m] | 5.86 | a number in (0, 0.01] | unit",
        "Negative electrode | Particle radius [m] | 1.2e-5 | at most | diameter",
        "Cell | Upper voltage cut-off [V] | 3.6 | within 0.3 V | stoichiometry",
        "Negative electrode | OCP [V] | \"0.5 − x\" | not the minus of the keyboard |",
        "Negative electrode | OCP [V] | \"0.5 - x^2\" | to the power is '**' |",
        "Cell | Number of electrode pairs connected in parallel to make a cell | 1.5 | whole |",
        "User-defined | SEI resistivity [Ohm.m] | \"2e5\" | a finite number |",
      })
  void whatLooksLikeASlipIsNamed(
      String section, String key, String value, String allowed, String maybe) {
    assertThatThrownBy(
            () ->
                edited(
                    root -> {
                      try {
                        at(root, section).set(key, JSON.readTree(value));
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    }))
        .isInstanceOf(BpxException.class)
        .hasMessageStartingWith("mine.json: /Parameterisation/" + section + "/")
        .hasMessageContaining(allowed)
        .hasMessageContaining(maybe == null ? "" : maybe);
  }

  @Test
  void aMisspeltKeyIsRecognised() {
    assertThatThrownBy(
            () ->
                edited(
                    root -> {
                      ObjectNode cell = at(root, "Cell");
                      cell.set("Volumes [m3]", cell.remove("Volume [m3]"));
                    }))
        .hasMessageContaining("mine.json: /Parameterisation/Cell/Volumes [m3] is not part")
        .hasMessageContaining("\nMaybe Volume [m3] is meant.");
    assertThatThrownBy(
            () ->
                edited(
                    root -> {
                      ObjectNode anode = at(root, "Negative electrode");
                      anode.set("Porositty", anode.remove("Porosity"));
                    }))
        .hasMessageContaining("/Negative electrode/Porosity is missing")
        .hasMessageContaining("\nMaybe \"Porositty\" is meant for it.");
  }

  @ParameterizedTest
  @CsvSource({"'2.0.0', false", "'1.1.1', true", "'0.4.0', true", "'', false", "'1.x', false"})
  void versionsZeroAndOneAreRead(String version, boolean read) {
    Consumer<ObjectNode> edit = root -> ((ObjectNode) root.get("Header")).put("BPX", version);
    if (read) {
      assertThat(edited(edit).nominalCapacityAmpHours()).isEqualTo(5);
    } else {
      assertThatThrownBy(() -> edited(edit))
          .hasMessageContaining("mine.json: /Header/BPX is " + version)
          .hasMessageContaining("allowed: a version 0.x or 1.x");
    }
  }

  @Test
  void aVersionMayBeANumber() {
    assertThat(
            edited(root -> ((ObjectNode) root.get("Header")).put("BPX", 0.1))
                .nominalCapacityAmpHours())
        .isEqualTo(5);
  }
}
