package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.Garage;
import dev.anodyne.estimators.identification.IdentifiedCell;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far the joint filter errs, and whether its deviation says so, by kind of battery. */
@Tag("slow")
class JointFilterGridTest {
  private static final double ZERO_CELSIUS = 273.15;
  private static final IdentifiedCell UNKNOWN = IdentifiedCell.unknown(Garage.KIND);

  /** Degrees and C-rates, in turn. */
  private static final double[][] FRESH = {{0, 1}, {10, 1.5}, {25, 1}, {25, 3}, {45, 3}};

  private static final double[][] OTHERS = {{25, 2.5}, {10, 1.2}, {-10, 0.5}, {40, 3}};

  /**
   * A kind of battery with the required RMSE of its anode potential, mV. Films have none: how much
   * of a resistance is film no charge tells ({@link FilmBelief}).
   */
  enum Kind {
    FRESH("fresh, 0…45 °C, 1…3C", 1.7, false),
    BIASED("sensors ±5 mV, ±0.5 %, ±1 K", 8, false),
    MISMATCH("±20 %, biased, first session", 8, false),
    MISMATCH_IDENTIFIED("… after one identified session", 4, true),
    AGED("aged, ±20 %, biased, first session", 8, false),
    AGED_IDENTIFIED("… after one identified session", 4, true),
    FILM("the same with 25 to 100 nm of film, first session", Double.NaN, false),
    FILM_IDENTIFIED("… after one identified session", Double.NaN, true);

    final String text;
    final double mostMillivolts;
    final boolean identified;

    Kind(String text, double mostMillivolts, boolean identified) {
      this.text = text;
      this.mostMillivolts = mostMillivolts;
      this.identified = identified;
    }

    boolean isFilm() {
      return this == FILM || this == FILM_IDENTIFIED;
    }

    int batteries() {
      return this == FRESH ? 10 : 4;
    }

    double[][] conditions() {
      return this == FRESH ? JointFilterGridTest.FRESH : OTHERS;
    }

    Garage battery(int i) {
      return switch (this) {
        case FRESH -> Garage.of(CellVariation.NONE);
        case BIASED -> {
          double volts = i % 2 == 0 ? 5e-3 : -5e-3;
          yield Garage.biased(volts, i / 2 == 0 ? 5e-3 : -5e-3, i % 2 == 0 ? -1 : 1);
        }
        case MISMATCH, MISMATCH_IDENTIFIED -> Garage.draw(i, 0, 0, 0);
        case AGED, AGED_IDENTIFIED -> Garage.draw(4 + i, 0.06, 0.04, 0.03);
        case FILM, FILM_IDENTIFIED ->
            Garage.draw(8 + i, 0.06, 0.04, 0.03).withSeiGrowth(25e-9 * (1 + i));
      };
    }
  }

  /** Squares of errors, sessions of equal weight. */
  private static final class Errors {
    private double model;
    private double filter;
    private double variance;
    private double normalised;
    private int sessions;

    private double modelSum;
    private double filterSum;
    private double varianceSum;
    private double normalisedSum;
    private int samples;

    void add(DigitalTwin twin, P2dOutputs truth) {
      FilteredState f = twin.signals().filtered;
      double sigma = f.sigma(Quantity.ANODE_POTENTIAL);
      double error = f.value(Quantity.ANODE_POTENTIAL) - truth.anodePotentialVolts;
      double raw = twin.signals().model.anodePotentialVolts - truth.anodePotentialVolts;
      modelSum += raw * raw;
      filterSum += error * error;
      varianceSum += sigma * sigma;
      normalisedSum += error * error / (sigma * sigma);
      samples++;
    }

    void endSession() {
      model += modelSum / samples;
      filter += filterSum / samples;
      variance += varianceSum / samples;
      normalised += normalisedSum / samples;
      sessions++;
      modelSum = 0;
      filterSum = 0;
      varianceSum = 0;
      normalisedSum = 0;
      samples = 0;
    }

    double millivolts(double sum) {
      return 1e3 * Math.sqrt(sum / sessions);
    }

    double share() {
      return Math.sqrt(normalised / sessions);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void errsLittleAndSaysByHowMuch(Kind kind) {
    Errors errors = new Errors();
    for (int i = 0; i < kind.batteries(); i++) {
      double[] condition = kind.conditions()[i % kind.conditions().length];
      double kelvin = ZERO_CELSIUS + condition[0];
      Garage battery = kind.battery(i);
      IdentifiedCell known =
          kind.identified ? identified(battery, kelvin, condition[1], i) : UNKNOWN;
      DigitalTwin twin = twin(known, kelvin);
      battery.charge(
          twin,
          0.1 + 0.02 * (i % 5),
          kelvin,
          condition[1],
          2000 + i,
          (e, t) -> errors.add(twin, t));
      errors.endSession();
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f mV | %.1f mV | %.1f mV | %.1f |%n",
        kind.text,
        errors.millivolts(errors.model),
        errors.millivolts(errors.filter),
        errors.millivolts(errors.variance),
        errors.share());
    // Normal errors have 1; four batteries, each hardly more than one draw, seldom reach 1.7. These
    // films lie at the edges of what is believed to be even: √3 deviations, and the fit's own
    // error.
    assertThat(errors.share()).isLessThan(kind.isFilm() ? 2.5 : 1.7);
    if (!Double.isNaN(kind.mostMillivolts)) {
      assertThat(errors.millivolts(errors.filter)).isLessThan(kind.mostMillivolts);
    }
  }

  private static DigitalTwin twin(IdentifiedCell known, double kelvin) {
    EstimatorOptions options =
        EstimatorOptions.DEFAULT.withAmbientKelvin(kelvin).withIdentified(known);
    return (DigitalTwin) Estimators.create("physics", Garage.KIND, PackLayout.SINGLE_CELL, options);
  }

  /** What a first session tells. */
  private static IdentifiedCell identified(Garage battery, double kelvin, double cRate, int i) {
    Garage.Charge first = battery.charge(twin(UNKNOWN, kelvin), 0.1, kelvin, cRate, 1000 + i);
    return new CellIdentifier(
            Garage.KIND, P2dOptions.CONTROL, FitNoise.STANDARD, OptionalDouble.of(kelvin))
        .identify(first.session(), UNKNOWN)
        .cell();
  }
}
