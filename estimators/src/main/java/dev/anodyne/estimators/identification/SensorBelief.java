package dev.anodyne.estimators.identification;

import dev.anodyne.estimators.SensorClass;
import java.util.Arrays;

/**
 * What is believed about the sensors that a battery is charged with: mean and covariance of their
 * {@link SensorBias}es. A bias and a change of the battery explain much of the same voltage: the
 * two beliefs are correlated, and only together say what is known ({@link
 * IdentifiedCell#jointCovariance}). Immutable.
 */
public final class SensorBelief {
  /** Of sensors without a name. */
  public static final String UNNAMED = "";

  /** Longest name of sensors. */
  public static final int LONGEST_NAME = 100;

  private final String sensors;
  private final boolean known;
  private final double[] mean;
  private final double[][] covariance;
  private final SensorClass accuracy;

  SensorBelief(String sensors, boolean known, double[] mean, double[][] covariance) {
    this(sensors, known, mean, covariance, SensorClass.UNSTATED);
  }

  private SensorBelief(
      String sensors, boolean known, double[] mean, double[][] covariance, SensorClass accuracy) {
    this.accuracy = accuracy;
    this.sensors = sensors;
    this.known = known;
    this.mean = mean.clone();
    this.covariance = Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Sensors that nobody knows yet: no bias, with the spread of their kind.
   *
   * @param sensors what they are called, such as a charger's name
   */
  public static SensorBelief unknown(String sensors) {
    double[][] covariance = new double[SensorBias.count()][SensorBias.count()];
    for (SensorBias b : SensorBias.values()) {
      covariance[b.ordinal()][b.ordinal()] = b.priorSigma() * b.priorSigma();
    }
    return new SensorBelief(sensors, false, new double[SensorBias.count()], covariance);
  }

  /** The same belief about sensors of a stated accuracy. */
  SensorBelief within(SensorClass stated) {
    return new SensorBelief(sensors, known, mean, covariance, stated);
  }

  /** How far the sensors may be off, as their operator states it. */
  public SensorClass accuracy() {
    return accuracy;
  }

  /** What the sensors are called. */
  public String sensors() {
    return sensors;
  }

  /** False before the first session with these sensors. */
  public boolean isKnown() {
    return known;
  }

  /** Best value, in V, as a share, or in K; positive when too much is read. */
  public double value(SensorBias b) {
    return mean[b.ordinal()];
  }

  /** Standard deviation of {@link #value}, in its unit. */
  public double standardDeviation(SensorBias b) {
    return Math.sqrt(covariance[b.ordinal()][b.ordinal()]);
  }

  double covariance(int i, int j) {
    return covariance[i][j];
  }
}
