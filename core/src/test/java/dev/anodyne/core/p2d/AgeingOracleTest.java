package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.PlatingModel;
import dev.anodyne.core.cell.SeiModel;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Side reactions of the engine against the readable reference, which shares no code with it. */
class AgeingOracleTest {
  /**
   * Sixty shells leave 80 µV (see {@link ReferenceP2dTest}). Rates go with exp(α F v/RT), α ≤ 0.65,
   * so that is 0.2 % of a rate at the most.
   */
  private static final double VOLTS = 8e-5;

  private static final double SHARE = 2e-3;

  @ParameterizedTest
  @CsvSource({
    "SOLVENT_DIFFUSION, REVERSIBLE",
    "REACTION, IRREVERSIBLE",
    "EC_REACTION, PARTIALLY_REVERSIBLE"
  })
  void everyModelEqualsTheReference(SeiModel sei, PlatingModel plating) {
    CellParameters cell = CellParameters.load("lgm50").withSeiModel(sei).withPlatingModel(plating);
    P2dModel model = P2dModel.of(cell, new P2dOptions(Thermal.LUMPED, Ageing.FULL, 5, 2, 5, 16));
    ReferenceP2d reference =
        new ReferenceP2d(cell, ReferenceMesh.of(model, 60), Thermal.LUMPED, Ageing.FULL);
    double kelvin = cell.ambientKelvin();
    double[] rest =
        reference.atRest(cell.anodeStoichiometry(0.5), cell.cathodeStoichiometry(0.5), kelvin);
    ReferenceRun run = new ReferenceRun(reference, rest, kelvin, 1e-6);
    P2dState state = model.newState(0.5, kelvin);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    for (double amps : new double[] {10, -5}) {
      run.advance(amps, 8);
      for (int k = 0; k < 16; k++) {
        assertThat(
                P2dStepper.step(
                    model, state, P2dControl.CURRENT, amps, 0.5, kelvin, workspace, outputs))
            .isEqualTo(SolveStatus.OK);
      }
      assertThat(outputs.voltageVolts).isCloseTo(run.volts(), within(VOLTS));
      assertThat(outputs.anodePotentialVolts).isCloseTo(run.anodePotential(), within(VOLTS));
      double[] y = state.values();
      double[] r = run.state();
      double first = cell.sei().orElseThrow().initialThicknessM();
      for (int i = 0; i < model.grid.anodeNodes; i++) {
        double grown = r[reference.film + i] - first;
        assertThat(y[model.layout.sei + i] - first).isCloseTo(grown, within(SHARE * grown));
        double metal = r[reference.metal + i] + r[reference.dead + i];
        assertThat(y[model.layout.plated + i] + y[model.layout.dead + i])
            .isCloseTo(metal, within(SHARE * metal));
      }
    }
  }
}
