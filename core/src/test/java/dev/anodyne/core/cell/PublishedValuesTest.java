package dev.anodyne.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Every property of the shipped sets against an independent code (PROVENANCE.md beside the data).
 */
class PublishedValuesTest {
  @ParameterizedTest
  @CsvFileSource(resources = "/cells/published-values.csv", numLinesToSkip = 1)
  void properties(String set, String quantity, double at, Double kelvin, double value) {
    CellParameters cell = CellParameters.load(set);
    double t = kelvin == null ? cell.referenceKelvin() : kelvin;
    // Printed with 8 digits. Between the points of okane2022's measured graphite OCP two splines
    // differ by 2 µV.
    boolean table = set.equals("okane2022") && quantity.equals("anode OCP");
    double tolerance = table ? 2e-6 : 1e-6 * Math.abs(value) + 1e-12;
    assertThat(property(cell, quantity, at, t)).isCloseTo(value, within(tolerance));
  }

  private static double property(CellParameters cell, String quantity, double at, double t) {
    Electrode electrode = quantity.startsWith("anode") ? cell.anode() : cell.cathode();
    Electrolyte e = cell.electrolyte();
    double t0 = cell.referenceKelvin();
    return switch (quantity.replaceFirst("^(anode|cathode) ", "")) {
      case "OCP" -> electrode.openCircuitVolts(at);
      case "entropic change" -> electrode.entropicChange().value(at);
      case "diffusivity" ->
          electrode.diffusivity().value(at)
              * Constants.arrhenius(electrode.diffusivityActivation(), t0, t);
      case "exchange current" ->
          Constants.FARADAY
              * electrode.reactionRate()
              * Math.sqrt(1000 / e.initialConcentration() * at * (1 - at))
              * Constants.arrhenius(electrode.reactionRateActivation(), t0, t);
      case "conductivity" ->
          e.conductivity().value(at)
              * Constants.arrhenius(e.conductivityActivation(), t0, t)
              * Math.pow(t / t0, e.conductivityTemperatureExponent());
      case "electrolyte diffusivity" ->
          e.diffusivity().value(at) * Constants.arrhenius(e.diffusivityActivation(), t0, t);
      default -> throw new IllegalArgumentException(quantity);
    };
  }
}
