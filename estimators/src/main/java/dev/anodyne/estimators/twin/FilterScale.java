package dev.anodyne.estimators.twin;

/**
 * One scale of the joint filter: mean and covariance of the deviations z under one assumption about
 * the battery's past, and how well that assumption has predicted the voltage.
 *
 * <pre>
 *   S = h P hᵀ + r,   K = P hᵀ/S,   z += K (ν − h z),   P −= K S Kᵀ
 *   ln L += β (−½ ln 2πS − (ν − h z)²/(2S))
 * </pre>
 *
 * <p>β below 1 tempers the evidence: what is left in the innovations lasts, so samples a second
 * apart are not independent.
 */
final class FilterScale {
  private final int n;
  final double[] mean;
  final double[][] covariance;
  private final double[] gain;
  private double logLikelihood;
  private double innovation;
  private double innovationVariance;

  FilterScale(int n) {
    this.n = n;
    mean = new double[n];
    covariance = new double[n][n];
    gain = new double[n];
  }

  /** Begins with nothing seen. */
  void begin(double[] priorMean, double[][] priorCovariance) {
    System.arraycopy(priorMean, 0, mean, 0, n);
    for (int i = 0; i < n; i++) {
      System.arraycopy(priorCovariance[i], 0, covariance[i], 0, n);
    }
    logLikelihood = 0;
  }

  /** Forgets what is known of one entry, which from now on is independent of the others. */
  void replace(int entry, double variance) {
    for (int i = 0; i < n; i++) {
      covariance[entry][i] = 0;
      covariance[i][entry] = 0;
    }
    mean[entry] = 0;
    covariance[entry][entry] = variance;
  }

  /** One entry decays by a factor and is driven: z ← f z + w. */
  void decay(int entry, double factor, double variance) {
    mean[entry] *= factor;
    for (int i = 0; i < n; i++) {
      covariance[entry][i] *= factor;
      covariance[i][entry] *= factor;
    }
    covariance[entry][entry] += variance;
  }

  void addVariance(int entry, double variance) {
    covariance[entry][entry] += variance;
  }

  /**
   * Takes in one voltage.
   *
   * @param h ∂voltage/∂z
   * @param nu measured voltage minus the model's at z = 0, V
   * @param noise variance of the sensor's noise, V²
   * @param temper β
   */
  void correct(double[] h, double nu, double noise, double temper) {
    double predicted = 0;
    double s = noise;
    for (int i = 0; i < n; i++) {
      double[] row = covariance[i];
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += row[j] * h[j];
      }
      gain[i] = sum;
      s += sum * h[i];
      predicted += h[i] * mean[i];
    }
    innovation = nu - predicted;
    innovationVariance = s;
    logLikelihood +=
        temper * (-0.5 * Math.log(2 * Math.PI * s) - 0.5 * innovation * innovation / s);
    double step = innovation / s;
    for (int i = 0; i < n; i++) {
      mean[i] += gain[i] * step;
      double share = gain[i] / s;
      for (int j = 0; j <= i; j++) {
        double c = covariance[i][j] - share * gain[j];
        covariance[i][j] = c;
        covariance[j][i] = c;
      }
    }
  }

  /** Variance of h z. */
  double variance(double[] h) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double[] row = covariance[i];
      double inner = 0;
      for (int j = 0; j < n; j++) {
        inner += row[j] * h[j];
      }
      sum += inner * h[i];
    }
    return Math.max(sum, 0);
  }

  /** h z. */
  double value(double[] h) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += h[i] * mean[i];
    }
    return sum;
  }

  double logLikelihood() {
    return logLikelihood;
  }

  /** Evidence more than {@code most} behind the best is forgotten, so that it can be made good. */
  void keepWithin(double best, double most) {
    logLikelihood = Math.max(logLikelihood - best, -most);
  }

  /** Innovation of the last correction, V. */
  double innovation() {
    return innovation;
  }

  /** Its predicted variance, V². */
  double innovationVariance() {
    return innovationVariance;
  }
}
