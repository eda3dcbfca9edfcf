package dev.anodyne.estimators.bounds;

/**
 * Tells whether innovations are as large as they should be: root mean square of innovation over its
 * predicted standard deviation, over about a minute. Near 1 while the model and its deviations are
 * right (Bar-Shalom, Li, Kirubarajan 2001, normalised innovation squared); a value beyond those of
 * the calibration says that the model does not describe this battery.
 */
public final class InnovationRatio {
  private static final double SECONDS = 60.0;

  /** One wild sample may not count for more than this many deviations squared. */
  private static final double MOST = 400.0;

  private double meanSquare = 1.0;

  /** Begins anew, as if all had been well. */
  public void start() {
    meanSquare = 1.0;
  }

  /**
   * Takes in one innovation.
   *
   * @param innovation measured minus predicted
   * @param sigma the deviation that it should have, same unit
   * @param seconds since the last one
   */
  public void update(double innovation, double sigma, double seconds) {
    double ratio = innovation / sigma;
    double square = Double.isNaN(ratio) ? MOST : Math.min(ratio * ratio, MOST);
    meanSquare += (1.0 - Math.exp(-Math.max(seconds, 0.0) / SECONDS)) * (square - meanSquare);
  }

  /** The root mean square; 1 when nothing is wrong. */
  public double value() {
    return Math.sqrt(meanSquare);
  }
}
