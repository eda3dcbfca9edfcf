package dev.anodyne.controller.lab.compare;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as a person writes them. */
final class Numbers {
  /** Twelve digits: all of what a person gave, and no noise of the binary representation. */
  private static final MathContext DIGITS = new MathContext(12);

  private Numbers() {}

  /** As short as the number allows: 25, 0.1, 37.5. */
  static String shortest(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /** A state of charge: 10 %. */
  static String percent(double share) {
    return shortest(100 * share) + " %";
  }
}
