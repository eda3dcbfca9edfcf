package dev.anodyne.estimators.network;

/**
 * How inputs are scaled and where the training data lay.
 *
 * @param mean subtracted from each input
 * @param scale each input is divided by it; above 0
 * @param min lowest value seen in training
 * @param max highest value seen in training
 */
@SuppressWarnings("ArrayRecordComponent") // Read-only after construction, compared nowhere.
public record InputScaling(double[] mean, double[] scale, double[] min, double[] max) {

  /** Inputs may pass the training range by this share of it before they count as outside. */
  private static final double TOLERANCE = 0.05;

  public InputScaling {
    int n = mean.length;
    if (scale.length != n || min.length != n || max.length != n) {
      throw new IllegalArgumentException(
          "Input scaling needs equally long lists, not "
              + n
              + ", "
              + scale.length
              + ", "
              + min.length
              + " and "
              + max.length
              + ".");
    }
    for (int i = 0; i < n; i++) {
      if (!(scale[i] > 0.0) || !Double.isFinite(mean[i]) || !(min[i] <= max[i])) {
        throw new IllegalArgumentException(
            "Input "
                + (i + 1)
                + " has no usable scale: mean "
                + mean[i]
                + ", scale "
                + scale[i]
                + ", range "
                + min[i]
                + " to "
                + max[i]
                + ".");
      }
    }
  }

  /** Number of inputs. */
  public int size() {
    return mean.length;
  }

  /**
   * Scales inputs, held at the edges of the training range.
   *
   * @param features Not modified.
   * @param scaled Modified.
   * @return how far the worst input lies outside, as a share of its range; 0 inside
   */
  public double apply(double[] features, double[] scaled) {
    double worst = 0.0;
    for (int i = 0; i < mean.length; i++) {
      double slack = TOLERANCE * (max[i] - min[i]) + 1e-9;
      double value = features[i];
      double held = Math.min(Math.max(value, min[i] - slack), max[i] + slack);
      if (held != value) {
        double excess = Math.abs(value - held) / (max[i] - min[i] + 1e-9);
        worst = Double.isNaN(excess) ? Double.POSITIVE_INFINITY : Math.max(worst, excess);
      }
      scaled[i] = (held - mean[i]) / scale[i];
    }
    return worst;
  }
}
