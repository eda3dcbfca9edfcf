package dev.anodyne.hil.search;

import dev.anodyne.hil.stl.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A value of a scenario that a search varies.
 *
 * @param path where it stands in the scenario, such as {@code faults.more.severity} or {@code
 *     stimuli[0].value}
 * @param low least value, in {@code unit}
 * @param high greatest value
 * @param unit symbol that is written after the number; empty for a plain number
 * @param isLogarithmic whether factors rather than differences count; needs {@code low > 0}
 * @param isWhole whether only whole numbers are possible
 */
public record SearchParameter(
    String path, double low, double high, String unit, boolean isLogarithmic, boolean isWhole) {
  /** Digits of a value: what runs is what a scenario file then says. */
  private static final MathContext DIGITS = new MathContext(6);

  /**
   * The value at a place between low and high.
   *
   * @param share 0 to 1
   */
  double value(double share) {
    double exact = isLogarithmic ? low * Math.pow(high / low, share) : low + (high - low) * share;
    double shown = isWhole ? Math.rint(exact) : new BigDecimal(exact).round(DIGITS).doubleValue();
    return Math.min(high, Math.max(low, shown));
  }

  /** A value as a scenario says it: a number, or a text with its unit. */
  Object written(double value) {
    if (!unit.isEmpty()) {
      return Quantity.number(value) + " " + unit;
    }
    if (isWhole) {
      return (long) value;
    }
    return value;
  }

  /** For people: a value with its unit. */
  public String shown(double value) {
    return Quantity.number(value) + (unit.isEmpty() ? "" : " " + unit);
  }
}
