package dev.anodyne.estimators.twin;

import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import dev.anodyne.estimators.identification.SensorBias;
import java.util.Optional;

/**
 * What may be assumed about a battery and its sensors before the first sample: several scales, of
 * which the last always is that nothing is known about its history.
 *
 * <p>Entries of z: the {@link IdentifiedParameter}s but the heat transfer, which a measured
 * temperature makes irrelevant, then the entries named here.
 */
final class FilterPrior {
  /** Anode's stoichiometry at the start. */
  static final int START = IdentifiedParameter.HEAT_TRANSFER.ordinal();

  /** Voltage read too high, V. */
  static final int VOLTAGE_BIAS = START + 1;

  /** Share by which the current is read too high, or by which the cell is larger. */
  static final int CURRENT_GAIN = START + 2;

  /** Temperature read too high, K. */
  static final int TEMPERATURE_BIAS = START + 3;

  /** Error of the model's voltage that lasts for minutes, V: a Gauss–Markov process. */
  static final int MODEL = START + 4;

  /** Resistance of the anode's film beyond the set's, Ω·m² of particle surface. */
  static final int FILM = START + 5;

  static final int SIZE = START + 6;

  /** Spread of what leaves one production line, and of good sensors. */
  private static final double[] PRODUCTION = {
    0.007, 0.007, 0.005, 2e-3, 0.04, 0.04, 0.04, 0.04, 0.03, 0.03
  };

  /** Aged, of unknown maker and past; ±20 % evenly are 12 %. */
  private static final double[] UNKNOWN = {
    0.03, 0.03, 0.04, 0.015, 0.13, 0.13, 0.13, 0.13, 0.13, 0.13
  };

  /** A battery that has changed since it was identified: part of what is unknown. */
  private static final double CHANGED_SHARE = 0.4;

  /**
   * Spread of production. The film of an aged battery counts as resistance, of which {@link
   * FilmBelief} says how much it is: the voltage cannot.
   */
  private static final double PRODUCTION_FILM = 2e-4;

  private static final double START_SIGMA = 0.15;
  private static final double[] GOOD_SENSORS = {1e-3, 5e-3, 0.4};
  private static final double[] BIASED_SENSORS = {3e-3, 5e-3, 0.6};

  final double[][] means;
  final double[][][] covariances;

  /** Probability of each scale before anything is seen. */
  final double[] weights;

  private FilterPrior(int scales, double[] weights) {
    means = new double[scales][SIZE];
    covariances = new double[scales][SIZE][SIZE];
    this.weights = weights;
  }

  /** The scales for a battery of which {@code identified} is known. */
  static FilterPrior of(Optional<IdentifiedCell> identified) {
    if (identified.isPresent() && identified.get().sessions() > 0) {
      FilterPrior prior = new FilterPrior(2, new double[] {0.8, 0.2});
      double[][] known = identified.get().jointCovarianceBeforeNextSession();
      for (int k = 0; k < 2; k++) {
        for (int i = 0; i < known.length; i++) {
          System.arraycopy(known[i], 0, prior.covariances[k][i], 0, known.length);
        }
        prior.start(k);
        for (SensorBias b : SensorBias.values()) {
          prior.means[k][VOLTAGE_BIAS + b.ordinal()] = identified.get().sensors().value(b);
        }
      }
      for (int i = 0; i < START; i++) {
        prior.covariances[1][i][i] += square(CHANGED_SHARE * UNKNOWN[i]);
      }
      for (int i = 0; i < BIASED_SENSORS.length; i++) {
        int at = VOLTAGE_BIAS + i;
        prior.covariances[1][at][at] += square(CHANGED_SHARE * BIASED_SENSORS[i]);
      }
      prior.film(0, PRODUCTION_FILM);
      prior.film(1, PRODUCTION_FILM);
      return prior;
    }
    FilterPrior prior = new FilterPrior(3, new double[] {0.4, 0.2, 0.4});
    for (int i = 0; i < START; i++) {
      prior.covariances[0][i][i] = square(PRODUCTION[i]);
      prior.covariances[1][i][i] = square(PRODUCTION[i]);
      prior.covariances[2][i][i] = square(UNKNOWN[i]);
    }
    prior.film(0, PRODUCTION_FILM);
    prior.film(1, PRODUCTION_FILM);
    prior.film(2, PRODUCTION_FILM);
    prior.sensors(0, GOOD_SENSORS);
    prior.sensors(1, BIASED_SENSORS);
    prior.sensors(2, BIASED_SENSORS);
    return prior;
  }

  private void sensors(int scale, double[] sigma) {
    for (int i = 0; i < sigma.length; i++) {
      covariances[scale][VOLTAGE_BIAS + i][VOLTAGE_BIAS + i] = square(sigma[i]);
    }
    start(scale);
  }

  private void film(int scale, double sigma) {
    covariances[scale][FILM][FILM] = square(sigma);
  }

  /** In place of the heat transfer. */
  private void start(int scale) {
    for (int i = 0; i < SIZE; i++) {
      covariances[scale][START][i] = 0;
      covariances[scale][i][START] = 0;
    }
    covariances[scale][START][START] = square(START_SIGMA);
  }

  static double square(double x) {
    return x * x;
  }
}
