package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every set through random profiles with jumps, rests and reversals. */
class ConservationTest {
  /** Below this the step ends with the named limit: the salt is used up, mol/m³. */
  private static final double USED_UP = -1;

  /** The guard rail of the OCPs ({@code EndGuard}) runs off to infinity from here. */
  private static final double GUARD = 7.7e-4;

  private final P2dOutputs outputs = new P2dOutputs();

  @Property(tries = 80)
  void lithiumSaltAndBounds(
      @ForAll ShippedCells set,
      @ForAll @Size(min = 1, max = 8) List<@DoubleRange(min = -6, max = 6) Double> rates,
      @ForAll @DoubleRange(min = 0, max = 1) double soc,
      @ForAll @DoubleRange(min = -20, max = 55) double celsius,
      @ForAll @DoubleRange(min = 0.1, max = 120) double seconds) {
    profile(set, rates, soc, celsius, seconds);
  }

  @Tag("slow")
  @Property(tries = 2000)
  void lithiumSaltAndBoundsInManyProfiles(
      @ForAll ShippedCells set,
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -10, max = 10) Double> rates,
      @ForAll @DoubleRange(min = 0, max = 1) double soc,
      @ForAll @DoubleRange(min = -20, max = 55) double celsius,
      @ForAll @DoubleRange(min = 0.1, max = 600) double seconds) {
    profile(set, rates, soc, celsius, seconds);
  }

  private void profile(
      ShippedCells set, List<Double> rates, double soc, double celsius, double seconds) {
    P2dModel model = set.model();
    double kelvin = 273.15 + celsius;
    P2dWorkspace workspace = model.newWorkspace();
    P2dState state = model.newState(soc, kelvin);
    double lithium = model.lithiumMol(state);
    double salt = model.electrolyteSaltMol(state);
    for (double rate : rates) {
      double amps = rate * model.cell().nominalCapacityAmpHours();
      SolveStatus status =
          P2dStepper.step(
              model, state, P2dControl.CURRENT, amps, seconds, kelvin, workspace, outputs);
      if (status != SolveStatus.OK) {
        return;
      }
      // Sums telescope: rounding, and Newton's tolerance where the side reactions take part.
      assertThat(model.lithiumMol(state)).isCloseTo(lithium, within(1e-9 * lithium));
      assertThat(model.electrolyteSaltMol(state)).isCloseTo(salt, within(1e-9 * salt));
      bounds(model, state);
    }
  }

  private static void bounds(P2dModel m, P2dState state) {
    double[] y = state.values();
    for (Side side : List.of(m.anode, m.cathode)) {
      for (int i = side.from; i < side.to; i++) {
        assertThat(y[side.modes + i - side.from]).as("mean of particle %s", i).isBetween(0.0, 1.0);
        assertThat(Particles.surface(m, side, y, i))
            .as("surface %s", i)
            .isBetween(-GUARD, 1 + GUARD);
      }
    }
    for (int i = 0; i < m.grid.nodes; i++) {
      assertThat(y[StateLayout.C + i]).as("c_e at node %s", i).isGreaterThan(USED_UP);
    }
    assertThat(y[StateLayout.T]).isBetween(200.0, 500.0);
    for (double v : y) {
      assertThat(v).isFinite();
    }
  }

  /**
   * To first order the response is odd in the current: charging and discharging with a thousandth
   * of 1C are mirror images about the open-circuit voltage. The even part is of second order.
   */
  @ParameterizedTest
  @EnumSource(ShippedCells.class)
  void smallCurrentsActAlikeInBothDirections(ShippedCells set) {
    P2dModel model = set.model();
    if (model.sideReactions) {
      return; // side reactions run in one direction
    }
    double kelvin = model.cell().referenceKelvin();
    double amps = 1e-3 * model.cell().nominalCapacityAmpHours();
    double open = model.cell().openCircuitVolts(0.5);
    double up = volts(model, amps, kelvin) - open;
    double down = volts(model, -amps, kelvin) - open;
    assertThat(up).isPositive();
    assertThat(up + down).isCloseTo(0, within(5e-3 * up));
  }

  private double volts(P2dModel model, double amps, double kelvin) {
    P2dState state = model.newState(0.5, kelvin);
    assertThat(
            P2dStepper.step(
                model, state, P2dControl.CURRENT, amps, 30, kelvin, model.newWorkspace(), outputs))
        .isEqualTo(SolveStatus.OK);
    return outputs.voltageVolts;
  }
}
