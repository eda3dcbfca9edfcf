package dev.anodyne.estimators.twin;

import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import dev.anodyne.estimators.identification.SensorBias;
import java.util.Arrays;
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

  /** Spread of what leaves one production line. */
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

  /** Probabilities of a new battery's scales: with good sensors, with biased ones, not new. */
  private static final double NEW_SOUND = 0.4;

  private static final double NEW_BIASED = 0.2;
  private static final double NEW_UNKNOWN = 0.4;

  /** Probability that a battery has changed since it was identified. */
  private static final double CHANGED = 0.2;

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

  /**
   * The scales.
   *
   * @param identified what is known of the battery
   * @param series whether the voltage is that of the highest of several cells
   * @param accuracy how far its sensors may be off
   */
  static FilterPrior of(Optional<IdentifiedCell> identified, boolean series, SensorClass accuracy) {
    return identified.isPresent() && identified.get().sessions() > 0
        ? ofKnown(identified.get().within(accuracy), series, accuracy)
        : ofNew(accuracy);
  }

  private static FilterPrior ofNew(SensorClass accuracy) {
    FilterPrior prior = new FilterPrior(3, new double[] {NEW_SOUND, NEW_BIASED, NEW_UNKNOWN});
    for (int i = 0; i < START; i++) {
      prior.covariances[0][i][i] = square(PRODUCTION[i]);
      prior.covariances[1][i][i] = square(PRODUCTION[i]);
      prior.covariances[2][i][i] = square(UNKNOWN[i]);
    }
    double[] worst = sensors(BIASED_SENSORS, accuracy);
    prior.sensors(0, sensors(GOOD_SENSORS, accuracy));
    prior.sensors(1, worst);
    prior.sensors(2, worst);
    return prior.withFilm();
  }

  /**
   * Of an identified battery: one that is known and still what leaves a production line, one that
   * is known, and one that has changed since. An identification starts from what any battery may
   * be; that most new ones are alike tells as much again, and without it a sound battery would be
   * less known after its first charge than before. The cell with the most volts of several is no
   * draw from the line, though: it was chosen. Where nobody states what the sensors are worth the
   * bounds were calibrated without that knowledge.
   */
  private static FilterPrior ofKnown(IdentifiedCell battery, boolean series, SensorClass accuracy) {
    double[][] known = battery.jointCovarianceBeforeNextSession();
    double[] mean = Arrays.copyOf(battery.mean(), known.length);
    for (SensorBias b : SensorBias.values()) {
      mean[VOLTAGE_BIAS + b.ordinal()] = battery.sensors().value(b);
    }
    if (series || accuracy == SensorClass.UNSTATED) {
      FilterPrior prior = new FilterPrior(2, new double[] {1 - CHANGED, CHANGED});
      prior.known(0, known, mean);
      return prior.changed(known, mean, accuracy).withFilm();
    }
    SoundBattery sound = new SoundBattery(mean, known, accuracy, PRODUCTION);
    double share = (1 - CHANGED) * sound.probability(NEW_SOUND + NEW_BIASED, NEW_UNKNOWN);
    FilterPrior prior = new FilterPrior(3, new double[] {share, 1 - CHANGED - share, CHANGED});
    prior.known(0, sound.covariance(), sound.mean());
    for (int i = 0; i < START; i++) {
      prior.means[0][i] = sound.mean()[i] - mean[i];
    }
    prior.known(1, known, mean);
    return prior.changed(known, mean, accuracy).withFilm();
  }

  /** A scale that begins where the battery's model is, with the sensors' biases. */
  private void known(int scale, double[][] covariance, double[] mean) {
    for (int i = 0; i < covariance.length; i++) {
      System.arraycopy(covariance[i], 0, covariances[scale][i], 0, covariance.length);
    }
    start(scale);
    int biases = SensorBias.values().length;
    System.arraycopy(mean, VOLTAGE_BIAS, means[scale], VOLTAGE_BIAS, biases);
  }

  /** The last scale: a battery or sensors that have changed. */
  private FilterPrior changed(double[][] known, double[] mean, SensorClass accuracy) {
    int last = weights.length - 1;
    known(last, known, mean);
    for (int i = 0; i < START; i++) {
      covariances[last][i][i] += square(CHANGED_SHARE * UNKNOWN[i]);
    }
    double[] biased = sensors(BIASED_SENSORS, accuracy);
    for (int i = 0; i < biased.length; i++) {
      int at = VOLTAGE_BIAS + i;
      covariances[last][at][at] += square(CHANGED_SHARE * biased[i]);
    }
    return this;
  }

  /** Deviations of sensors that are no worse than stated; the gain stands for the capacity, too. */
  private static double[] sensors(double[] usual, SensorClass accuracy) {
    double[] sigma = usual.clone();
    for (SensorBias b : SensorBias.values()) {
      if (b != SensorBias.CURRENT_GAIN) {
        sigma[b.ordinal()] = Math.min(sigma[b.ordinal()], accuracy.sigma(b));
      }
    }
    return sigma;
  }

  private FilterPrior withFilm() {
    for (int k = 0; k < weights.length; k++) {
      covariances[k][FILM][FILM] = square(PRODUCTION_FILM);
    }
    return this;
  }

  private void sensors(int scale, double[] sigma) {
    for (int i = 0; i < sigma.length; i++) {
      covariances[scale][VOLTAGE_BIAS + i][VOLTAGE_BIAS + i] = square(sigma[i]);
    }
    start(scale);
  }

  /** In place of the heat transfer. */
  private void start(int scale) {
    for (int i = 0; i < SIZE; i++) {
      covariances[scale][START][i] = 0;
      covariances[scale][i][START] = 0;
    }
    covariances[scale][START][START] = square(START_SIGMA);
  }

  /** Standard deviation of a parameter among new batteries, in its internal coordinate. */
  static double productionSigma(int parameter) {
    return PRODUCTION[parameter];
  }

  static double square(double x) {
    return x * x;
  }
}
