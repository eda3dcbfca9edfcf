package dev.anodyne.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.bpx.BpxException;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.SolveStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellParametersTest {
  /** Values that PyBaMM gives for the same sets; 10 digits are printed there. */
  @ParameterizedTest
  @CsvSource({
    "chen2020, 0.05, 0.6785705946, 4.637445769",
    "chen2020, 0.2, 0.2169862232, 4.468982762",
    "chen2020, 0.3, 0.1629731551, 4.205394408",
    "chen2020, 0.5, 0.1330855129, 3.971958656",
    "chen2020, 0.7, 0.0921936545, 3.730402724",
    "chen2020, 0.9, 0.09202000165, 3.568200282",
    "okane2022, 0.05, 0.6644288949, 4.637445769",
    "okane2022, 0.2, 0.216713821, 4.468982762",
    "okane2022, 0.5, 0.1323394637, 3.971958656",
    "okane2022, 0.9, 0.0856489097, 3.568200282",
    "marquis2019, 0.05, 0.3134862872, 4.699089937",
    "marquis2019, 0.5, 0.1953769311, 4.186035763",
    "marquis2019, 0.95, 0.07480154876, 3.721129342",
    "ecker2015, 0.05, 0.3319203564, 4.535959289",
    "ecker2015, 0.5, 0.1240217486, 3.947833587",
    "ecker2015, 0.95, 0.08115938987, 3.572456073",
    "prada2013, 0.05, 0.6785705946, 3.406963092",
    "prada2013, 0.9, 0.09202000165, 3.344649538"
  })
  void openCircuitPotentials(String name, double x, double anode, double cathode) {
    CellParameters cell = CellParameters.load(name);
    // Hermite tables of 4096 intervals: 1e-8 V; the spline of the measured table 1e-6 V.
    double tolerance = name.equals("okane2022") ? 2e-6 : 1e-8;
    assertThat(cell.anode().openCircuitVolts(x)).isCloseTo(anode, within(tolerance));
    assertThat(cell.cathode().openCircuitVolts(x)).isCloseTo(cathode, within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "300, 298.15, 0.58976681, 3.749546e-10",
    "1000, 318.15, 1.4600013, 2.723017e-10",
    "1500, 298.15, 0.82007306, 8.8265e-11",
    "2500, 318.15, 0.65777212, 6.5905508e-11"
  })
  void electrolyteOfLgm50(double c, double kelvin, double kappa, double diffusivity) {
    Electrolyte e = CellParameters.load("lgm50").electrolyte();
    double k = Constants.arrhenius(e.conductivityActivation(), 298.15, kelvin);
    double d = Constants.arrhenius(e.diffusivityActivation(), 298.15, kelvin);
    assertThat(k * e.conductivity().value(c)).isCloseTo(kappa, within(1e-7));
    assertThat(d * e.diffusivity().value(c)).isCloseTo(diffusivity, within(1e-16));
  }

  /** Ecker's properties, restated at one reference temperature, give the published values again. */
  @ParameterizedTest
  @CsvSource({
    "298.15, 0.97376005, 2.5929752e-10, 1.2190333e-14, 1.0457125e-13, 6.251676",
    "318.15, 1.4079282, 4.0005897e-10, 2.628545e-14, 8.0737616e-13, 24.21593"
  })
  void propertiesOfEcker2015(
      double kelvin, double kappa, double de, double anode, double cathode, double exchange) {
    CellParameters cell = CellParameters.load("ecker2015");
    Electrolyte e = cell.electrolyte();
    double t0 = cell.referenceKelvin();
    double k =
        Constants.arrhenius(e.conductivityActivation(), t0, kelvin)
            * Math.pow(kelvin / t0, e.conductivityTemperatureExponent());
    assertThat(k * e.conductivity().value(1000)).isCloseTo(kappa, within(1e-6));
    double d = Constants.arrhenius(e.diffusivityActivation(), t0, kelvin);
    assertThat(d * e.diffusivity().value(1000)).isCloseTo(de, within(1e-15));
    assertThat(diffusivity(cell.anode(), t0, kelvin)).isCloseTo(anode, within(1e-6 * anode));
    assertThat(diffusivity(cell.cathode(), t0, kelvin)).isCloseTo(cathode, within(1e-6 * cathode));
    assertThat(
            Constants.FARADAY
                * cell.anode().reactionRate()
                * 0.5
                * Constants.arrhenius(cell.anode().reactionRateActivation(), t0, kelvin))
        .isCloseTo(exchange, within(1e-5));
  }

  private static double diffusivity(Electrode e, double reference, double kelvin) {
    return e.diffusivity().value(0.5)
        * Constants.arrhenius(e.diffusivityActivation(), reference, kelvin);
  }

  /** Published examples of the format; their sheets give nominal capacities. */
  @ParameterizedTest
  @CsvSource({"nmc_pouch_cell_BPX.json, 12.5, 4.2", "lfp_18650_cell_BPX.json, 2, 3.65"})
  void publishedExamplesLoad(String file, double nominal, double upper) throws Exception {
    Path path = Path.of(CellParametersTest.class.getResource("/bpx/" + file).toURI());
    CellParameters cell = CellParameters.load(path.toString());
    assertThat(cell.nominalCapacityAmpHours()).isEqualTo(nominal);
    assertThat(cell.upperCutOffVolts()).isEqualTo(upper);
    // Balance and nominal capacity agree to a tenth in a sound parameterisation.
    assertThat(cell.capacityAmpHours()).isCloseTo(nominal, within(0.12 * nominal));
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dOutputs outputs = new P2dOutputs();
    assertThat(
            P2dStepper.step(
                model,
                model.newState(0.2, 298.15),
                P2dControl.CURRENT,
                nominal,
                600,
                298.15,
                model.newWorkspace(),
                outputs))
        .isEqualTo(SolveStatus.OK);
    assertThat(outputs.voltageVolts).isBetween(cell.openCircuitVolts(0.2), upper + 0.3);
  }

  @ParameterizedTest
  @CsvSource({
    "nmc_pouch_cell_BPX_SPM.json, /Header/Model",
    "nmc_pouch_cell_BPX_blended_electrode.json, Particle"
  })
  void whatTheModelCannotDoIsRefused(String file, String what) throws Exception {
    Path path = Path.of(CellParametersTest.class.getResource("/bpx/" + file).toURI());
    assertThatThrownBy(() -> CellParameters.load(path.toString()))
        .isInstanceOf(BpxException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(what)
        .hasMessageContaining("allowed: ");
  }

  /** j₀ = F K √(c/c₀ x(1−x)) with Arrhenius, against PyBaMM's at c = 1000, x = 0.5. */
  @ParameterizedTest
  @CsvSource({
    "273.15, 0.093239505, 1.7686413",
    "298.15, 0.33947342, 3.4123455",
    "318.15, 0.82464616, 5.359051"
  })
  void exchangeCurrents(double kelvin, double anode, double cathode) {
    CellParameters cell = CellParameters.load("chen2020");
    assertThat(exchange(cell.anode(), kelvin)).isCloseTo(anode, within(1e-7));
    assertThat(exchange(cell.cathode(), kelvin)).isCloseTo(cathode, within(1e-6));
  }

  private static double exchange(Electrode e, double kelvin) {
    return Constants.FARADAY
        * e.reactionRate()
        * 0.5
        * Constants.arrhenius(e.reactionRateActivation(), 298.15, kelvin);
  }

  @ParameterizedTest
  @CsvSource({"lgm50", "chen2020", "okane2022", "marquis2019", "ecker2015", "prada2013"})
  void stateOfChargeRunsBetweenTheCutOffs(String name) {
    CellParameters cell = CellParameters.load(name);
    assertThat(cell.openCircuitVolts(0)).isCloseTo(cell.lowerCutOffVolts(), within(1e-6));
    assertThat(cell.openCircuitVolts(1)).isCloseTo(cell.upperCutOffVolts(), within(1e-6));
    double cathode =
        cell.cathode().siteCapacityAmpHours(cell.electrodeAreaM2())
            * (cell.cathodeStoichiometry(0) - cell.cathodeStoichiometry(1));
    // What leaves one electrode enters the other.
    assertThat(cathode).isCloseTo(cell.capacityAmpHours(), within(1e-9));
  }

  @Test
  void capacityOfLgm50() {
    CellParameters cell = CellParameters.load("lgm50");
    // 5.145 A·h at C/200 in an independent code, which stops a little before equilibrium.
    assertThat(cell.capacityAmpHours()).isCloseTo(5.15, within(0.01));
    assertThat(cell.thermal().orElseThrow().heatCapacityJPerKelvin())
        .isCloseTo(42.775298, within(1e-6));
  }

  @Test
  void unknownNamesListWhatIsAllowed() {
    assertThatThrownBy(() -> CellParameters.load("LGM-5"))
        .isInstanceOf(BadCellException.class)
        .hasMessageContaining("\"LGM-5\"")
        .hasMessageContaining("lgm50, chen2020, okane2022")
        .hasMessageContaining("\nMaybe you meant lgm50");
    assertThatThrownBy(() -> CellParameters.load("\0")).isInstanceOf(BadCellException.class);
    assertThatThrownBy(() -> CellParameters.load("")).isInstanceOf(BadCellException.class);
  }

  @Test
  void aFileLoadsByPathAndItsFaultsNameIt(@TempDir Path folder) throws IOException {
    byte[] bytes;
    try (var in = CellLoader.class.getResourceAsStream("cells/lgm50.json")) {
      bytes = in.readAllBytes();
    }
    Path file = folder.resolve("mine.json");
    Files.write(file, bytes);
    CellParameters cell = CellParameters.load(file.toString());
    assertThat(cell.name()).isEqualTo("mine.json");
    assertThat(cell.capacityAmpHours()).isEqualTo(CellParameters.load("lgm50").capacityAmpHours());
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> CellParameters.load(file.toString()))
        .isInstanceOf(BpxException.class)
        .hasMessageContaining("mine.json: /Header is missing");
  }

  @Test
  void lostLithiumShrinksTheWindow() {
    CellParameters cell = CellParameters.load("lgm50");
    CellParameters aged = cell.with(new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, 0.1, 0, 0, 1));
    assertThat(aged.openCircuitVolts(0)).isCloseTo(2.5, within(1e-6));
    assertThat(aged.openCircuitVolts(1)).isCloseTo(4.2, within(1e-6));
    // Graphite is emptied at the same end, so nearly all that is lost is missing.
    assertThat(aged.capacityAmpHours() / cell.capacityAmpHours()).isCloseTo(0.91, within(0.02));
    assertThat(aged.anodeStoichiometry(1)).isLessThan(cell.anodeStoichiometry(1));
  }

  @Test
  void lostMaterialMovesBothWindows() {
    CellParameters cell = CellParameters.load("lgm50");
    for (CellVariation v :
        new CellVariation[] {
          new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, 0, 0.1, 0, 1),
          new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0.1, 1),
          new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, 0.05, 0.1, 0.1, 1)
        }) {
      CellParameters aged = cell.with(v);
      assertThat(aged.capacityAmpHours()).isLessThan(cell.capacityAmpHours());
      assertThat(aged.openCircuitVolts(1)).isCloseTo(4.2, within(1e-6));
      assertThat(aged.anodeStoichiometry(1)).isLessThan(1);
    }
  }

  @Test
  void variationScalesWhatItNames() {
    CellParameters cell = CellParameters.load("lgm50");
    CellParameters other =
        cell.with(new CellVariation(1.1, 0.002, 0.8, 0.7, 0.9, 1.2, 0.95, 1.05, 0, 0, 0, 0.5));
    assertThat(other.capacityAmpHours()).isCloseTo(1.1 * cell.capacityAmpHours(), within(1e-9));
    assertThat(other.seriesResistanceOhm()).isCloseTo(0.002, within(1e-15));
    assertThat(other.anode().diffusivity().value(0.5)).isCloseTo(0.8 * 3.3e-14, within(1e-25));
    assertThat(other.nominalCapacityAmpHours()).isEqualTo(5);
    assertThat(cell.with(CellVariation.NONE).capacityAmpHours()).isEqualTo(cell.capacityAmpHours());
    assertThatThrownBy(() -> cell.with(new CellVariation(0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1)))
        .isInstanceOf(BadCellException.class)
        .hasMessageContaining("capacityFactor");
  }
}
