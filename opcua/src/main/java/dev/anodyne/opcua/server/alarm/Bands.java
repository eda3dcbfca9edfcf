package dev.anodyne.opcua.server.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The limits of a limit alarm; NaN where there is none. All are in the unit of the value.
 *
 * @param lowLow below it the value is far too low
 * @param low below it the value is too low
 * @param high above it the value is too high
 * @param highHigh above it the value is far too high
 * @param deadband a limit that has been passed is kept again when the value has come back by so
 *     much, ≥ 0
 */
public record Bands(double lowLow, double low, double high, double highHigh, double deadband) {
  /** No limits at all. */
  public static final Bands NONE =
      new Bands(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * The limits that a value is beyond. A value beyond the outer limit is beyond the inner one too:
   * an alarm that gets worse has one cause more, one that gets better one cause less.
   *
   * @param value what is compared; not NaN
   * @param what its name, for people
   * @param unit its unit, for people
   * @param severity of the inner limits; the outer ones have 200 more
   * @param passed which limits, by the name of their level, it is known to be beyond
   */
  public List<Cause> causes(
      double value, String what, String unit, int severity, Predicate<String> passed) {
    List<Cause> causes = new ArrayList<>(2);
    for (LimitLevel level : LimitLevel.values()) {
      double limit = limit(level);
      double slack = passed.test(level.name()) ? deadband : 0;
      boolean beyond = level.isHigh() ? value > limit - slack : value < limit + slack;
      if (beyond) {
        int grave = Math.min(1000, severity + (level.isOuter() ? 200 : 0));
        causes.add(new Cause(level.name(), grave, text(level, value, limit, what, unit)));
      }
    }
    return causes;
  }

  /** The limit of a level; NaN when there is none. */
  public double limit(LimitLevel level) {
    return switch (level) {
      case LOW_LOW -> lowLow;
      case LOW -> low;
      case HIGH -> high;
      case HIGH_HIGH -> highHigh;
    };
  }

  private static String text(
      LimitLevel level, double value, double limit, String what, String unit) {
    return what
        + " is "
        + number(value)
        + " "
        + unit
        + ", "
        + (level.isHigh() ? "above " : "below ")
        + number(limit)
        + " "
        + unit
        + ".";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.4g" : "%.0f", value);
  }
}
