package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the engine's error falls with its volumes, modes and steps; prints the tables. */
class ConvergenceTest {
  /** Rows of the profile: rate and seconds. */
  private static final double[][] PROFILE = {{1, 60}, {1, 120}, {0, 60}, {-1, 60}, {-1, 120}};

  private static final int SAMPLES = 3;

  private record Outcome(double[] volts, double[] anode) {
    double distance(Outcome other) {
      double largest = 0;
      for (int i = 0; i < volts.length; i++) {
        largest = Math.max(largest, Math.abs(volts[i] - other.volts[i]));
        largest = Math.max(largest, Math.abs(anode[i] - other.anode[i]));
      }
      return largest;
    }

    /** The limit of a method of order 2 from this and one of half the width. */
    Outcome limit(Outcome finer) {
      return new Outcome(limit(volts, finer.volts), limit(anode, finer.anode));
    }

    private static double[] limit(double[] coarse, double[] fine) {
      double[] sum = new double[coarse.length];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = (4 * fine[i] - coarse[i]) / 3;
      }
      return sum;
    }
  }

  /**
   * Second order over x, the faces between electrodes and separator included: with means of κ there
   * (see {@link Conductances}) it would be the first. 1.8 allows for what higher orders still add
   * on five volumes.
   */
  @ParameterizedTest
  @ValueSource(strings = {"chen2020", "ecker2015"})
  void secondOrderThroughTheCell(String cell) {
    int[] counts = {5, 10, 20, 40, 80};
    Outcome[] found = new Outcome[counts.length];
    for (int k = 0; k < counts.length; k++) {
      found[k] = run(cell, counts[k], 2 << k, 10, 0.5);
    }
    Outcome limit = found[3].limit(found[4]);
    double before = Double.NaN;
    for (int k = 0; k < 4; k++) {
      double error = found[k].distance(limit);
      double order = Math.log(before / error) / Math.log(2);
      System.out.printf(
          "%-9s %2d + %2d + %2d volumes: %8.1f µV, order %.2f%n",
          cell, counts[k], 2 << k, counts[k], 1e6 * error, order);
      if (k > 0) {
        assertThat(order).as("from %s to %s volumes", counts[k - 1], counts[k]).isGreaterThan(1.8);
      }
      before = error;
    }
  }

  /** Each two modes more cut the error, at least by half, down to 2 µV. */
  @ParameterizedTest
  @ValueSource(strings = {"chen2020", "ecker2015"})
  void modesConvergeFasterThanAnyOrder(String cell) {
    Outcome fine = run(cell, 8, 3, 20, 0.5);
    double before = Double.POSITIVE_INFINITY;
    for (int modes = 4; modes <= 12; modes += 2) {
      double error = run(cell, 8, 3, modes, 0.5).distance(fine);
      System.out.printf("%-9s %2d modes: %8.1f µV%n", cell, modes, 1e6 * error);
      assertThat(error).isLessThan(Math.max(2e-6, 0.5 * before));
      before = error;
    }
  }

  /** The stepper's own choice of steps against ever shorter ones: within its tolerance, 40 µV. */
  @ParameterizedTest
  @ValueSource(strings = {"chen2020", "ecker2015"})
  void stepsKeepTheirTolerance(String cell) {
    Outcome fine = run(cell, 8, 3, 10, 0.1);
    for (double seconds : new double[] {60, 10, 2, 0.5}) {
      double error = run(cell, 8, 3, 10, seconds).distance(fine);
      System.out.printf("%-9s asked every %4.1f s: %8.2f µV%n", cell, seconds, 1e6 * error);
      // Errors of sub-steps add up and decay; at the end of a phase about one is left.
      assertThat(error).isLessThan(8e-5);
    }
  }

  private static Outcome run(String name, int electrode, int separator, int modes, double step) {
    CellParameters cell = CellParameters.load(name);
    P2dModel model =
        P2dModel.of(
            cell,
            new P2dOptions(
                Thermal.ISOTHERMAL, Ageing.NONE, electrode, separator, electrode, modes));
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    P2dState state = model.newState(0.4, cell.ambientKelvin());
    double[] volts = new double[SAMPLES * PROFILE.length];
    double[] anode = new double[volts.length];
    for (int i = 0; i < volts.length; i++) {
      double[] phase = PROFILE[i / SAMPLES];
      double left = phase[1] / SAMPLES;
      int count = (int) Math.ceil(left / step);
      for (int k = 0; k < count; k++) {
        SolveStatus status =
            P2dStepper.step(
                model,
                state,
                P2dControl.CURRENT,
                phase[0] * cell.nominalCapacityAmpHours(),
                left / count,
                cell.ambientKelvin(),
                workspace,
                outputs);
        assertThat(status).isEqualTo(SolveStatus.OK);
      }
      volts[i] = outputs.voltageVolts;
      anode[i] = outputs.anodePotentialVolts;
    }
    return new Outcome(volts, anode);
  }
}
