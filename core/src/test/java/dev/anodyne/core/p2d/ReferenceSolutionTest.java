package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.SolveStatus;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model against fine solutions of an independent code. */
class ReferenceSolutionTest {
  private static final double AMBIENT = 298.15;

  /**
   * Limits in mV: plant 1 mV (the references' own error is 0.1 mV, 0.6 mV in the first 10 s, so
   * those are judged against 1 mV too); the controller's coarser mesh 2 mV.
   */
  @ParameterizedTest
  @CsvSource({
    "chen2020, chen_iso_1C_chg_nx60_nr120q, ISOTHERMAL, NONE",
    "chen2020, chen_iso_1C_dis_nx60_nr120q, ISOTHERMAL, NONE",
    "chen2020, chen_iso_2C_chg_nx60_nr120q, ISOTHERMAL, NONE",
    "chen2020, chen_lumped_2C_chg_nx60_nr120q, LUMPED, NONE",
    "lgm50, okane_full_analyticOCP_2C_chg_nx40_nr80q, LUMPED, FULL",
    "okane2022, okane_full_2C_chg_nx40_nr80q, LUMPED, FULL"
  })
  void voltageAnodePotentialAndTemperatureAgree(
      String cell, String file, Thermal thermal, Ageing ageing) {
    compare(cell, file, P2dOptions.PLANT.withThermal(thermal).withAgeing(ageing), 1.2e-3);
  }

  private static void compare(String cell, String file, P2dOptions options, double limitVolts) {
    ReferenceFile reference = ReferenceFile.read(file);
    CellParameters parameters = CellParameters.load(cell);
    P2dModel model = P2dModel.of(parameters, options);
    P2dWorkspace workspace = model.newWorkspace();
    P2dState state = model.newState(0.5, AMBIENT);
    P2dOutputs outputs = new P2dOutputs();
    model.initialiseStoichiometries(
        state,
        reference.anodeConcentration() / parameters.anode().maximumConcentration(),
        reference.cathodeConcentration() / parameters.cathode().maximumConcentration(),
        AMBIENT);
    double amps = reference.at(0, "I_chg_A");
    double before = 0;
    for (int row = 0; row < reference.rows().length; row++) {
      double time = reference.at(row, "t_s");
      SolveStatus status =
          time == 0
              ? P2dStepper.outputs(model, state, amps, workspace, outputs)
              : P2dStepper.step(
                  model,
                  state,
                  P2dControl.CURRENT,
                  amps,
                  time - before,
                  AMBIENT,
                  workspace,
                  outputs);
      before = time;
      assertThat(status).as("%s at %s s", file, time).isEqualTo(SolveStatus.OK);
      assertThat(Math.abs(outputs.voltageVolts - reference.at(row, "V")))
          .as("voltage of %s at %s s", file, time)
          .isLessThan(limitVolts);
      assertThat(Math.abs(outputs.anodePotentialVolts - reference.at(row, "dphi_n_sep_V")))
          .as("anode potential of %s at %s s", file, time)
          .isLessThan(limitVolts);
      // 1 mV of voltage error is 10 mW of heat: 0.1 K over a charge of 1000 s with 43 J/K.
      assertThat(Math.abs(outputs.temperatureKelvin - reference.at(row, "T_K")))
          .as("temperature of %s at %s s", file, time)
          .isLessThan(0.15);
    }
  }
}
