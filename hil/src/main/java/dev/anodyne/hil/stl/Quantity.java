package dev.anodyne.hil.stl;

import java.math.BigDecimal;

/**
 * A number with its unit, as a person wrote it.
 *
 * @param value in the unit
 * @param unit {@link Unit#ONE} for a plain number
 */
public record Quantity(double value, Unit unit) implements Expression.Operand {
  /** A time, s. */
  public static Quantity seconds(double seconds) {
    return new Quantity(seconds, Unit.SECOND);
  }

  /**
   * Reads a number with a unit, such as {@code 20 mV} or {@code 25 °C}.
   *
   * @throws StlException when it is not one
   */
  public static Quantity parse(String text) {
    return new StlParser(text).wholeQuantity();
  }

  /** In the dimension's base unit: V, A, K, s, W … */
  public double base() {
    return unit.toBase(value);
  }

  /** Number and unit; the parser reads it again. */
  @Override
  public String toString() {
    return unit.symbol().isEmpty() ? number(value) : number(value) + " " + unit.symbol();
  }

  /** The shortest plain notation that reads as the same number. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e12)) {
      return Double.toString(value);
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0).toPlainString() : exact.toPlainString();
  }
}
