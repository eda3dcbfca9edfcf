package dev.anodyne.estimators.training;

/**
 * Least squares inside a small group of rows, with the derivative of what is left over. The free
 * numbers of the fit (offset, slope) minimise the sum of squares, so they have no part in its
 * derivative: ∂/∂vᵢ Σ r² = 2 rᵢ (envelope theorem), also where the slope rests on a limit.
 */
final class GroupFit {
  private final double[] residual;

  GroupFit(int mostRows) {
    residual = new double[mostRows];
  }

  /** v − a − b q after the last fit, half the derivative of the sum of squares by v. */
  double residual(int i) {
    return residual[i];
  }

  /**
   * Fits v = a + b q with b between the limits.
   *
   * @param q abscissae. Not modified.
   * @param v ordinates. Not modified.
   * @return mean square of the residuals
   */
  double line(double[] q, double[] v, int rows, double low, double high) {
    double meanQ = 0;
    double meanV = 0;
    for (int i = 0; i < rows; i++) {
      meanQ += q[i] / rows;
      meanV += v[i] / rows;
    }
    double qq = 0;
    double qv = 0;
    for (int i = 0; i < rows; i++) {
      qq += (q[i] - meanQ) * (q[i] - meanQ);
      qv += (q[i] - meanQ) * (v[i] - meanV);
    }
    double b = within(qq, qv, low, high);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      residual[i] = v[i] - meanV - b * (q[i] - meanQ);
      sum += residual[i] * residual[i];
    }
    return sum / rows;
  }

  /** Fits v = k q with k between the limits; gives k. */
  double proportion(double[] q, double[] v, int rows, double low, double high) {
    double qq = 0;
    double qv = 0;
    for (int i = 0; i < rows; i++) {
      qq += q[i] * q[i];
      qv += q[i] * v[i];
    }
    double k = within(qq, qv, low, high);
    for (int i = 0; i < rows; i++) {
      residual[i] = v[i] - k * q[i];
    }
    return k;
  }

  /** Mean square of the residuals. */
  double meanSquare(int rows) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += residual[i] * residual[i];
    }
    return sum / rows;
  }

  private static double within(double qq, double qv, double low, double high) {
    double b = qq > 0 ? qv / qq : low;
    return Math.min(Math.max(b, low), high);
  }
}
