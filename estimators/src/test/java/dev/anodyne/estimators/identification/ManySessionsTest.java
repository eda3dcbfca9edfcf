package dev.anodyne.estimators.identification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ten sessions of one battery, identified after each, at one temperature and rate after the other:
 * what is believed must not drift, and its deviations must stay honest. Prints every session.
 */
@Tag("slow")
class ManySessionsTest {
  private static final double[][] CONDITIONS = {{298.15, 2}, {298.15, 1.5}, {283.15, 1.2}};
  private static final int SESSIONS = 10;
  private static final long[] BATTERIES = {17, 23, 31, 44};

  @Test
  void tenSessionsDriftNowhereAndDeviationsStayHonest() {
    double early = 0;
    double late = 0;
    int within = 0;
    double squares = 0;
    double answered = 0;
    int all = 0;
    for (long seed : BATTERIES) {
      // Every second one aged.
      boolean aged = seed % 2 == 0;
      Garage garage = Garage.draw(seed, aged ? 0.05 : 0, aged ? 0.03 : 0, aged ? 0.02 : 0);
      IdentifiedCell known = IdentifiedCell.unknown(Garage.KIND).measuredBy("lab");
      for (int k = 0; k < SESSIONS; k++) {
        double kelvin = CONDITIONS[k % 3][0];
        Garage.Charge charge =
            garage.charge(
                physics(kelvin, known),
                0.1 + 0.02 * (k % 4),
                kelvin,
                CONDITIONS[k % 3][1],
                100 * seed + k);
        Identification found =
            new CellIdentifier(
                    Garage.KIND, P2dOptions.CONTROL, FitNoise.STANDARD, OptionalDouble.of(kelvin))
                .identify(charge.session(), known);
        assertThat(found.accepted()).as("%d, %d: %s", seed, k, found.why()).isTrue();
        known = found.cell();
        double square = charge.modelRmseVolts() * charge.modelRmseVolts();
        early += k >= 1 && k <= 3 ? square / (3 * BATTERIES.length) : 0;
        late += k >= SESSIONS - 3 ? square / (3 * BATTERIES.length) : 0;
        answered +=
            k >= SESSIONS - 3
                ? charge.rmseVolts() * charge.rmseVolts() / (3 * BATTERIES.length)
                : 0;
        double sum = 0;
        for (IdentifiedParameter p : IdentifiedParameter.values()) {
          double z = (known.value(p) - garage.truth(p)) / known.standardDeviation(p);
          sum += z * z / IdentifiedParameter.count();
          if (k == SESSIONS - 1) {
            within += Math.abs(z) <= 3 ? 1 : 0;
            squares += z * z;
            all++;
          }
        }
        System.out.println(
            String.format(
                Locale.ROOT,
                "battery %d, session %d, %.0f °C: model %.2f mV, estimate %.2f mV; error over"
                    + " deviation %.2f",
                seed,
                k + 1,
                kelvin - 273.15,
                charge.modelRmseVolts() * 1e3,
                charge.rmseVolts() * 1e3,
                Math.sqrt(sum)));
      }
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "model, sessions 2 to 4: %.2f mV, 8 to 10: %.2f mV, the estimate's %.2f mV; %d of %d within 3 deviations, rms %.2f",
            1e3 * Math.sqrt(early),
            1e3 * Math.sqrt(late),
            1e3 * Math.sqrt(answered),
            within,
            all,
            Math.sqrt(squares / all)));
    // The bar of an identified battery, and no worse than soon after the first identification: half
    // a millivolt is what the model itself leaves.
    assertThat(Math.sqrt(late)).isLessThan(4e-3).isLessThan(Math.sqrt(early) + 5e-4);
    assertThat(Math.sqrt(answered)).isLessThan(4e-3);
    // Ten sessions on one model: what the mesh leaves does not average out, so deviations may be
    // somewhat small, but not wrong by a half, and 44 values may have one outlier.
    assertThat(within).isGreaterThanOrEqualTo(all - 1);
    assertThat(Math.sqrt(squares / all)).isLessThan(1.5);
  }

  private static StateEstimator physics(double ambient, IdentifiedCell battery) {
    return Estimators.create(
        "physics",
        Garage.KIND,
        PackLayout.SINGLE_CELL,
        EstimatorOptions.DEFAULT.withAmbientKelvin(ambient).withIdentified(battery));
  }
}
