package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the side reactions bind, against fine solutions of an independent code. */
class AgeingReferenceTest {
  /**
   * Share of the loss. Plating: half of the difference is this mesh's (0.13 % to twice and four
   * times the volumes), half the reference's. SEI: 0.05 K of temperature at 38 kJ/mol, from how the
   * reference averages heat over its volumes.
   */
  private static final double PLATING = 3e-3;

  private static final double SEI = 2e-3;

  /**
   * Share of metal at the separator's face, where the reference extrapolates from two volumes and
   * we from three.
   */
  private static final double FACE = 7e-3;

  @ParameterizedTest
  @CsvSource({
    "lgm50, okane_full_analyticOCP_2C_chg_nx40_nr80q",
    "okane2022, okane_full_2C_chg_nx40_nr80q"
  })
  void lossesAgreeAtEveryTime(String cell, String file) {
    ReferenceFile reference = ReferenceFile.read(file);
    CellParameters parameters = CellParameters.load(cell);
    double kelvin = parameters.ambientKelvin();
    P2dModel model = P2dModel.of(parameters, P2dOptions.PLANT);
    P2dWorkspace workspace = model.newWorkspace();
    P2dState state = model.newState(0.5, kelvin);
    P2dOutputs outputs = new P2dOutputs();
    model.initialiseStoichiometries(
        state,
        reference.anodeConcentration() / parameters.anode().maximumConcentration(),
        reference.cathodeConcentration() / parameters.cathode().maximumConcentration(),
        kelvin);
    double amps = reference.at(0, "I_chg_A");
    double[] worst = new double[5];
    for (int row = 1; row < reference.rows().length; row++) {
      double seconds = reference.at(row, "t_s") - reference.at(row - 1, "t_s");
      assertThat(
              P2dStepper.step(
                  model, state, P2dControl.CURRENT, amps, seconds, kelvin, workspace, outputs))
          .isEqualTo(SolveStatus.OK);
      double[] off = {
        outputs.lossToPlatingAmpHours / reference.at(row, "LLI_plating_Ah") - 1,
        outputs.lossToSeiAmpHours / reference.at(row, "LLI_SEI_Ah") - 1,
        atFace(model, state, model.layout.plated) / reference.at(row, "c_plated_xLn") - 1,
        atFace(model, state, model.layout.dead) / reference.at(row, "c_dead_xLn") - 1,
        atFace(model, state, model.layout.sei) / reference.at(row, "L_sei_xLn") - 1
      };
      for (int i = 0; i < off.length; i++) {
        worst[i] = Math.max(worst[i], Math.abs(off[i]));
      }
    }
    System.out.printf(
        "%s: largest differences of plated capacity %.2f %%, SEI capacity %.2f %%, metal at the face"
            + " %.2f %%, dead there %.2f %%, SEI thickness there %.4f %%%n",
        file, 100 * worst[0], 100 * worst[1], 100 * worst[2], 100 * worst[3], 100 * worst[4]);
    assertThat(worst[0]).isCloseTo(0, within(PLATING));
    assertThat(worst[1]).isCloseTo(0, within(SEI));
    assertThat(worst[2]).isCloseTo(0, within(FACE));
    assertThat(worst[3]).isCloseTo(0, within(FACE));
    // The film grows by 0.7 %, of which 0.2 % is 1.4e-5.
    assertThat(worst[4]).isCloseTo(0, within(2e-5));
  }

  private static double atFace(P2dModel model, P2dState state, int offset) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      int i = model.grid.anodeNodes - 3 + k;
      sum += model.grid.faceWeights[k] * state.values()[offset + i];
    }
    return sum;
  }
}
