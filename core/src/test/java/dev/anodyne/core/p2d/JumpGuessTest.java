package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A workspace that follows one cell guesses better, and finds the same. */
class JumpGuessTest {
  /** Newton's method ends with updates below 1 mV: what is left was measured as below 0.01 mV. */
  private static final double LEFT_VOLTS = 1e-5;

  private static final double CELSIUS_25 = 298.15;

  private double worstVolts;
  private double worstAnodeVolts;

  @ParameterizedTest(name = "{0}, steps of {1} s, {2}C a step")
  @CsvSource({
    "lgm50, 0.01, 0.03, 0.8",
    "lgm50, 0.1, 0.1, 0.9",
    "lgm50, 0.5, 0.5, 1",
    "marquis2019, 0.01, 0.03, 0.8",
    "lgm50, 0.1, 3, 1"
  })
  void findsTheSameWithFewerIterations(
      String name, double dtSeconds, double jumpC, double mostIterations) {
    CellParameters cell = CellParameters.load(name);
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dWorkspace fresh = model.newWorkspace();
    P2dWorkspace following = model.newWorkspace();
    following.followOneCell();
    compare(model, fresh, following, dtSeconds, jumpC * cell.nominalCapacityAmpHours());
    assertThat(worstVolts).isLessThan(LEFT_VOLTS);
    assertThat(worstAnodeVolts).isLessThan(LEFT_VOLTS);
    assertThat((double) following.newtonIterations())
        .isLessThanOrEqualTo(mostIterations * fresh.newtonIterations());
  }

  /** Up and down between 0.2C and 2C by one jump in every step. */
  private void compare(
      P2dModel model, P2dWorkspace fresh, P2dWorkspace following, double dt, double jumpAmps) {
    double oneC = model.cell().nominalCapacityAmpHours();
    P2dState a = model.newState(0.4, CELSIUS_25);
    P2dState b = model.newState(0.4, CELSIUS_25);
    P2dOutputs outA = new P2dOutputs();
    P2dOutputs outB = new P2dOutputs();
    double amps = oneC;
    double direction = jumpAmps;
    for (int i = 0; i < 300; i++) {
      direction = amps > 2 * oneC ? -jumpAmps : amps < 0.2 * oneC ? jumpAmps : direction;
      amps += direction;
      step(model, a, amps, dt, fresh, outA);
      step(model, b, amps, dt, following, outB);
      worstVolts = Math.max(worstVolts, Math.abs(outA.voltageVolts - outB.voltageVolts));
      double anode = Math.abs(outA.anodePotentialVolts - outB.anodePotentialVolts);
      worstAnodeVolts = Math.max(worstAnodeVolts, anode);
    }
  }

  private static void step(
      P2dModel model, P2dState state, double amps, double dt, P2dWorkspace w, P2dOutputs out) {
    SolveStatus status =
        P2dStepper.step(model, state, P2dControl.CURRENT, amps, dt, CELSIUS_25, w, out);
    assertThat(status).isEqualTo(SolveStatus.OK);
  }
}
