package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.bounds.Quantity;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A first sample at a current of zero does not mean that the cell has rested. */
class UnrelaxedStartTest {
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final int LOADED_SECONDS = 400;
  private static final int SHOWN_REST_SECONDS = 20;

  private double squares;
  private double varianceSum;
  private double worstShare;
  private double mostOptimistic = Double.NEGATIVE_INFINITY;
  private double worstSoc;
  private int samples;

  /** Three batteries: a load, a rest that nobody sees, 20 s of rest and then 1.3C. */
  private void start(double kelvin, double rateBefore, int restSeconds) {
    double share = kelvin > 290 ? 1 : 0.6;
    for (int seed = 1; seed <= 3; seed++) {
      double soc = rateBefore < 0 ? 0.35 : 0.12 + 0.05 * seed;
      SimulatedCell cell = new SimulatedCell(CELL, soc, kelvin, 40 + seed);
      double ampHours = CELL.nominalCapacityAmpHours();
      for (int t = 0; t < LOADED_SECONDS && rateBefore != 0; t++) {
        cell.step(rateBefore * share * ampHours, 1);
      }
      for (int t = 0; t < restSeconds; t++) {
        cell.step(0, 1);
      }
      DigitalTwin twin =
          (DigitalTwin)
              Estimators.create("physics", CELL, PackLayout.SINGLE_CELL, EstimatorOptions.DEFAULT);
      for (int t = 0; t < 900; t++) {
        double rate = t < SHOWN_REST_SECONDS ? 0 : 1.3 * share;
        twin.update(cell.step(rate * ampHours, 1), CurrentCommand.zero(0));
        if (t >= 60) {
          judge(twin.signals().filtered, cell);
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%.0f °C, after %+.1fC and %d s of rest: RMSE %.1f mV, most optimistic %+.1f mV, stated"
            + " %.1f mV, worst error over stated %.1f, state of charge %.1f %%%n",
        kelvin - 273.15,
        rateBefore * share,
        restSeconds,
        1e3 * Math.sqrt(squares / samples),
        1e3 * mostOptimistic,
        1e3 * Math.sqrt(varianceSum / samples),
        worstShare,
        100 * worstSoc);
  }

  private void judge(FilteredState f, SimulatedCell cell) {
    double sigma = f.sigma(Quantity.ANODE_POTENTIAL);
    double error = f.value(Quantity.ANODE_POTENTIAL) - cell.truth.anodePotentialVolts;
    squares += error * error;
    varianceSum += sigma * sigma;
    samples++;
    worstShare = Math.max(worstShare, Math.abs(error) / sigma);
    mostOptimistic = Math.max(mostOptimistic, error);
    worstSoc = Math.max(worstSoc, Math.abs(f.value(Quantity.SOC) - cell.truth.soc));
  }

  /** What has rested pays little for the doubt: the bar of a fresh cell, and 1 % of charge. */
  @ParameterizedTest
  @CsvSource({"298.15", "278.15"})
  void afterARestNothingIsLost(double kelvin) {
    start(kelvin, 0, 0);
    assertThat(Math.sqrt(squares / samples)).isLessThan(1.7e-3);
    assertThat(worstSoc).isLessThan(0.01);
  }

  /** Two minutes after a load deviations say how wrong the start may be. */
  @ParameterizedTest
  @CsvSource({"298.15, -0.8, 120", "298.15, 1.0, 120", "278.15, 1.0, 120", "298.15, 1.0, 600"})
  @Tag("slow")
  void afterAShortRestDeviationsHold(double kelvin, double rateBefore, int restSeconds) {
    start(kelvin, rateBefore, restSeconds);
    // The worst of 2520 samples of three batteries; 95 % of normal errors are within 2.
    assertThat(worstShare).isLessThan(2);
    assertThat(Math.sqrt(squares / samples)).isLessThan(8e-3);
  }

  /** Straight after a load the state of charge is lost, the anode potential is not. */
  @ParameterizedTest
  @CsvSource({"298.15, -0.8, 0", "298.15, 1.0, 0", "278.15, 1.0, 0"})
  @Tag("slow")
  void straightAfterALoadErrorsAreLimited(double kelvin, double rateBefore, int restSeconds) {
    start(kelvin, rateBefore, restSeconds);
    // 8.2 mV measured; 26 mV were seen when every start at zero current counted as rested.
    assertThat(mostOptimistic).isLessThan(0.012);
    // The worst sample of a start that is known to be wrong: 99.7 % of normal errors are within 3.
    assertThat(worstShare).isLessThan(3);
  }
}
