package dev.anodyne.estimators.identification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Batteries over the grid: fresh and aged, −10 to 40 °C, parameters off by up to ±20 %, biased
 * sensors. Prints the figures of the manual.
 */
@Tag("slow")
class IdentificationGridTest {
  private static final int BATTERIES = 48;
  private static final double[][] CONDITIONS = {
    {298.15, 2.5}, {283.15, 1.2}, {263.15, 0.5}, {313.15, 3}
  };

  @Test
  void parametersAreCoveredAndTheSecondSessionIsWithinFourMillivolts() {
    int n = IdentifiedParameter.count();
    double[] squares = new double[n];
    double[] left = new double[n];
    int within = 0;
    double longest = 0;
    Sum[] first = {new Sum(), new Sum(), new Sum(), new Sum(), new Sum()};
    Sum[] second = {new Sum(), new Sum(), new Sum(), new Sum(), new Sum()};
    Sum elsewhere = new Sum();
    Sum augmentedFirst = new Sum();
    Sum augmentedSecond = new Sum();
    for (int seed = 0; seed < BATTERIES; seed++) {
      int c = seed % CONDITIONS.length;
      double kelvin = CONDITIONS[c][0];
      double cRate = CONDITIONS[c][1];
      boolean aged = seed / CONDITIONS.length % 2 == 1;
      Garage garage = Garage.draw(seed, aged ? 0.06 : 0, aged ? 0.04 : 0, aged ? 0.03 : 0);
      double soc = 0.1 + 0.02 * (seed % 5);
      IdentifiedCell unknown = IdentifiedCell.unknown(Garage.KIND);
      Garage.Charge one =
          garage.charge(estimator("physics", kelvin, unknown), soc, kelvin, cRate, 1000 + seed);
      Identification found =
          new CellIdentifier(
                  Garage.KIND, P2dOptions.CONTROL, FitNoise.STANDARD, OptionalDouble.of(kelvin))
              .identify(one.session(), unknown);
      assertThat(found.accepted()).as("battery " + seed + ": " + found.why()).isTrue();
      longest = Math.max(longest, found.seconds());
      for (IdentifiedParameter p : IdentifiedParameter.values()) {
        double off = found.cell().value(p) - garage.truth(p);
        double z = off / found.cell().standardDeviation(p);
        squares[p.ordinal()] += z * z / BATTERIES;
        left[p.ordinal()] += found.leftUnknown().get(p) / BATTERIES;
        within += Math.abs(z) <= 3 ? 1 : 0;
      }
      StateEstimator known = estimator("physics", kelvin, found.cell());
      Garage.Charge two = garage.charge(known, soc + 0.05, kelvin, cRate, 2000 + seed);
      int other = (c + 1) % CONDITIONS.length;
      Garage.Charge there =
          garage.charge(
              estimator("physics", CONDITIONS[other][0], found.cell()),
              soc + 0.05,
              CONDITIONS[other][0],
              CONDITIONS[other][1],
              3000 + seed);
      first[c].add(one.rmseVolts());
      first[4].add(one.rmseVolts());
      second[c].add(two.rmseVolts());
      second[4].add(two.rmseVolts());
      elsewhere.add(there.rmseVolts());
      augmentedFirst.add(
          garage
              .charge(estimator("augmented", kelvin, unknown), soc, kelvin, cRate, 1000 + seed)
              .rmseVolts());
      augmentedSecond.add(
          garage
              .charge(
                  estimator("augmented", kelvin, found.cell()),
                  soc + 0.05,
                  kelvin,
                  cRate,
                  2000 + seed)
              .rmseVolts());
    }
    for (int c = 0; c < CONDITIONS.length; c++) {
      say("%.0f °C: %s -> %s", CONDITIONS[c][0] - 273.15, first[c], second[c]);
    }
    say("all: %s -> %s; at other conditions %s", first[4], second[4], elsewhere);
    say("augmented: %s -> %s", augmentedFirst, augmentedSecond);
    say("within 3 deviations: %d of %d; longest %.1f s", within, n * BATTERIES, longest);
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      say(
          "%s: rms deviation %.2f, left unknown %.2f",
          p.key(), Math.sqrt(squares[p.ordinal()]), left[p.ordinal()]);
    }
    // 99.7 % for normal errors; 528 values: 99 % leaves room for chance.
    assertThat(within).isGreaterThanOrEqualTo((int) (0.99 * n * BATTERIES));
    // The bars: 8 mV before and 4 mV after one identified session.
    assertThat(first[4].rms()).isLessThan(8e-3);
    assertThat(second[4].rms()).isLessThan(4e-3);
    // A deviation that is too small would be overconfident.
    assertThat(Arrays.stream(squares).max().orElseThrow()).isLessThan(1.5 * 1.5);
  }

  private static StateEstimator estimator(String name, double ambient, IdentifiedCell battery) {
    EstimatorOptions options =
        EstimatorOptions.DEFAULT.withAmbientKelvin(ambient).withIdentified(battery);
    return Estimators.create(name, Garage.KIND, PackLayout.SINGLE_CELL, options);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** Root mean square and largest of the batteries' errors. */
  private static final class Sum {
    private double squares;
    private double worst;
    private int count;

    void add(double volts) {
      squares += volts * volts;
      worst = Math.max(worst, volts);
      count++;
    }

    double rms() {
      return Math.sqrt(squares / count);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f (at most %.2f) mV", rms() * 1e3, worst * 1e3);
    }
  }
}
