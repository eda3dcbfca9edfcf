package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signs, balances and limits that hold for any cell. */
class PhysicsTest {
  private static final double AMBIENT = 298.15;
  private final CellParameters cell = CellParameters.load("lgm50").withHeatTransfer(40);
  private final P2dOutputs outputs = new P2dOutputs();

  private void run(P2dModel model, P2dState state, double amps, double seconds) {
    assertThat(
            P2dStepper.step(
                model,
                state,
                P2dControl.CURRENT,
                amps,
                seconds,
                AMBIENT,
                model.newWorkspace(),
                outputs))
        .isEqualTo(SolveStatus.OK);
  }

  /** Sums telescope exactly, so only rounding is left: 1e-11 of the total is generous. */
  @ParameterizedTest
  @EnumSource(Ageing.class)
  void lithiumAndSaltAreConserved(Ageing ageing) {
    P2dModel model = P2dModel.of(cell, P2dOptions.PLANT.withAgeing(ageing));
    P2dState state = model.newState(0.2, AMBIENT);
    double lithium = model.lithiumMol(state);
    double salt = model.electrolyteSaltMol(state);
    for (double amps : new double[] {15, 5, -10, 0, 8, -2}) {
      run(model, state, amps, 60);
      assertThat(model.lithiumMol(state)).isCloseTo(lithium, within(1e-11 * lithium));
      // Side reactions take lithium from the electrolyte and the porosity changes; salt stays.
      assertThat(model.electrolyteSaltMol(state)).isCloseTo(salt, within(1e-10 * salt));
    }
  }

  /** One ampere-hour moves one ampere-hour: SoC by coulomb counting, to rounding. */
  @Test
  void socCountsCoulombs() {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dState state = model.newState(0.3, AMBIENT);
    run(model, state, 7, 900);
    assertThat(outputs.soc).isCloseTo(0.3 + 7 * 0.25 / cell.capacityAmpHours(), within(1e-9));
  }

  @Test
  void aCellAtRestStaysAtOpenCircuit() {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dState state = model.newState(0.5, AMBIENT);
    run(model, state, 0, 3600);
    assertThat(outputs.voltageVolts).isCloseTo(cell.openCircuitVolts(0.5), within(1e-9));
    assertThat(outputs.temperatureKelvin).isCloseTo(AMBIENT, within(1e-9));
    assertThat(outputs.anodePotentialVolts)
        .isCloseTo(cell.anode().openCircuitVolts(cell.anodeStoichiometry(0.5)), within(1e-9));
  }

  @Test
  void chargingRaisesVoltageAndLowersTheAnodePotential() {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dState state = model.newState(0.5, AMBIENT);
    double volts = cell.openCircuitVolts(0.5);
    double anode = cell.anode().openCircuitVolts(cell.anodeStoichiometry(0.5));
    run(model, state, 10, 10);
    assertThat(outputs.voltageVolts).isGreaterThan(volts);
    assertThat(outputs.anodePotentialVolts).isLessThan(anode);
    assertThat(outputs.electrolyteAtAnodeCollectorMolPerM3).isLessThan(1000);
    assertThat(outputs.electrolyteAtCathodeCollectorMolPerM3).isGreaterThan(1000);
    assertThat(outputs.anodeSurfaceStoichiometryAtSeparator)
        .isGreaterThan(outputs.anodeStoichiometry);
  }

  /**
   * First law over an adiabatic charge and a long rest: the work at the terminals less the change
   * of open-circuit energy is all the heat there can be. The model, like its reference, counts
   * reactions at the surface's potential and so leaves out the heat of mixing inside the particles;
   * what it counts is positive and less than the whole.
   */
  @Test
  void heatIsAtMostTerminalWorkLessStoredEnergy() {
    CellParameters adiabatic = cell.withHeatTransfer(0);
    P2dModel model = P2dModel.of(adiabatic, P2dOptions.CONTROL);
    P2dState state = model.newState(0.4, AMBIENT);
    P2dWorkspace workspace = model.newWorkspace();
    double work = 0;
    double before = 0;
    P2dStepper.outputs(model, state, 10, workspace, outputs);
    before = outputs.voltageVolts * 10;
    for (int i = 0; i < 600; i++) {
      P2dStepper.step(model, state, P2dControl.CURRENT, 10, 1, AMBIENT, workspace, outputs);
      work += 0.5 * (before + outputs.voltageVolts * 10);
      before = outputs.voltageVolts * 10;
    }
    P2dStepper.step(model, state, P2dControl.CURRENT, 0, 7200, AMBIENT, workspace, outputs);
    double stored = 0;
    int n = 20_000;
    double end = model.soc(state);
    for (int i = 0; i < n; i++) {
      double soc = 0.4 + (end - 0.4) * (i + 0.5) / n;
      stored += adiabatic.openCircuitVolts(soc) * (end - 0.4) / n;
    }
    stored *= adiabatic.capacityAmpHours() * 3600;
    double heat =
        adiabatic.thermal().orElseThrow().heatCapacityJPerKelvin()
            * (outputs.temperatureKelvin - AMBIENT);
    assertThat(heat).isBetween(0.5 * (work - stored), work - stored);
  }

  /** Minutes and lowest anode potential from an independent code; its table is rounded to 0.1. */
  @Test
  void chargingTimesAreThoseOfTheOrientationTable() {
    assertCharge(0.75, 58.2, 0.1e-3);
    assertCharge(1.0, 45.3, -9.6e-3);
  }

  private void assertCharge(double rate, double minutes, double lowestVolts) {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dWorkspace workspace = model.newWorkspace();
    P2dState state = model.newState(0.1, AMBIENT);
    double lowest = 1;
    int seconds = 0;
    boolean holding = false;
    outputs.soc = 0;
    while (outputs.soc < 0.8) {
      P2dStepper.step(
          model,
          state,
          holding ? P2dControl.VOLTAGE : P2dControl.CURRENT,
          holding ? 4.2 : rate * 5,
          2,
          AMBIENT,
          workspace,
          outputs);
      holding |= outputs.voltageVolts >= 4.2;
      lowest = Math.min(lowest, outputs.anodePotentialVolts);
      seconds += 2;
    }
    assertThat(seconds / 60.0).isCloseTo(minutes, within(0.2));
    assertThat(lowest).isCloseTo(lowestVolts, within(0.5e-3));
  }

  @ParameterizedTest
  @EnumSource(
      value = P2dControl.class,
      names = {"VOLTAGE", "POWER", "ANODE_POTENTIAL"})
  void whatIsHeldIsHeld(P2dControl control) {
    P2dModel model = P2dModel.of(cell, P2dOptions.PLANT);
    P2dWorkspace workspace = model.newWorkspace();
    P2dState state = model.newState(0.5, AMBIENT);
    double[] values =
        switch (control) {
          case VOLTAGE -> new double[] {4.2, 3.0, 3.7, 4.3, 4.0};
          case POWER -> new double[] {20, -20, 60, -40, 80};
          default -> new double[] {0.05, 0, -0.02, 0.1, 0};
        };
    for (double value : values) {
      assertThat(P2dStepper.step(model, state, control, value, 10, AMBIENT, workspace, outputs))
          .as("%s at %s", control, value)
          .isEqualTo(SolveStatus.OK);
      double held =
          switch (control) {
            case VOLTAGE -> outputs.voltageVolts;
            case POWER -> outputs.voltageVolts * outputs.chargeCurrentAmps;
            default -> outputs.anodePotentialVolts;
          };
      // Newton's remainder: the square of 50 µV over 25 mV, times tens of amperes for power.
      assertThat(held).isCloseTo(value, within(control == P2dControl.POWER ? 1e-4 : 1e-6));
    }
  }

  @Test
  void aFailedStepLeavesTheStateUnchanged() {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dState state = model.newState(0.02, AMBIENT);
    double[] before = state.values().clone();
    P2dWorkspace workspace = model.newWorkspace();
    assertThat(
            P2dStepper.step(
                model, state, P2dControl.CURRENT, -50, 3600, AMBIENT, workspace, outputs))
        .isEqualTo(SolveStatus.CELL_LIMIT);
    assertThat(workspace.limit()).isEqualTo(CellLimit.ANODE_EMPTY);
    assertThat(state.values()).isEqualTo(before);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(
              P2dStepper.step(
                  model, state, P2dControl.CURRENT, bad, 1, AMBIENT, model.newWorkspace(), outputs))
          .isEqualTo(SolveStatus.NUMERICAL_FAILURE);
    }
    assertThat(state.values()).isEqualTo(before);
  }

  @Test
  void isothermalHoldsAmbient() {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL.withThermal(Thermal.ISOTHERMAL));
    P2dState state = model.newState(0.3, AMBIENT);
    run(model, state, 15, 300);
    assertThat(outputs.temperatureKelvin).isEqualTo(AMBIENT);
  }

  @Test
  void correctionsOfTheTwinActAsNamed() {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dState state = model.newState(0.3, AMBIENT);
    run(model, state, 10, 100);
    double soc = model.soc(state);
    double lithium = model.lithiumMol(state);
    model.shiftSoc(state, 0.05);
    assertThat(model.soc(state)).isCloseTo(soc + 0.05, within(1e-12));
    assertThat(model.lithiumMol(state)).isCloseTo(lithium, within(1e-9 * lithium));
    model.setTemperatureKelvin(state, 310);
    assertThat(model.temperatureKelvin(state)).isEqualTo(310);
    double[] frozen = state.values().clone();
    assertThat(P2dStepper.outputs(model, state, 3, model.newWorkspace(), outputs))
        .isEqualTo(SolveStatus.OK);
    assertThat(state.values()).isEqualTo(frozen);
    assertThat(outputs.chargeCurrentAmps).isEqualTo(3);
  }

  @Test
  void platingBeginsBelowZeroAndDeadLithiumOnlyGrows() {
    P2dModel model = P2dModel.of(cell, P2dOptions.PLANT);
    P2dState state = model.newState(0.1, AMBIENT);
    run(model, state, 15, 400);
    double plated = outputs.lossToPlatingAmpHours;
    assertThat(outputs.anodePotentialVolts).isNegative();
    assertThat(plated).isPositive();
    assertThat(outputs.lossToSeiAmpHours).isPositive();
    run(model, state, -5, 600);
    assertThat(outputs.lossToPlatingAmpHours).isPositive().isLessThan(plated);
  }
}
