package dev.anodyne.estimators.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleTest {
  private static final int INPUTS = 2;

  /** A network whose answers are the same whatever goes in. */
  private static List<DenseLayer> constant(double mean, double logSigma) {
    double[] biases = new double[Target.outputs()];
    java.util.Arrays.fill(biases, 0, Target.count(), mean);
    java.util.Arrays.fill(biases, Target.count(), Target.outputs(), logSigma);
    return List.of(
        new DenseLayer(
            INPUTS,
            Target.outputs(),
            DenseLayer.Activation.IDENTITY,
            new double[INPUTS * Target.outputs()],
            biases));
  }

  @Test
  void oneMemberIsItsOwnAnswer() {
    Ensemble e = new Ensemble(List.of(constant(0.5, Math.log(0.2))));
    e.forward(new double[INPUTS]);
    for (Target t : Target.values()) {
      assertThat(e.mean(t)).isCloseTo(0.5 * t.unit(), within(1e-12));
      assertThat(e.sigma(t)).isCloseTo(0.2 * t.unit(), within(1e-9));
    }
  }

  @Test
  void disagreementAddsToWhatMembersAdmit() {
    Ensemble e = new Ensemble(List.of(constant(-1.0, Math.log(0.3)), constant(2.0, Math.log(0.4))));
    e.forward(new double[INPUTS]);
    double unit = Target.SOC.unit();
    assertThat(e.mean(Target.SOC)).isCloseTo(0.5 * unit, within(1e-12));
    // Variance of two values 3 apart: 1.5²; mean of the members' own variances: (0.09 + 0.16)/2.
    assertThat(e.sigma(Target.SOC)).isCloseTo(Math.sqrt(2.25 + 0.125) * unit, within(1e-9));
  }

  @Test
  void doubtGrowsWithTheDeviationOfTheAnodePotential() {
    // The anode potential counts in 10 mV; in doubt from 2 mV on, wholly from 4 mV on.
    double[] millivolts = {0.5, 2.0, 2.0 * Math.sqrt(2.0), 4.0, 40.0};
    double[] expected = {0.0, 0.0, 0.5, 1.0, 1.0};
    for (int i = 0; i < millivolts.length; i++) {
      Ensemble e = new Ensemble(List.of(constant(0.0, Math.log(millivolts[i] / 10.0))));
      e.forward(new double[INPUTS]);
      assertThat(e.doubt()).isCloseTo(expected[i], within(1e-9));
    }
  }

  @Test
  void onlyTheAnodePotentialsDeviationIsScaled() {
    SigmaScale twice = new SigmaScale(new double[] {0.0}, new double[] {Math.log(2.0)});
    Ensemble e = new Ensemble(List.of(constant(0.0, Math.log(0.3))), twice);
    e.forward(new double[INPUTS]);
    assertThat(e.sigma(Target.ANODE_POTENTIAL)).isCloseTo(0.006, within(1e-9));
    assertThat(e.sigma(Target.SOC)).isCloseTo(0.003, within(1e-9));
    // The doubt is that which the networks state.
    assertThat(e.doubt()).isCloseTo(Math.log(1.5) / Math.log(2.0), within(1e-9));
  }

  @Test
  void absurdDeviationsStayFinite() {
    Ensemble e = new Ensemble(List.of(constant(0.0, 1e6)));
    e.forward(new double[INPUTS]);
    assertThat(e.sigma(Target.SOC)).isFinite();
  }

  @Test
  void anEnsembleOfNoneOrOfAnotherShapeIsRefused() {
    assertThatThrownBy(() -> new Ensemble(List.of())).hasMessageContaining("at least one");
    List<DenseLayer> wide = ModelFileTest.network(SeededRandom.of(1L), INPUTS + 1);
    assertThatThrownBy(() -> new Ensemble(List.of(constant(0, 0), wide)))
        .hasMessageContaining("equally many inputs");
  }
}
