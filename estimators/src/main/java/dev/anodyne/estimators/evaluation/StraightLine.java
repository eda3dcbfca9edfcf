package dev.anodyne.estimators.evaluation;

/** Sums for a least-squares line y = a + b x whose slope must lie in a range. */
final class StraightLine {
  private double n;
  private double x;
  private double y;
  private double xx;
  private double xy;
  private double yy;

  void add(double atX, double atY) {
    n++;
    x += atX;
    y += atY;
    xx += atX * atX;
    xy += atX * atY;
    yy += atY * atY;
  }

  /** Root mean square of y − a − b x at the best a and the best b between the limits. */
  double departure(double low, double high) {
    if (n < 2) {
      return 0;
    }
    double varX = xx / n - x / n * (x / n);
    double varY = yy / n - y / n * (y / n);
    double cov = xy / n - x / n * (y / n);
    double b = within(varX > 0 ? cov / varX : low, low, high);
    return Math.sqrt(Math.max(varY - 2 * b * cov + b * b * varX, 0));
  }

  /** The same through the origin: root mean square of y − b x. */
  double departureFromProportion(double low, double high) {
    if (n < 1) {
      return 0;
    }
    double b = within(xx > 0 ? xy / xx : low, low, high);
    return Math.sqrt(Math.max((yy - 2 * b * xy + b * b * xx) / n, 0));
  }

  private static double within(double b, double low, double high) {
    return Math.min(Math.max(b, low), high);
  }
}
