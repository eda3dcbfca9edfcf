package dev.anodyne.mpc;

import static dev.anodyne.mpc.Beliefs.belief;
import static dev.anodyne.mpc.Beliefs.invalid;
import static dev.anodyne.mpc.Beliefs.limits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.mpc.baseline.CurrentLaw;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.MovePlan;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FallbackLadderTest {
  private static final double NAN = Double.NaN;
  private static final double PRESENT = 6.0;

  /** A rider that answers what it is told to. */
  private record FixedLaw(double amps) implements CurrentLaw {
    @Override
    public double wantedAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
      return amps;
    }

    @Override
    public ActiveConstraint explanation() {
      return ActiveConstraint.ANODE_POTENTIAL;
    }
  }

  static Stream<Arguments> rungs() {
    CellEstimate good = belief(5, PRESENT, 3.9, 300, 0.5, 0.002);
    CellEstimate plating = belief(5, PRESENT, 3.9, 300, 0.5, -0.001);
    CellEstimate late = belief(50, PRESENT, 3.9, 300, 0.5, 0.002);
    CellEstimate blind = belief(50, PRESENT, 3.9, 300, NAN, NAN);
    return Stream.of(
        //           what happens,                  belief, rider, map, rung, amps
        Arguments.of("plan is fresh", good, 5.0, 4.0, DecisionSource.SHIFTED_PLAN, 7.0),
        Arguments.of("bound is below the margin", plating, 5.0, 4.0, DecisionSource.RIDER, 5.0),
        Arguments.of("plan is too old", late, 5.0, 4.0, DecisionSource.RIDER, 5.0),
        Arguments.of("model fails too", late, NAN, 4.0, DecisionSource.MAP, 4.0),
        Arguments.of("map would raise", late, NAN, 9.0, DecisionSource.MAP, PRESENT),
        Arguments.of("nothing but V and T", blind, NAN, NAN, DecisionSource.LOW_CC, 0.5),
        Arguments.of(
            "voltage too near",
            belief(50, PRESENT, 4.19, 300, NAN, NAN),
            NAN,
            NAN,
            DecisionSource.ZERO,
            0.0),
        Arguments.of(
            "voltage unknown",
            belief(50, PRESENT, NAN, 300, 0.5, NAN),
            NAN,
            4.0,
            DecisionSource.ZERO,
            0.0),
        Arguments.of(
            "too hot", belief(50, PRESENT, 3.9, 320, 0.5, 0.1), NAN, 4.0, DecisionSource.ZERO, 0.0),
        Arguments.of(
            "freezing and blind",
            belief(50, PRESENT, 3.9, 270, NAN, NAN),
            NAN,
            NAN,
            DecisionSource.ZERO,
            0.0),
        Arguments.of("belief not valid", invalid(good), 5.0, 4.0, DecisionSource.ZERO, 0.0),
        Arguments.of(
            "target reached",
            belief(5, PRESENT, 3.9, 300, 0.8, 0.1),
            5.0,
            4.0,
            DecisionSource.ZERO,
            0.0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rungs")
  void takesTheHighestRungThatHolds(
      String what,
      CellEstimate estimate,
      double riderAmps,
      double mapAmps,
      DecisionSource source,
      double amps) {
    MovePlan plan = new MovePlan(HorizonGrid.of(1, 30, 10, 300, 25));
    plan.set(new double[] {9, 9, 8, 7, 7, 7, 7, 7, 7, 7}, 0);
    FallbackLadder ladder =
        new FallbackLadder(new FixedLaw(riderAmps), (soc, kelvin) -> mapAmps, 5.0, 1.0, 30.0);
    FallbackLadder.Choice choice = ladder.choose(estimate, limits(), plan, PRESENT);
    assertThat(choice.source()).isEqualTo(source);
    assertThat(choice.chargeCurrentAmps())
        .isCloseTo(amps, org.assertj.core.api.Assertions.within(1e-12));
  }
}
