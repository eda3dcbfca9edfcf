package dev.anodyne.core.charging;

/**
 * A range that a quantity is believed to lie in.
 *
 * @param low lower end, in the quantity's unit
 * @param high upper end, not below {@code low}
 */
public record Interval(double low, double high) {

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "Interval "
              + low
              + " to "
              + high
              + " is empty: the low end may not exceed the high one.");
    }
  }

  /** The interval that reaches {@code halfWidth} (not negative) to either side. */
  public static Interval around(double centre, double halfWidth) {
    return new Interval(centre - halfWidth, centre + halfWidth);
  }

  /** The same for a share: what lies outside 0–1 is cut off. */
  public static Interval share(double centre, double halfWidth) {
    return new Interval(clamp(centre - halfWidth), clamp(centre + halfWidth));
  }

  /** True when {@code value} lies within, the ends included; false for NaN. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  /** High minus low. */
  public double width() {
    return high - low;
  }

  private static double clamp(double share) {
    return Math.min(Math.max(share, 0.0), 1.0);
  }
}
