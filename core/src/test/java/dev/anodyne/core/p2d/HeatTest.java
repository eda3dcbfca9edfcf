package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.EditedCell;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contact resistance and reversible heat, in sign and size. */
class HeatTest {
  private static final double AMBIENT = 298.15;
  private static final P2dOptions FRESH = P2dOptions.PLANT.withAgeing(Ageing.NONE);

  private final P2dOutputs outputs = new P2dOutputs();

  private void run(CellParameters cell, P2dOptions options, double soc, double amps, double s) {
    P2dModel m = P2dModel.of(cell, options);
    P2dState state = m.newState(soc, AMBIENT);
    assertThat(
            P2dStepper.step(
                m, state, P2dControl.CURRENT, amps, s, AMBIENT, m.newWorkspace(), outputs))
        .isEqualTo(SolveStatus.OK);
  }

  private static CellParameters withContact(double ohm) {
    return EditedCell.of("lgm50", Map.of("Contact resistance [Ohm]", ohm));
  }

  /** Nothing inside the cell sees the resistance, so it is I R to the convergence of Newton. */
  @ParameterizedTest
  @ValueSource(doubles = {10, -10})
  void contactResistanceFromTheFileAddsItsVoltage(double amps) {
    P2dOptions isothermal = FRESH.withThermal(Thermal.ISOTHERMAL);
    run(withContact(0), isothermal, 0.5, amps, 60);
    double volts = outputs.voltageVolts;
    double anode = outputs.anodePotentialVolts;
    run(withContact(0.01), isothermal, 0.5, amps, 60);
    assertThat(outputs.voltageVolts - volts).isCloseTo(0.01 * amps, within(1e-9));
    assertThat(outputs.anodePotentialVolts).isCloseTo(anode, within(1e-9));
  }

  /**
   * I²R t of an adiabatic cell whatever the sign of the current; the warmer cell itself makes less
   * heat by about 2 %/K of the difference, 0.2 K.
   */
  @ParameterizedTest
  @ValueSource(doubles = {10, -10})
  void contactResistanceHeatsWithTheSquareOfTheCurrent(double amps) {
    double seconds = 10;
    CellParameters plain = withContact(0).withHeatTransfer(0);
    run(plain, FRESH, 0.5, amps, seconds);
    double kelvin = outputs.temperatureKelvin;
    run(withContact(0.01).withHeatTransfer(0), FRESH, 0.5, amps, seconds);
    double joule =
        (outputs.temperatureKelvin - kelvin)
            * plain.thermal().orElseThrow().heatCapacityJPerKelvin();
    double expected = amps * amps * 0.01 * seconds;
    assertThat(joule).isCloseTo(expected, within(0.01 * expected));
  }

  /**
   * The part of the heat that changes sign with the current is I T d(U_p − U_n)/dT, positive while
   * charging where dU/dT is positive. At C/10 over a minute stoichiometries move by 2e-3 and the
   * irreversible heat differs between the directions in third order only.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.44, 0.79, 0.93})
  void reversibleHeatHasTheSignOfTheEntropy(double soc) {
    CellParameters cell = CellParameters.load("marquis2019").withHeatTransfer(0);
    double amps = 0.1 * cell.nominalCapacityAmpHours();
    double seconds = 60;
    run(cell, FRESH, soc, amps, seconds);
    double charged = outputs.temperatureKelvin;
    run(cell, FRESH, soc, -amps, seconds);
    double odd =
        0.5
            * (charged - outputs.temperatureKelvin)
            * cell.thermal().orElseThrow().heatCapacityJPerKelvin();
    double slope =
        cell.cathode().entropicChange().value(cell.cathodeStoichiometry(soc))
            - cell.anode().entropicChange().value(cell.anodeStoichiometry(soc));
    double expected = amps * AMBIENT * slope * seconds;
    assertThat(Math.abs(slope)).isGreaterThan(5e-6);
    assertThat(odd).isCloseTo(expected, within(0.05 * Math.abs(expected)));
  }

  /** At rest the voltage follows the temperature with the same dU/dT. */
  @Test
  void openCircuitVoltageFollowsTheTemperature() {
    CellParameters cell = CellParameters.load("marquis2019");
    P2dModel m = P2dModel.of(cell, FRESH.withThermal(Thermal.ISOTHERMAL));
    double[] volts = new double[2];
    for (int k = 0; k < 2; k++) {
      double kelvin = AMBIENT + 20 * k;
      P2dState state = m.newState(0.5, kelvin);
      assertThat(
              P2dStepper.step(
                  m, state, P2dControl.CURRENT, 0, 10, kelvin, m.newWorkspace(), outputs))
          .isEqualTo(SolveStatus.OK);
      volts[k] = outputs.voltageVolts;
    }
    double slope =
        cell.cathode().entropicChange().value(cell.cathodeStoichiometry(0.5))
            - cell.anode().entropicChange().value(cell.anodeStoichiometry(0.5));
    assertThat(volts[1] - volts[0]).isCloseTo(20 * slope, within(1e-8));
  }
}
