package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.p2d.P2dRollout.Output;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

/** Derivatives of the prediction against differences, for every set and random moves. */
class DerivativePropertyTest {
  private static final int MOVES = 3;
  private static final int STEPS = 9;
  private static final double SECONDS = 5;

  /** Relative to the output's largest; what Newton's last update and the difference leave. */
  private static final double SHARE = 1e-5;

  /**
   * What a prediction's own end of Newton's method may leave, relative to the largest: 2·10⁻⁵ in
   * 500 profiles.
   */
  private static final double USUAL_SHARE = 1e-4;

  /**
   * A difference divides what Newton's method leaves by its small step: it needs better solutions.
   */
  private static final double DIFFERENCE_NEWTON_VOLTS = 1e-10;

  private final double[] dt = new double[STEPS];
  private final int[] moveOfStep = new int[STEPS];

  @Property(tries = 25)
  void sensitivitiesAreDifferences(
      @ForAll ShippedCells set,
      @ForAll @Size(MOVES) List<@DoubleRange(min = -1.5, max = 1.5) Double> rates,
      @ForAll @DoubleRange(min = 0.3, max = 0.7) double soc) {
    compare(set, rates, soc);
  }

  @Tag("slow")
  @Property(tries = 500)
  void sensitivitiesAreDifferencesInManyProfiles(
      @ForAll ShippedCells set,
      @ForAll @Size(MOVES) List<@DoubleRange(min = -1.5, max = 1.5) Double> rates,
      @ForAll @DoubleRange(min = 0.3, max = 0.7) double soc) {
    compare(set, rates, soc);
  }

  private void compare(ShippedCells set, List<Double> rates, double soc) {
    P2dModel model = set.model();
    double nominal = model.cell().nominalCapacityAmpHours();
    double[] amps = rates.stream().mapToDouble(r -> r * nominal).toArray();
    for (int k = 0; k < STEPS; k++) {
      dt[k] = SECONDS;
      moveOfStep[k] = k * MOVES / STEPS;
    }
    P2dState start = model.newState(soc, model.cell().ambientKelvin());
    P2dRollout rollout = new P2dRollout(model, STEPS, MOVES);
    P2dRollout other = new P2dRollout(model, STEPS, MOVES);
    other.setNewtonVolts(DIFFERENCE_NEWTON_VOLTS);
    P2dRollout usual = new P2dRollout(model, STEPS, MOVES);
    rollout.setNewtonVolts(DIFFERENCE_NEWTON_VOLTS);
    run(rollout, start, amps, model, true);
    run(usual, start, amps, model, true);
    for (int p = 0; p < MOVES; p++) {
      double step = 2e-3 * nominal;
      double[][] coarse = difference(other, start, amps, model, p, step);
      double[][] fine = difference(other, start, amps, model, p, 0.5 * step);
      for (Output output : Output.values()) {
        double largest = 0;
        double worst = 0;
        double unfinished = 0;
        for (int k = 0; k < STEPS; k++) {
          int o = output.ordinal();
          double limit = (4 * fine[o][k] - coarse[o][k]) / 3;
          double exact = rollout.sensitivity(output, k, p);
          largest = Math.max(largest, Math.abs(exact));
          worst = Math.max(worst, Math.abs(exact - limit));
          unfinished = Math.max(unfinished, Math.abs(usual.sensitivity(output, k, p) - exact));
        }
        assertThat(worst)
            .as("%s to move %s", output, p)
            .isLessThan(SHARE * largest + rounding(output));
        assertThat(unfinished)
            .as("%s to move %s, at the usual end of Newton's method", output, p)
            .isLessThan(USUAL_SHARE * largest + rounding(output));
      }
    }
  }

  /** Rounding of an output over the step of the difference, an ampere. */
  private static double rounding(Output output) {
    return switch (output) {
      case ELECTROLYTE_AT_ANODE_COLLECTOR -> 1e-5;
      case TEMPERATURE -> 1e-6;
      default -> 1e-9;
    };
  }

  private double[][] difference(
      P2dRollout rollout, P2dState start, double[] amps, P2dModel model, int move, double step) {
    double[][] slopes = new double[Output.values().length][STEPS];
    for (int sign = -1; sign <= 1; sign += 2) {
      double[] moved = amps.clone();
      moved[move] += sign * step;
      run(rollout, start, moved, model, false);
      for (Output output : Output.values()) {
        for (int k = 0; k < STEPS; k++) {
          slopes[output.ordinal()][k] += sign * rollout.value(output, k) / (2 * step);
        }
      }
    }
    return slopes;
  }

  private void run(
      P2dRollout rollout, P2dState start, double[] amps, P2dModel model, boolean sensitive) {
    double ambient = model.cell().ambientKelvin();
    assertThat(rollout.run(start, STEPS, dt, moveOfStep, amps, ambient, sensitive))
        .isEqualTo(SolveStatus.OK);
  }
}
