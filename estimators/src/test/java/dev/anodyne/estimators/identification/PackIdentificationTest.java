package dev.anodyne.estimators.identification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Four cells in series with the spread of a production lot, identified from what a
 * battery-management system tells. The error is that of the lowest of the four anode potentials.
 * Prints the figures of the manual.
 */
@Tag("slow")
class PackIdentificationTest {
  private static final int PACKS = 4;

  /** The bar of an identified battery, whatever it is, mV. */
  private static final double MOST_MILLIVOLTS = 4;

  @ParameterizedTest
  @CsvSource({
    "nominal, 25, 2.5", "nominal, 10, 1.2", "nominal, -10, 0.5", "nominal, 40, 3",
    "mismatch, 25, 2.5", "mismatch, 10, 1.2", "mismatch, -10, 0.5", "mismatch, 40, 3",
    "aged, 25, 2.5", "aged, 10, 1.2", "aged, -10, 0.5", "aged, 40, 3"
  })
  void theSecondSessionKnowsTheWeakestCell(String kind, double celsius, double cRate) {
    double kelvin = celsius + 273.15;
    double first = 0;
    double second = 0;
    double worst = 0;
    double mean = 0;
    double spread = 0;
    for (int i = 0; i < PACKS; i++) {
      long seed = Math.abs((kind + celsius).hashCode() % 1000) + i;
      SeriesPack pack = new SeriesPack(garage(kind, seed), 5000 + seed);
      IdentifiedCell unknown = IdentifiedCell.unknown(Garage.KIND);
      SeriesPack.Charge one = pack.charge(estimator(kelvin, unknown), 0.12, kelvin, cRate, seed);
      Identification found =
          new CellIdentifier(
                  Garage.KIND, P2dOptions.CONTROL, FitNoise.STANDARD, OptionalDouble.of(kelvin))
              .identify(one.session(), unknown);
      assertThat(found.accepted()).as(found.why()).isTrue();
      SeriesPack.Charge two =
          pack.charge(estimator(kelvin, found.cell()), 0.15, kelvin, cRate, 10_000 + seed);
      first += one.rmseVolts() * one.rmseVolts() / PACKS;
      second += two.rmseVolts() * two.rmseVolts() / PACKS;
      worst = Math.max(worst, two.rmseVolts());
      mean += two.meanVolts() / PACKS;
      spread += two.spreadVolts() * two.spreadVolts() / PACKS;
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "4s %s, %.0f °C, %.1fC: first %.1f mV, second %.1f mV (at most %.1f, mean %.1f);"
                + " weakest cell against that with the most volts %.1f mV",
            kind,
            celsius,
            cRate,
            1e3 * Math.sqrt(first),
            1e3 * Math.sqrt(second),
            1e3 * worst,
            1e3 * mean,
            1e3 * Math.sqrt(spread)));
    assertThat(1e3 * Math.sqrt(second)).isLessThan(MOST_MILLIVOLTS);
  }

  private static Garage garage(String kind, long seed) {
    return switch (kind) {
      case "nominal" -> Garage.of(CellVariation.NONE);
      case "mismatch" -> Garage.draw(seed, 0, 0, 0);
      default -> Garage.draw(seed, 0.06, 0.04, 0.03);
    };
  }

  private static StateEstimator estimator(double ambient, IdentifiedCell battery) {
    return Estimators.create(
        "physics",
        Garage.KIND,
        SeriesPack.LAYOUT,
        EstimatorOptions.DEFAULT.withAmbientKelvin(ambient).withIdentified(battery));
  }
}
