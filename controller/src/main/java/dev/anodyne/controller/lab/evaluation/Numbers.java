package dev.anodyne.controller.lab.evaluation;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {
  private Numbers() {}

  /** Three significant digits as a rule, without exponents; a dash for what is not known. */
  static String significant(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    int digits = size >= 99.5 ? (value == Math.rint(value) ? 0 : 1) : size >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f", value).replace('-', '−');
  }

  /** Without trailing zeros. */
  static String shortest(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
