package dev.anodyne.mpc.baseline;

import static dev.anodyne.mpc.Beliefs.belief;
import static dev.anodyne.mpc.Beliefs.invalid;
import static dev.anodyne.mpc.Beliefs.limits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PolicyDecision;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CcCvLawTest {
  private static final double OHM = 0.025;

  /**
   * A cell of 5 A·h with a straight open-circuit voltage, 25 mΩ at once and 15 mΩ with 20 s: near
   * its limit it rises as fast as a real one at 3C.
   */
  private static final class TestCell {
    double soc = 0.2;
    double slow;

    double volts(double amps) {
      return 3.4 + 0.75 * soc + OHM * amps + slow;
    }

    void step(double amps) {
      soc += amps / 18000.0;
      slow += (0.015 * amps - slow) / 20.0;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.5, 5.0, 10.0, 15.0})
  void holdsTheVoltageLimitInSpiteOfNoise(double rateAmps) {
    for (double assumedOhm : new double[] {0.6 * OHM, OHM, 1.5 * OHM}) {
      TestCell cell = new TestCell();
      LawPolicy policy = new LawPolicy(new CcCvLaw(rateAmps, assumedOhm), 1.0, () -> 0L);
      Random noise = new Random(3);
      double amps = 0;
      double highest = 0;
      double sumOfHeld = 0;
      int held = 0;
      for (int t = 0; t < 9000; t++) {
        double measured = cell.volts(amps) + 0.001 * noise.nextGaussian();
        PolicyDecision decision =
            policy.next(belief(t, amps, measured, 298, cell.soc, 0.1), limits(15, 1e9, 1e9, 2));
        amps = decision.chargeCurrentAmps();
        cell.step(amps);
        highest = Math.max(highest, cell.volts(amps));
        if (t > 8000) {
          sumOfHeld += cell.volts(amps);
          held++;
        }
      }
      // The contract of the demo: no limit passed by more than 2 mV.
      assertThat(highest).isLessThan(4.202);
      // It really holds the voltage, some millivolts below the limit, and does not stop short.
      assertThat(sumOfHeld / held).isBetween(4.192, 4.2);
    }
  }

  @Test
  void chargesAtConstantCurrentFarFromTheLimits() {
    LawPolicy policy = new LawPolicy(new CcCvLaw(5.0, OHM), 1.0, () -> 0L);
    PolicyDecision decision = policy.next(belief(0, 0, 3.5, 298, 0.1, 0.1), limits());
    assertThat(decision.chargeCurrentAmps()).isEqualTo(5.0);
    assertThat(decision.source()).isEqualTo(DecisionSource.BASELINE);
    assertThat(decision.voltageCeilingVolts()).isEqualTo(4.2);
  }

  @Test
  void deratesTowardsTheTemperatureLimitAndNeverAboveIt() {
    LawPolicy policy = new LawPolicy(new CcCvLaw(15.0, OHM), 1.0, () -> 0L);
    PolicyDecision near = policy.next(belief(0, 15, 3.5, 317.05, 0.1, 0.1), limits());
    assertThat(near.chargeCurrentAmps()).isBetween(5.0, 10.0);
    assertThat(near.activeConstraint()).isEqualTo(ActiveConstraint.TEMPERATURE);
    LawPolicy hot = new LawPolicy(new CcCvLaw(15.0, OHM), 1.0, () -> 0L);
    assertThat(hot.next(belief(0, 15, 3.5, 318.2, 0.1, 0.1), limits()).chargeCurrentAmps())
        .isZero();
  }

  @Test
  void noCurrentWithoutAValidBeliefOrAtTheTarget() {
    LawPolicy policy = new LawPolicy(new CcCvLaw(5.0, OHM), 1.0, () -> 0L);
    PolicyDecision none = policy.next(invalid(belief(0, 5, 3.5, 298, 0.1, 0.1)), limits());
    assertThat(none.chargeCurrentAmps()).isZero();
    assertThat(none.source()).isEqualTo(DecisionSource.ZERO);
    PolicyDecision done = policy.next(belief(1, 5, 3.5, 298, 0.8, 0.1), limits());
    assertThat(done.chargeCurrentAmps()).isZero();
    assertThat(done.activeConstraint()).isEqualTo(ActiveConstraint.TARGET_SOC);
  }

  @Test
  void stagesOnlyGoForward() {
    StageLaw law =
        new StageLaw(new StageLaw.Stages(new double[] {0.3, 0.8}, new double[] {10, 4}), OHM);
    assertThat(law.wantedAmps(belief(0, 0, 3.5, 298, 0.29, 0.1), limits(), 0)).isEqualTo(10);
    assertThat(law.wantedAmps(belief(1, 10, 3.5, 298, 0.30, 0.1), limits(), 10)).isEqualTo(4);
    assertThat(law.wantedAmps(belief(2, 4, 3.5, 298, 0.299, 0.1), limits(), 4)).isEqualTo(4);
    assertThat(law.wantedAmps(belief(3, 4, 3.5, 298, 0.9, 0.1), limits(), 4)).isEqualTo(4);
  }
}
