package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import java.util.List;
import net.jqwik.api.Example;
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
    follow(rates, soc, celsius, seconds, fine);
  }

  /** A reversal where a charge has left hardly any salt, and so hardly any j₀, in the anode. */
  @Example
  void reversalsInAnEmptyElectrolyte() {
    follow(List.of(3.355, -2.005), 0, -14.06, 25.89, false);
    follow(List.of(0.0, 5.249, -3.633, 0.0, -2.825), 0, -5.11, 14.067, false);
    follow(List.of(5.228884356249891, 1.1361181544718821), 0, -20, 0.15983023763152795, false);
    follow(List.of(2.972, -2.062, 0.0), 0.47053, -20, 43.72, true);
    follow(List.of(-3.027, 0.0, 0.38, 0.0, 5.4086, -4.7637), 0.91993, -12.585, 22.05, true);
  }

  private static void follow(
      List<Double> rates, double soc, double celsius, double seconds, boolean fine) {
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
        assertNothingIsLeftOf(model, state, workspace, kelvin);
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

  /** After a failed step the workspace is as good as a new one: no wild iterate survives in it. */
  private static void assertNothingIsLeftOf(
      P2dModel model, P2dState state, P2dWorkspace used, double kelvin) {
    P2dState copy = new P2dState(state.values().length);
    copy.copyFrom(state);
    P2dOutputs outputs = new P2dOutputs();
    SolveStatus status =
        P2dStepper.step(
            model, copy, P2dControl.CURRENT, 0, 1, kelvin, model.newWorkspace(), outputs);
    assertThat(P2dStepper.step(model, state, P2dControl.CURRENT, 0, 1, kelvin, used, outputs))
        .isEqualTo(status);
    assertThat(state.values()).isEqualTo(copy.values());
  }
}
