package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever is asked of the cell: an answer with finite numbers, or a named limit and an old state.
 */
class RandomProfileTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final P2dModel MODEL = P2dModel.of(CELL, P2dOptions.CONTROL);
  private static final P2dModel PLANT = P2dModel.of(CELL, P2dOptions.PLANT);

  @Property(tries = 60)
  void jumpsRestsAndReversals(
      @ForAll @Size(min = 1, max = 8) List<@DoubleRange(min = -6, max = 6) Double> rates,
      @ForAll @DoubleRange(min = 0, max = 1) double soc,
      @ForAll @DoubleRange(min = -20, max = 55) double celsius,
      @ForAll @DoubleRange(min = 0.1, max = 120) double seconds,
      @ForAll boolean fine) {
    P2dModel model = fine ? PLANT : MODEL;
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    double kelvin = 273.15 + celsius;
    P2dState state = model.newState(soc, kelvin);
    double lithium = model.lithiumMol(state);
    for (double rate : rates) {
      double[] before = state.values().clone();
      SolveStatus status =
          P2dStepper.step(
              model, state, P2dControl.CURRENT, rate * 5, seconds, kelvin, workspace, outputs);
      if (status != SolveStatus.OK) {
        assertThat(status).isEqualTo(SolveStatus.CELL_LIMIT);
        assertThat(workspace.limit()).isNotEqualTo(CellLimit.NONE);
        assertThat(state.values()).isEqualTo(before);
        return;
      }
      for (double v : state.values()) {
        assertThat(v).isFinite();
      }
      assertThat(outputs.voltageVolts).isFinite();
      assertThat(outputs.anodeSurfaceStoichiometry).isBetween(-0.01, 1.01);
      assertThat(outputs.cathodeSurfaceStoichiometry).isBetween(-0.01, 1.01);
      // Rounding only; see PhysicsTest.
      assertThat(model.lithiumMol(state)).isCloseTo(lithium, within(1e-9 * lithium));
    }
  }
}
